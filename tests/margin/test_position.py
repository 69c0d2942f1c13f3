from decimal import Decimal

import pytest

from assistant.errors import InputOutOfRange
from assistant.margin.position import Position
from assistant.values import Contract, Side


def position(contract: Contract, side: Side, size: str = "2") -> Position:
    return Position(contract=contract, side=side, size=Decimal(size), entry_price=Decimal(100))


def test_a_linear_notional_is_size_times_price() -> None:
    assert position(Contract.LINEAR, Side.LONG).notional(Decimal(110)) == 220


def test_an_inverse_notional_is_counted_in_coins() -> None:
    assert position(Contract.INVERSE, Side.LONG, "200").notional(Decimal(50)) == 4


def test_an_inverse_quote_notional_does_not_move() -> None:
    assert position(Contract.INVERSE, Side.LONG, "200").quote_notional(Decimal(50)) == 200


def test_base_size_is_the_coins_of_either_contract() -> None:
    assert position(Contract.LINEAR, Side.LONG).base_size(Decimal(50)) == 2
    assert position(Contract.INVERSE, Side.LONG, "200").base_size(Decimal(50)) == 4


def test_a_linear_long_wins_what_a_short_loses() -> None:
    assert position(Contract.LINEAR, Side.LONG).unrealized_pnl(Decimal(110)) == 20
    assert position(Contract.LINEAR, Side.SHORT).unrealized_pnl(Decimal(110)) == -20


def test_an_inverse_long_is_paid_in_coins() -> None:
    assert position(Contract.INVERSE, Side.LONG, "200").unrealized_pnl(Decimal(200)) == 1


def test_an_inverse_short_wins_when_the_price_falls() -> None:
    assert position(Contract.INVERSE, Side.SHORT, "200").unrealized_pnl(Decimal(50)) == 2


@pytest.mark.parametrize(("size", "entry"), [("0", "1"), ("-1", "1"), ("1", "0"), ("1", "NaN"), ("Infinity", "1")])
def test_an_impossible_position_is_refused(size: str, entry: str) -> None:
    with pytest.raises(InputOutOfRange):
        Position(contract=Contract.LINEAR, side=Side.LONG, size=Decimal(size), entry_price=Decimal(entry))

from decimal import Decimal

from assistant.margin.bankruptcy import bankruptcy_price
from assistant.margin.position import Position
from assistant.values import Contract, Side


def position(contract: Contract, side: Side, size: str) -> Position:
    return Position(contract=contract, side=side, size=Decimal(size), entry_price=Decimal(60000))


def test_a_long_at_50x_is_bankrupt_two_percent_down() -> None:
    assert bankruptcy_price(position(Contract.LINEAR, Side.LONG, "1"), Decimal(1200)) == 58800


def test_a_short_at_2x_is_bankrupt_half_again_as_high() -> None:
    assert bankruptcy_price(position(Contract.LINEAR, Side.SHORT, "1"), Decimal(30000)) == 90000


def test_an_inverse_long_at_2x_is_bankrupt_a_third_down() -> None:
    assert bankruptcy_price(position(Contract.INVERSE, Side.LONG, "60000"), Decimal("0.5")) == 40000


def test_an_inverse_short_at_2x_is_bankrupt_at_twice_the_price() -> None:
    assert bankruptcy_price(position(Contract.INVERSE, Side.SHORT, "60000"), Decimal("0.5")) == 120000


def test_an_inverse_short_at_1x_is_never_bankrupt() -> None:
    assert bankruptcy_price(position(Contract.INVERSE, Side.SHORT, "60000"), Decimal(1)) is None


def test_a_fully_paid_long_is_never_bankrupt() -> None:
    assert bankruptcy_price(position(Contract.LINEAR, Side.LONG, "1"), Decimal(60000)) is None

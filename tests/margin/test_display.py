"""What a venue shows for a price: rounding by side, cut digits, steps nearer to entry."""

from decimal import Decimal

import pytest

from assistant.errors import InputOutOfRange
from assistant.margin.display import displayed, on_value_step
from assistant.margin.position import Position
from assistant.margin.rulebook import Display, Rounding
from assistant.values import Contract, MarginMode, Side


@pytest.mark.parametrize(
    ("rounding", "side", "nearer", "mode", "shown"),
    [
        (Rounding.EARLIER, Side.LONG, 0, MarginMode.ISOLATED, "3608.0"),
        (Rounding.EARLIER, Side.SHORT, 0, MarginMode.ISOLATED, "3607.5"),
        (Rounding.NEAREST, Side.LONG, 0, MarginMode.ISOLATED, "3607.5"),
        (Rounding.DOWN, Side.SHORT, 0, MarginMode.CROSS, "3607.5"),
        (Rounding.DOWN, Side.LONG, 1, MarginMode.ISOLATED, "3608.0"),
        (Rounding.DOWN, Side.SHORT, 1, MarginMode.ISOLATED, "3607.0"),
        (Rounding.DOWN, Side.SHORT, 1, MarginMode.CROSS, "3607.5"),
    ],
)
def test_a_venue_shows_the_price_on_its_own_grid(
    rounding: Rounding, side: Side, nearer: int, mode: MarginMode, shown: str
) -> None:
    display = Display(none="--", rounding=rounding, nearer_ticks=nearer)
    found = displayed(Decimal("3607.69"), display, tick=Decimal("0.5"), side=side, margin_mode=mode)
    assert found == Decimal(shown)


@pytest.mark.parametrize(
    ("contract", "side", "step", "stepped"),
    [
        (Contract.INVERSE, Side.SHORT, "0.01", "100"),
        (Contract.INVERSE, Side.LONG, "0.003", "111.11"),
        (Contract.LINEAR, Side.LONG, "20", "120"),
        (Contract.LINEAR, Side.SHORT, "20", "100"),
        (Contract.QUANTO, Side.LONG, "0.1", "105.1"),
    ],
)
def test_a_contract_s_value_is_stepped_towards_the_earlier_liquidation(
    contract: Contract, side: Side, step: str, stepped: str
) -> None:
    one = Position(contract=contract, side=side, size=Decimal(1), entry_price=Decimal(100))
    found = on_value_step(Decimal("105.03"), one, Decimal(step))
    assert found is not None and found.quantize(Decimal("0.01")) == Decimal(stepped)


def test_a_contract_worth_less_than_a_step_has_no_stepped_price() -> None:
    one = Position(contract=Contract.INVERSE, side=Side.LONG, size=Decimal(1), entry_price=Decimal(100))
    assert on_value_step(Decimal(105), one, Decimal(1)) is None


def test_a_step_is_positive() -> None:
    one = Position(contract=Contract.INVERSE, side=Side.LONG, size=Decimal(1), entry_price=Decimal(100))
    with pytest.raises(InputOutOfRange):
        on_value_step(Decimal(105), one, Decimal(0))

"""What a venue shows for a price: rounding by side, cut digits, steps nearer to entry."""

from decimal import Decimal

import pytest

from assistant.margin.display import displayed
from assistant.margin.rulebook import Display, Rounding
from assistant.values import MarginMode, Side


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

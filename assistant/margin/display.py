"""What a venue itself shows as the liquidation price: its own grid, its own rounding."""

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from assistant.margin.quantities import exact, require_positive, to_tick
from assistant.margin.rulebook import Display, Rounding
from assistant.values import MarginMode, Side


@exact
def displayed(price: Decimal, display: Display, *, tick: Decimal, side: Side, margin_mode: MarginMode) -> Decimal:
    """The price on the venue's grid, and in isolated mode so many steps nearer to entry as the venue shows it.

    Raises InputOutOfRange for a tick that is not positive.
    """
    require_positive("tick_size", tick)
    match display.rounding:
        case Rounding.EARLIER:
            shown = to_tick(price, tick, side)
        case Rounding.NEAREST:
            shown = (price / tick).to_integral_value(ROUND_HALF_UP) * tick
        case Rounding.DOWN:
            shown = (price / tick).to_integral_value(ROUND_FLOOR) * tick
    nearer = display.nearer_ticks if margin_mode is MarginMode.ISOLATED else 0
    return shown + side.sign * nearer * tick

"""What a venue itself shows as the liquidation price: its own grid, its own rounding."""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from assistant.margin.liquidation import price_of
from assistant.margin.position import Position
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


@exact
def on_value_step(price: Decimal, contract: Position, step: Decimal) -> Decimal | None:
    """The price at which one contract is worth whole steps, towards the earlier liquidation; None below one step.

    `contract` is a position of a single contract. Its value is rounded up where it falls on the way to liquidation,
    down where it grows. Raises InputOutOfRange for a step that is not positive.
    """
    require_positive("value_step", step)
    rounding = ROUND_CEILING if contract.direction > 0 else ROUND_FLOOR
    return price_of(contract, (contract.notional(price) / step).to_integral_value(rounding) * step)

"""A liquidation price that is wanted, and the margin that puts it there."""

from decimal import Decimal

from assistant.margin.buffer import requirement_at
from assistant.margin.liquidation import Terms
from assistant.margin.position import Position
from assistant.margin.quantities import exact
from assistant.tools.outcome import Refusal
from assistant.tools.trade import Trade
from assistant.values import Side, Status


@exact
def margin_needed(position: Position, terms: Terms, price: Decimal) -> Decimal:
    """The margin M with which equity meets the requirement exactly at `price`: requirement less PnL there."""
    return requirement_at(position, terms, price) - position.unrealized_pnl(price)


def needed_equation(position: Position, terms: Terms) -> str:
    """The same in letters: R for the requirement at P, the loss up to P beside it."""
    linear, long = position.contract.follows_price, position.side is Side.LONG
    if linear:
        return "R + q (E - P)" if long else "R + q (P - E)"
    return "R + Q (1 / P - 1 / E)" if long else "R + Q (1 / E - 1 / P)"


def check_side(side: Side, *, target: Decimal, reference: Decimal) -> None:
    """Nothing, or Refusal `target_beyond_entry`: a long is liquidated below the price it stands at, a short above."""
    if (reference - target) * side.sign <= 0:
        raise Refusal("target_beyond_entry", side=side.value, target=target, reference=reference)


@exact
def reaches(trade: Trade, target: Decimal) -> bool:
    """Whether the trade is liquidated no earlier than at the target, or never: what every answer is checked with."""
    liquidation = trade.liquidation()
    price = liquidation.price
    if price is None:
        return liquidation.status is Status.NOT_LIQUIDATABLE
    return (target - price) * trade.side.sign >= -target * Decimal("1e-12")

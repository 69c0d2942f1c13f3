"""A liquidation price that is wanted, and the margin that puts it there."""

from decimal import Decimal

from assistant.errors import InputOutOfRange
from assistant.margin.buffer import requirement_at
from assistant.margin.liquidation import Terms
from assistant.margin.position import Position
from assistant.margin.quantities import exact
from assistant.tools import said
from assistant.tools.figures import HUNDRED
from assistant.tools.outcome import Gap, Refusal
from assistant.tools.trade import Trade
from assistant.values import Arguments, Side, Status


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


@exact
def target_of(arguments: Arguments, trade: Trade) -> Decimal:
    """The price to live through: the one wanted, or the reference price after the move against the position.

    Gap: price_move_pct where neither was said. Refusal: a target on the wrong side. InputOutOfRange: no move, or all.
    """
    target, move = said.number(arguments, "target_liquidation_price"), said.number(arguments, "price_move_pct")
    reference = trade.reference_price
    if target is None:
        if move is None:
            raise Gap("price_move_pct")
        share = abs(move) / HUNDRED
        if not share:
            raise InputOutOfRange(argument="price_move_pct", reason="not_positive", value=move)
        if share >= 1 and trade.side is Side.LONG:
            raise InputOutOfRange(argument="price_move_pct", reason="too_large", value=abs(move), bound=HUNDRED)
        target = reference * (1 - trade.side.sign * share)
    check_side(trade.side, target=target, reference=reference)
    return target


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

"""How much of a position to close so that the rest lives through a price or a move against it."""

from dataclasses import replace
from decimal import Decimal

from assistant.errors import InputOutOfRange
from assistant.margin.buffer import margin_buffer
from assistant.margin.quantities import ONE, ZERO, exact
from assistant.margin.scenarios import Changed, reduced, settled
from assistant.tools.arguments import POSITION
from assistant.tools.assessment import distance_step, finish, price_figures, price_shown, reference_assumption
from assistant.tools.derivation import backing_steps, price_steps
from assistant.tools.figures import HUNDRED, PERCENT, figure
from assistant.tools.outcome import Gap, Refusal
from assistant.tools.rules import Rules
from assistant.tools.target import reaches, target_of
from assistant.tools.tool import Tool
from assistant.tools.trade import Trade, build, describe
from assistant.tools.working import step
from assistant.values import Arguments, Assumption, Result, Status, Step

NAME = "reduce_position"
_HALVINGS = 64
_OWN = ("target_liquidation_price", "price_move_pct")


@exact
def compute(arguments: Arguments, rules: Rules) -> Result:
    """The smallest part to close at the mark (else at entry), margin and PnL left behind, so that the rest survives.

    What the rest has left at the target rises steadily with the part closed; the part is found by halving to 1e-19 of
    the position and the price is then solved exactly.
    """
    before = describe({name: value for name, value in arguments.items() if name not in _OWN}, rules)
    if not before.is_sized:
        raise Gap("size")
    target = target_of(arguments, before)
    if reaches(before, target):
        return _told(arguments, before, before, None, target=target)
    kept, closed = _trade(before, ONE / 2, rules), ONE
    low = ZERO
    for _ in range(_HALVINGS):
        middle = (low + closed) / 2
        kept = _trade(before, middle, rules)
        if kept is not None and margin_buffer(kept[0].position, kept[0].terms, target) >= 0:
            closed = middle
        else:
            low = middle
    found = _trade(before, closed, rules) if closed < ONE else None
    if found is None:
        raise Refusal("target_out_of_reach", target=target)
    after, changed = found
    return _told(arguments, before, after, changed, target=target)


def _trade(before: Trade, share: Decimal, rules: Rules) -> tuple[Trade, Changed] | None:
    """The rest after closing a share of the position at the reference price; None where no margin would be left."""
    request = settled(before.request)
    size = before.position.size * share
    try:
        changed = reduced(request, size=size, price=before.reference_price, release=False)
    except InputOutOfRange as impossible:
        if impossible.data.get("reason") == "exceeds_margin":
            return None
        raise
    return build(before.arguments, before.market, changed.request, rules), changed


def _told(arguments: Arguments, before: Trade, after: Trade, changed: Changed | None, *, target: Decimal) -> Result:
    """The part to close, and the prices before and after."""
    first, last = before.liquidation(), after.liquidation()
    was, price = price_shown(before, first), price_shown(after, last)
    position, market = after.position, after.market
    entry = before.position.entry_price
    part = replace(position, size=before.position.size - position.size) if changed else None
    share = ZERO if part is None else part.size / before.position.size * HUNDRED
    figures = [figure("reduction_pct", share, PERCENT)]
    lines: list[Step] = [*backing_steps(before), *price_steps(before, first)]
    caveats = [Assumption(code="margin_of_part_kept"), Assumption(code="no_fees")]
    if part is not None and changed is not None:
        figures.append(figure("reduction_size_base", part.base_size(before.reference_price), market.coin))
        values = {"a": part.size, "q": before.position.size}
        lines.append(step("reduction_pct", "100 a / q", values, share, PERCENT))
        if changed.realized_pnl:
            figures.append(figure("realized_pnl", changed.realized_pnl, market.money))
        if before.mark_price is None:
            caveats.append(Assumption(code="closed_at_entry", data={"price": entry}))
    else:
        caveats = [Assumption(code="target_already_met", data={"target": target})]
    figures.append(figure("position_size_base", position.base_size(entry), market.coin))
    if was is not None:
        figures.append(figure("liquidation_price", was, market.quote))
    if price is not None:
        figures += price_figures(after, price, name="new_liquidation_price")
        lines += [*price_steps(after, last, name="new_liquidation_price"), distance_step(after, price)]
        caveats.append(reference_assumption(after))
    result = finish(
        NAME,
        after,
        status=Status.OK,
        figures=tuple(figures),
        working=tuple(lines),
        assumptions=(*before.assumptions, *caveats),
    )
    defaults = {name: value for name, value in before.arguments.items() if name not in arguments}
    return replace(result, arguments={**defaults, **arguments})


TOOL = Tool(
    name=NAME,
    doc="How much of a position to close, its margin left behind, so that the rest lives through a price or a move.",
    arguments=(*POSITION, *_OWN),
    figures={
        "reduction_pct": "Share of the position to close, percent; 0 where it already survives",
        "reduction_size_base": "The same in coins, at the price it is closed at",
        "realized_pnl": "Profit or loss of the part closed, settlement currency",
        "position_size_base": "Coins that stay, at entry",
        "liquidation_price": "Liquidation price before",
        "new_liquidation_price": "Liquidation price after",
        "distance_pct": "Signed move to the new price in percent of the mark price, else of entry",
        "distance_abs": "The same move in the price's currency, without sign",
    },
    example={
        "venue": "binance",
        "symbol": "BTC",
        "side": "long",
        "entry_price": "60000",
        "size": "0.5",
        "leverage": "20",
        "price_move_pct": "10",
    },
    compute=compute,
)

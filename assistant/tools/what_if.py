"""Where the liquidation price goes after any chain of changes: margin, leverage, size, side, funding, fees."""

from dataclasses import replace
from decimal import Decimal

from assistant.margin.quantities import ZERO, exact
from assistant.margin.request import PositionRequest
from assistant.margin.scenarios import Changed, settled
from assistant.tools import said
from assistant.tools.arguments import POSITION
from assistant.tools.assessment import distance_step, finish, price_figures, price_shown, reference_assumption
from assistant.tools.changes import ChangeKind, apply, change_of, restated, steps_of
from assistant.tools.derivation import backing_steps, price_steps
from assistant.tools.figures import figure
from assistant.tools.outcome import Gap
from assistant.tools.rules import Rules
from assistant.tools.tool import Tool
from assistant.tools.trade import Trade, build, describe
from assistant.values import Arguments, Assumption, Figure, MarginMode, Result, Status, Step

NAME = "what_if"


@exact
def compute(arguments: Arguments, rules: Rules) -> Result:
    """The liquidation price before and after the changes, in their order, and the money they moved."""
    records = said.records(arguments, "changes")
    position = {name: value for name, value in arguments.items() if name != "changes"}
    before = describe(position, rules)
    if not records:
        raise Gap("changes")
    if not before.is_sized:
        raise Gap("size")
    request, mark = settled(before.request), before.mark_price
    moved, steps, price = list[Changed](), list[Step](), mark
    caveats: list[Assumption] = []
    for record in records:
        change = change_of(record, before.market, mark=mark)
        changed = apply(change, request)
        caveats.append(restated(change, request, changed))
        steps += steps_of(change, request, changed)
        caveats += _caveats(change.kind, record, request)
        request, price = changed.request, said.number(record, "price") or price
        moved.append(changed)
    if mark is None and price is not None:
        caveats.append(Assumption(code="mark_is_last_change", data={"price": price}))
    after = build({**position, "side": request.side.value}, before.market, replace(request, mark_price=price), rules)
    return _told(arguments, before, after, moved, steps=steps, caveats=caveats)


def _told(
    arguments: Arguments,
    before: Trade,
    after: Trade,
    moved: list[Changed],
    *,
    steps: list[Step],
    caveats: list[Assumption],
) -> Result:
    """Before, what moved, and after; without a price afterwards the status says why."""
    figures, lines = list[Figure](), [*backing_steps(before)]
    first, last = before.liquidation(), after.liquidation()
    if (was := price_shown(before, first)) is not None:
        if last.status is Status.OK:
            figures.append(figure("liquidation_price", was, before.market.quote))
        lines += price_steps(before, first)
    else:
        caveats.append(Assumption(code="no_price_before", data={"code": first.reason or first.status.value}))
    lines += steps
    price = price_shown(after, last)
    figures += _moved(before, after, moved)
    if price is not None:
        figures += price_figures(after, price, name="new_liquidation_price")
        lines += [*price_steps(after, last, name="new_liquidation_price"), distance_step(after, price)]
        caveats.append(reference_assumption(after))
    result = finish(
        NAME,
        after,
        status=last.status,
        code=None if last.status is Status.OK else (last.reason or last.status.value),
        data={} if last.status is Status.OK else {"side": after.side.value, "price": after.reference_price},
        figures=tuple(figures),
        working=tuple(lines),
        assumptions=(*before.assumptions, *caveats),
    )
    defaults = {name: value for name, value in before.arguments.items() if name not in arguments}
    return replace(result, arguments={**defaults, **arguments})


def _moved(before: Trade, after: Trade, moved: list[Changed]) -> list[Figure]:
    """The position afterwards, and the sums of what was realized, paid and sent to the wallet."""
    position, market = after.position, after.market
    figures = [
        figure("new_entry_price", position.entry_price, market.quote),
        figure("position_size_base", position.base_size(position.entry_price), market.coin),
        figure("position_size_quote", position.quote_notional(position.entry_price), market.quote),
        figure("position_margin", after.terms.margin, market.money),
    ]
    sums = {
        "realized_pnl": sum((one.realized_pnl for one in moved), ZERO),
        "costs_paid": sum((one.fee for one in moved), ZERO),
        "released_margin": sum((one.to_wallet for one in moved), ZERO),
    }
    figures += [figure(name, value, market.money) for name, value in sums.items() if value]
    kept = {"new_entry_price"} if position.entry_price == before.position.entry_price else set[str]()
    return [one for one in figures if one.name not in kept]


def _caveats(kind: ChangeKind, record: Arguments, request: PositionRequest) -> list[Assumption]:
    """What a change rests on that nobody said."""
    isolated = request.margin_mode is MarginMode.ISOLATED
    leverage: Decimal | None = said.number(record, "leverage")
    if kind is ChangeKind.CHANGE_LEVERAGE and leverage is not None:
        code = "leverage_reposts_margin" if isolated else "leverage_moves_nothing_in_cross"
        return [Assumption(code=code, data={"leverage": leverage})]
    if kind is ChangeKind.CLOSE_PART and isolated and "margin" not in record:
        return [Assumption(code="margin_of_part_released")]
    if kind in (ChangeKind.CLOSE_PART, ChangeKind.ADD_SIZE, ChangeKind.FLIP) and "fee_rate" not in record:
        return [Assumption(code="no_fees")]
    if kind is ChangeKind.FUNDING:
        return [Assumption(code="funding_stands_still")]
    return []


TOOL = Tool(
    name=NAME,
    doc="Where the liquidation price goes after a chain of changes: margin in or out, another leverage, more or less "
    "size, a flip, funding, fees, profit taken out.",
    arguments=(*POSITION, "changes"),
    figures={
        "liquidation_price": "Liquidation price before the changes",
        "new_liquidation_price": "Liquidation price after them",
        "distance_pct": "Signed move to the new price in percent of the mark price, else of the last change's price",
        "distance_abs": "The same move in the price's currency, without sign",
        "new_entry_price": "Average entry afterwards, where it changed",
        "position_size_base": "Size in coins afterwards, at entry",
        "position_size_quote": "Size in quote currency afterwards, at entry",
        "position_margin": "Money behind the position afterwards, settlement currency",
        "realized_pnl": "Profit or loss of what was closed, settlement currency",
        "costs_paid": "Fees and funding paid; below zero: received",
        "released_margin": "What went from an isolated position to the wallet; below zero: what the wallet gave",
    },
    example={
        "venue": "binance",
        "symbol": "BTC",
        "side": "long",
        "entry_price": "60000",
        "size": "0.5",
        "leverage": "20",
        "changes": [
            {"change": "add_size", "size": "0.5", "price": "58500"},
            {"change": "close_part", "share_pct": "25", "price": "61000", "margin": "kept"},
        ],
    },
    compute=compute,
)

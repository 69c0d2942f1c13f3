"""The highest leverage at which a position is not liquidated before a wanted price or a given adverse move."""

from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.errors import InputOutOfRange
from assistant.margin.buffer import distance
from assistant.margin.quantities import ONE, exact
from assistant.tools import market, said
from assistant.tools.arguments import POSITION
from assistant.tools.assessment import finish, price_shown
from assistant.tools.capacity import Highest, highest_leverage, leverage_equation, needed_leverage_equation
from assistant.tools.derivation import price_steps, symbols_of
from assistant.tools.figures import HUNDRED, PERCENT, TIMES, figure
from assistant.tools.gaps import contract_gaps
from assistant.tools.market import Market
from assistant.tools.outcome import Gap, Refusal
from assistant.tools.rules import Rules
from assistant.tools.target import check_side, margin_needed, needed_equation
from assistant.tools.tool import Tool
from assistant.tools.working import step
from assistant.values import Arguments, ArgumentValue, Assumption, Figure, MarginMode, Result, Side, Step

NAME = "max_leverage"
_OWN = ("target_liquidation_price", "price_move_pct")
_NOT_ASKED = frozenset({*_OWN, "leverage", "mark_price", "added_margin", "side", "entry_price"})
"""What the question is about, or what a position that is not opened yet has not got."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """An entry, and for each side to solve for the price before which it must not be liquidated."""

    entry: Decimal
    targets: tuple[tuple[Side, Decimal], ...]
    assumptions: tuple[Assumption, ...] = ()


@exact
def compute(arguments: Arguments, rules: Rules) -> Result:
    """The leverage, with the liquidation price and distance it gives; of both sides the lower where none was said."""
    place = market.choose(arguments, rules)
    if place.margin_mode is MarginMode.CROSS:
        raise Refusal("leverage_not_decisive", margin_mode=place.margin_mode.value)
    wanted = _wanted(arguments, place)
    kept: dict[str, ArgumentValue] = {name: value for name, value in arguments.items() if name not in _NOT_ASKED}
    if "entry_price" not in arguments and "mark_price" not in arguments:
        kept = {name: value for name, value in kept.items() if name not in ("size", "size_unit", "collateral")}
    found = [
        (highest_leverage({**kept, "side": side.value, "entry_price": wanted.entry}, rules, target=price), price)
        for side, price in wanted.targets
    ]
    lowest = min((one for one, _ in found), key=lambda one: one.leverage)
    figures, steps = [figure("max_leverage", lowest.leverage, TIMES)], list[Step]()
    for one, price in found:
        tail = f"@{one.trade.side.value}" if len(found) > 1 else ""
        figures += _figures(one, arguments, tail)
        steps += _steps(one, price, arguments, tail)
    assumptions = [*lowest.trade.assumptions, *wanted.assumptions, *lowest.assumptions]
    result = finish(
        NAME,
        lowest.trade,
        figures=tuple(figures),
        working=tuple(steps),
        assumptions=(*assumptions, Assumption(code="distance_from_entry")),
    )
    defaults = {name: value for name, value in result.arguments.items() if name in _DEFAULTS}
    return replace(result, arguments={**defaults, **arguments})


_DEFAULTS = frozenset({"venue", "contract", "margin_mode", "as_of", "symbol", "maintenance_margin_rate"})


def _wanted(arguments: Arguments, place: Market) -> _Wanted:
    """What is to be solved; Gap for what is missing, Refusal for a target on the wrong side of the entry."""
    target, move = said.number(arguments, "target_liquidation_price"), said.number(arguments, "price_move_pct")
    entry, side = said.number(arguments, "entry_price"), said.side(arguments)
    missing = list(contract_gaps(arguments, place))
    taken: tuple[Assumption, ...] = ()
    if entry is None and (entry := said.number(arguments, "mark_price")) is not None:
        taken = (Assumption(code="entry_is_mark", data={"price": entry}),)
    if target is None and move is None:
        names = [name for name in ("side", "entry_price") if name not in arguments]
        raise Gap(*names, *missing, "price_move_pct")
    if target is None and move is not None:
        if missing:
            raise Gap(*missing)
        return _by_move(move, entry=entry or ONE, side=side, taken=taken)
    if target is None or entry is None or missing:
        names = ["side"] if side is None else []
        raise Gap(*names, *(("entry_price",) if entry is None else ()), *missing)
    if side is None:
        side = Side.LONG if target < entry else Side.SHORT
        taken = (*taken, Assumption(code="side_from_target", data={"side": side.value}))
    check_side(side, target=target, reference=entry)
    return _Wanted(entry=entry, targets=((side, target),), assumptions=taken)


def _by_move(move: Decimal, *, entry: Decimal, side: Side | None, taken: tuple[Assumption, ...]) -> _Wanted:
    """The prices an adverse move leads to: down for a long, up for a short, whatever the sign it was said with."""
    size = abs(move) / HUNDRED
    if side is None and move < 0:
        side, taken = Side.LONG, (*taken, Assumption(code="side_from_move", data={"side": Side.LONG.value}))
    sides = (side,) if side is not None else tuple(Side)
    if not size:
        raise InputOutOfRange(argument="price_move_pct", reason="not_positive", value=move)
    if size >= 1 and Side.LONG in sides:
        raise InputOutOfRange(argument="price_move_pct", reason="too_large", value=abs(move), bound=HUNDRED)
    targets = tuple((one, entry * (1 - one.sign * size)) for one in sides)
    return _Wanted(entry=entry, targets=targets, assumptions=taken)


def _figures(one: Highest, arguments: Arguments, tail: str) -> list[Figure]:
    """Leverage of a side where both are shown, its price where an entry is known, its distance, its margin."""
    trade = one.trade
    price = price_shown(trade, trade.liquidation())
    figures = [figure(f"max_leverage{tail}", one.leverage, TIMES)] if tail else []
    if price is not None and ("entry_price" in arguments or "mark_price" in arguments):
        figures.append(figure(f"liquidation_price{tail}", price, trade.market.quote))
    if price is not None:
        figures.append(figure(f"distance_pct{tail}", distance(price, trade.reference_price) * HUNDRED, PERCENT))
    if trade.is_sized and trade.initial_margin is not None:
        notional = trade.position.notional(trade.position.entry_price)
        figures.append(figure(f"notional{tail}", notional, trade.market.money))
        figures.append(figure(f"initial_margin{tail}", trade.initial_margin, trade.market.money))
    return figures


def _steps(one: Highest, target: Decimal, arguments: Arguments, tail: str) -> list[Step]:
    """The leverage from the target, where no limit came first; then the price it gives."""
    trade, steps = one.trade, list[Step]()
    position, terms, entry = trade.position, trade.terms, trade.position.entry_price
    priced = "entry_price" in arguments or "mark_price" in arguments
    tier = terms.tier_at(position, target)
    values = symbols_of(trade, tier, price=target) | {"P": target, "r": target / entry}
    if one.is_solved and not trade.is_sized:
        equation = leverage_equation(trade, ratio="P / E" if priced else "r")
        steps.append(step("maintenance_tier", "m", values, tier.rate, ""))
        steps.append(step(f"max_leverage{tail}", equation, values, one.leverage, TIMES))
    elif one.is_solved:
        needed = margin_needed(position, terms, target)
        values |= {"R": needed + position.unrealized_pnl(target), "N": needed, "F": trade.request.funding_paid}
        steps.append(step(f"margin_needed{tail}", needed_equation(position, terms), values, needed, trade.market.money))
        steps.append(step(f"max_leverage{tail}", needed_leverage_equation(trade), values, one.leverage, TIMES))
    else:
        steps.append(step(f"max_leverage{tail}", "cap", {"cap": one.leverage}, one.leverage, TIMES))
    if priced:
        steps += price_steps(trade, trade.liquidation(), name=f"liquidation_price{tail}")
    return steps


TOOL = Tool(
    name=NAME,
    doc="The highest leverage that keeps liquidation beyond a price or survives a move, within the venue's cap.",
    arguments=(*(name for name in POSITION if name not in ("wallet_balance", "available_balance")), *_OWN),
    figures={
        "max_leverage": "Highest leverage; where no side was said, the lower of the two",
        "max_leverage@long": "The same for a long, where no side was said",
        "max_leverage@short": "The same for a short, where no side was said",
        "liquidation_price": "Liquidation price at that leverage, where an entry is known",
        "distance_pct": "Signed move to it in percent of entry",
        "notional": "Value of the position at entry, where a size is known",
        "initial_margin": "Margin at that leverage, where a size is known",
        **{
            f"{name}@{side}": "The same per side, where none was said"
            for name in ("liquidation_price", "distance_pct", "notional", "initial_margin")
            for side in Side
        },
    },
    example={"side": "short", "entry_price": "90000", "symbol": "BTC", "target_liquidation_price": "105000"},
    compute=compute,
)

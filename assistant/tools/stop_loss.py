"""Where a stop stands, from a risk budget or from the liquidation price, and whether it triggers before liquidation."""

from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.margin.buffer import distance
from assistant.margin.position import Position
from assistant.margin.quantities import exact
from assistant.tools import budget, market, said, sizing
from assistant.tools.arguments import POSITION
from assistant.tools.assessment import finish, price_shown
from assistant.tools.derivation import price_steps
from assistant.tools.figures import HUNDRED, PERCENT, figure, tidy
from assistant.tools.gaps import contract_gaps, gaps_of
from assistant.tools.market import Market
from assistant.tools.outcome import Gap, Refusal
from assistant.tools.rules import Rules
from assistant.tools.stops import Known, Stop, gaps_of_method, method_of, outcome_of, stop_of, warning_of
from assistant.tools.tool import Tool
from assistant.tools.trade import Trade, describe
from assistant.tools.working import step
from assistant.values import Arguments, Assumption, Figure, MarginMode, Result, Side, Status, Step

NAME = "stop_loss"
_OWN = (
    "stop_price",
    "stop_distance_pct",
    "risk_amount",
    "risk_pct",
    "riskpct_of_margin",
    "stop_above_liq_pct",
    "target_buffer_pct",
    "stated_liquidation_price",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edge:
    """The liquidation price a stop has to come before."""

    price: Decimal | None
    trade: Trade | None
    status: Status
    assumptions: tuple[Assumption, ...]
    steps: tuple[Step, ...] = ()


@exact
def compute(arguments: Arguments, rules: Rules) -> Result:
    """The stop, or the price to be warned at; refused where the stop would come after liquidation."""
    place = market.choose(arguments, rules)
    arguments, side_taken = _with_side(arguments)
    method, buffer_pct = method_of(arguments), said.number(arguments, "target_buffer_pct")
    arguments, set_aside = _one_stop(arguments, method)
    position_gaps, is_stated = gaps_of(arguments, place), "stated_liquidation_price" in arguments
    missing: list[str] = [] if "side" in arguments else ["side"]
    if method is None and buffer_pct is None:
        missing += [*(() if is_stated else position_gaps), "risk_amount"]
    if method is not None:
        missing += gaps_of_method(method, arguments, place, position_gaps)
    if buffer_pct is not None and not is_stated:
        missing += position_gaps
    side = said.side(arguments)
    if missing or side is None:
        raise Gap(*missing)
    edge = _edge(arguments, place, rules, position_gaps)
    if edge.status is Status.BEYOND_MAINTENANCE and edge.trade is not None:
        data = {"side": side.value, "price": edge.trade.reference_price}
        return finish(NAME, edge.trade, status=edge.status, code=edge.status.value, data=data)
    position = _position(arguments, place, edge.trade, side)
    share = _margin_share(arguments, edge.trade, position)
    known = Known(
        arguments=arguments,
        market=place,
        side=side,
        liquidation=edge.price,
        margin_share=share,
        position=position,
    )
    stop = None if method is None or _needs_price(method, edge) else stop_of(method, known)
    warning = None if buffer_pct is None or edge.price is None else warning_of(known, buffer_pct, edge.price)
    if stop is None and warning is None and edge.trade is not None:
        return _never(edge)
    return _told(known, edge, stop, warning, (*side_taken, *set_aside))


def _with_side(arguments: Arguments) -> tuple[Arguments, tuple[Assumption, ...]]:
    """The arguments with the side that stop or stated liquidation price mean beside the mark or entry."""
    reference = said.number(arguments, "mark_price") or said.number(arguments, "entry_price")
    below = said.number(arguments, "stated_liquidation_price") or said.number(arguments, "stop_price")
    if "side" in arguments or reference is None or below is None:
        return arguments, ()
    side = Side.LONG if below < reference else Side.SHORT
    code = "side_from_liquidation" if "stated_liquidation_price" in arguments else "side_from_stop"
    return {**arguments, "side": side.value}, (Assumption(code=code, data={"side": side.value}),)


def _one_stop(arguments: Arguments, method: str | None) -> tuple[Arguments, tuple[Assumption, ...]]:
    """The arguments without a stop price beside which another way says where the stop shall stand."""
    stated = said.number(arguments, "stop_price")
    if stated is None or method == "stop_price":
        return arguments, ()
    rest = {name: value for name, value in arguments.items() if name != "stop_price"}
    return rest, (Assumption(code="stop_set_aside", data={"stop_price": stated}),)


def _edge(arguments: Arguments, place: Market, rules: Rules, position_gaps: tuple[str, ...]) -> _Edge:
    """The liquidation price stated, else computed, else none with a word on why."""
    stated = said.number(arguments, "stated_liquidation_price")
    if stated is not None:
        said_so = Assumption(code="liquidation_price_stated", data={"value": stated})
        return _Edge(price=stated, trade=None, status=Status.OK, assumptions=(said_so,))
    if position_gaps:
        return _Edge(price=None, trade=None, status=Status.OK, assumptions=(Assumption(code="stop_unchecked"),))
    trade = describe(arguments, rules)
    liquidation = trade.liquidation()
    price = price_shown(trade, liquidation)
    assumptions = trade.assumptions
    if price is None:
        code = liquidation.reason or liquidation.status.value
        assumptions = (*assumptions, Assumption(code="no_price", data={"code": code}))
    steps = price_steps(trade, liquidation)
    return _Edge(price=price, trade=trade, status=liquidation.status, assumptions=assumptions, steps=steps)


def _position(arguments: Arguments, place: Market, trade: Trade | None, side: Side) -> Position | None:
    """The position where entry and size are known: as described, else of the size said or margin times leverage."""
    if trade is not None:
        return trade.position if trade.is_sized else None
    entry, contract = said.number(arguments, "entry_price"), place.contract
    collateral, leverage = said.number(arguments, "collateral"), said.number(arguments, "leverage")
    if entry is None or contract_gaps(arguments, place):
        return None
    size = sizing.size_of(arguments, contract=contract, entry_price=entry)
    if size is None and collateral is not None and leverage is not None:
        size = sizing.size_from_margin(collateral * leverage, contract=contract, entry_price=entry)
    return None if size is None else Position(contract=contract, side=side, size=size, entry_price=entry)


def _margin_share(arguments: Arguments, trade: Trade | None, position: Position | None) -> Decimal | None:
    """Margin / notional at entry: of the position described, else what margin and size or the leverage say."""
    if trade is not None and trade.request.margin_mode is MarginMode.ISOLATED:
        return trade.terms.margin / trade.position.notional(trade.position.entry_price)
    collateral, leverage = said.number(arguments, "collateral"), said.number(arguments, "leverage")
    if position is not None and collateral is not None and "size" in arguments:
        return collateral / position.notional(position.entry_price)
    return None if leverage is None else 1 / leverage


def _needs_price(method: str, edge: _Edge) -> bool:
    """Whether the way counts from a liquidation price that does not exist."""
    return method == "stop_above_liq_pct" and edge.price is None


def _never(edge: _Edge) -> Result:
    """The result where a stop was wanted before a liquidation that cannot happen."""
    assert edge.trade is not None  # compute
    liquidation = edge.trade.liquidation()
    data = {"side": edge.trade.side.value, "price": edge.trade.reference_price}
    code = liquidation.reason or liquidation.status.value
    return finish(NAME, edge.trade, status=liquidation.status, code=code, data=data, assumptions=edge.assumptions)


def _told(known: Known, edge: _Edge, stop: Stop | None, warning: Stop | None, taken: tuple[Assumption, ...]) -> Result:
    """The result with the prices found, each checked against where the price stands and against liquidation."""
    quote, side = known.market.quote, known.side
    reference = said.number(known.arguments, "mark_price") or said.number(known.arguments, "entry_price")
    if edge.price is not None and reference is not None and (reference - edge.price) * side.sign <= 0:
        raise Refusal("stated_beyond_entry", side=side.value, stated=edge.price, reference=reference)
    figures: list[Figure] = []
    steps = [*edge.steps]
    assumptions = [*edge.assumptions, *taken]
    if stop is not None:
        if edge.price is not None and not budget.is_before_liquidation(side, stop=stop.price, liquidation=edge.price):
            raise Refusal(
                "stop_beyond_liquidation",
                side=side.value,
                stop_price=tidy(stop.price),
                liquidation_price=tidy(edge.price),
            )
        if reference is not None:
            budget.check_stop(side, stop=stop.price, reference=reference)
        figures.append(figure("stop_price", stop.price, quote))
        steps += stop.steps
        if known.position is not None:
            steps.append(outcome_of(known.position, stop.price, known.market.money))
        assumptions.append(Assumption(code="no_fees"))
        if edge.price is not None:
            values, move = {"S": stop.price, "P": edge.price}, distance(edge.price, stop.price) * HUNDRED
            steps.append(step("stop_to_liquidation", "100 (P - S) / S", values, move, PERCENT))
    if warning is not None:
        figures.append(figure("warning_price", warning.price, quote))
        steps += warning.steps
        if reference is not None and (reference - warning.price) * side.sign <= 0:
            data = {"price": reference, "warning_price": tidy(warning.price)}
            assumptions.append(Assumption(code="already_within_buffer", data=data))
    if edge.price is not None:
        figures.append(figure("liquidation_price", edge.price, quote))
        if reference is not None:
            letter = "mark" if "mark_price" in known.arguments else "E"
            values, move = {"P": edge.price, letter: reference}, distance(edge.price, reference) * HUNDRED
            figures.append(figure("distance_pct", move, PERCENT))
            steps.append(step("distance", f"100 (P - {letter}) / {letter}", values, move, PERCENT))
            measured = Assumption(code="distance_from_entry")
            if letter == "mark":
                measured = Assumption(code="distance_from_mark", data={"price": reference})
            assumptions.append(measured)
    told = Result(
        tool=NAME,
        arguments=known.arguments,
        status=Status.OK,
        figures=tuple(figures),
        working=tuple(steps),
        assumptions=tuple(assumptions),
    )
    if edge.trade is None:
        return replace(told, assumptions=(*known.market.currency_assumptions, *told.assumptions))
    grounded = finish(NAME, edge.trade, figures=told.figures, working=told.working, assumptions=told.assumptions)
    return replace(grounded, arguments={**edge.trade.arguments, **known.arguments})


TOOL = Tool(
    name=NAME,
    doc="Where a stop stands for a risk budget or before liquidation, and at which price to be warned.",
    arguments=(*POSITION, *_OWN),
    figures={
        "stop_price": "Price of the stop; only where it triggers before liquidation",
        "warning_price": "Mark price at which liquidation is as near as target_buffer_pct says",
        "liquidation_price": "The liquidation price it is compared with, computed or as stated",
        "distance_pct": "Signed move to liquidation in percent of the mark price, else of entry, where one was said",
    },
    example={"side": "short", "symbol": "SOL", "entry_price": "166", "size": "5", "risk_amount": "40"},
    compute=compute,
)

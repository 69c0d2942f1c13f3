"""How far a position is from liquidation: in percent, in price, in money, as a ratio."""

from dataclasses import replace
from decimal import Decimal

from assistant.margin.buffer import distance
from assistant.margin.quantities import exact
from assistant.tools import market, said
from assistant.tools.arguments import POSITION
from assistant.tools.assessment import assess, distance_step, finish, price_shown, reference_assumption
from assistant.tools.derivation import percent_step, price_steps
from assistant.tools.figures import HUNDRED, PERCENT, RATIO, figure
from assistant.tools.gaps import gaps_of
from assistant.tools.liquidation_price import FIGURES
from assistant.tools.market import Market
from assistant.tools.outcome import Gap
from assistant.tools.ratios import opened_at_one, value_of
from assistant.tools.rules import Rules
from assistant.tools.sides import Seen, both, nearer, seen
from assistant.tools.tool import Tool
from assistant.tools.working import step
from assistant.values import Arguments, Assumption, Figure, MarginMode, Result, Side, Status, Step

NAME = "margin_buffer"


@exact
def compute(arguments: Arguments, rules: Rules) -> Result:
    """The room before liquidation: of both sides where none was said, in percent alone where no entry was said."""
    place = market.choose(arguments, rules)
    if "stated_liquidation_price" in arguments:
        return _from_stated(arguments, place)
    wanted = gaps_of(arguments, place)
    dispensable = {"side", "entry_price"} if place.margin_mode is MarginMode.ISOLATED else {"side"}
    if not dispensable.issuperset(wanted):
        raise Gap(*wanted)
    if "entry_price" in wanted:
        return _moved(_in_percent(arguments, place, rules, wanted), arguments)
    if "side" in wanted:
        return _moved(_of_pair(both(arguments, rules), arguments), arguments)
    return _moved(assess(NAME, seen(arguments, rules).trade), arguments)


def _in_percent(arguments: Arguments, place: Market, rules: Rules, wanted: tuple[str, ...]) -> Result:
    """The distance from leverage and rates alone."""
    try:
        position = opened_at_one(arguments, place)
    except Gap as gap:
        raise Gap(*wanted) from gap
    pair = both(position, rules) if "side" in wanted else (seen(position, rules),)
    result = _of_pair(pair, arguments)
    value, leverage = value_of(arguments, place), said.number(arguments, "leverage")
    collateral = said.number(arguments, "collateral") or (value / leverage if value and leverage else None)
    amounts: list[Figure] = []
    if value is not None:
        amounts.append(figure("notional", value, place.money))
        if place.quote == place.money:
            amounts.append(figure("position_size_quote", value, place.quote))
    if value is not None and collateral is not None:
        amounts.append(figure("initial_margin", collateral, place.money))
    return replace(result, figures=(*result.figures, *amounts))


def _of_pair(pair: tuple[Seen, ...], arguments: Arguments) -> Result:
    """One or both sides: the distance of each, and the nearer one under the plain name."""
    near = nearer(pair)
    figures, steps, assumptions = list[Figure](), list[Step](), [*near.trade.assumptions]
    for one in pair:
        tail = f"@{one.trade.side.value}" if len(pair) > 1 else ""
        if one.move is None:
            code = one.liquidation.reason or one.liquidation.status.value
            assumptions += (
                [Assumption(code="variant_refused", data={"variant": tail[1:], "code": code})] if tail else []
            )
            continue
        found, working = _of_one(one, arguments, tail)
        figures, steps = [*figures, *found], [*steps, *working]
    if near.move is not None:
        assumptions.append(reference_assumption(near.trade))
        if len(pair) > 1:
            figures.append(figure("distance_pct", near.move * HUNDRED, PERCENT))
        figures.append(figure("maintenance_margin_rate", near.liquidation.tier.rate, RATIO))
    status = near.liquidation.status
    result = finish(
        NAME,
        near.trade,
        status=status,
        code=None if status is Status.OK else (near.liquidation.reason or status.value),
        data={} if status is Status.OK else {"side": near.trade.side.value, "price": near.trade.reference_price},
        figures=tuple(figures),
        working=tuple(steps),
        assumptions=tuple(assumptions),
    )
    kept = {name: value for name, value in result.arguments.items() if name not in _INVENTED or name in arguments}
    return replace(result, arguments={**kept, **arguments})


_INVENTED = frozenset({"side", "entry_price", "size", "size_unit", "leverage", "collateral"})
"""What a look at both sides, or at an entry price of 1, puts into the arguments although nobody said it."""


def _of_one(one: Seen, arguments: Arguments, tail: str) -> tuple[list[Figure], list[Step]]:
    """Figures and working of one side; with its price where an entry is known."""
    move = one.move or Decimal(0)
    distance_figure = figure(f"distance_pct{tail}", move * HUNDRED, PERCENT)
    if "entry_price" not in arguments:
        return [distance_figure], [percent_step(one.trade, one.liquidation, name=f"distance{tail}")]
    price = price_shown(one.trade, one.liquidation)
    assert price is not None  # a move has its price
    figures = [figure(f"liquidation_price{tail}", price, one.trade.market.quote), distance_figure]
    working = price_steps(one.trade, one.liquidation, name=f"liquidation_price{tail}")
    return figures, [*working, replace(distance_step(one.trade, price), name=f"distance{tail}")]


def _moved(result: Result, arguments: Arguments) -> Result:
    """The result with a word on the price move that was asked about: whether it reaches the liquidation price."""
    move, nearest = said.number(arguments, "price_move_pct"), result.figure("distance_pct")
    if move is None or nearest is None:
        return result
    if "side" not in arguments and move < 0:
        nearest = result.figure("distance_pct@long") or nearest
    code = "move_liquidates" if abs(move) >= abs(nearest) else "move_survived"
    word = Assumption(code=code, data={"move_pct": abs(move), "distance_pct": abs(nearest)})
    return replace(result, assumptions=(*result.assumptions, word))


def _from_stated(arguments: Arguments, place: Market) -> Result:
    """The distance to a liquidation price the venue shows, from the mark, else from entry."""
    stated = said.number(arguments, "stated_liquidation_price")
    mark, entry = said.number(arguments, "mark_price"), said.number(arguments, "entry_price")
    reference, letter = (mark, "mark") if mark is not None else (entry, "E")
    if stated is None or reference is None:
        raise Gap("mark_price")
    side = said.side(arguments)
    if stated == reference or (side is not None and (side is Side.LONG) is (stated > reference)):
        data = {"side": "" if side is None else side.value, "price": reference}
        code = Status.BEYOND_MAINTENANCE.value
        return Result(tool=NAME, arguments=arguments, status=Status.BEYOND_MAINTENANCE, code=code, data=data)
    move = distance(stated, reference) * HUNDRED
    values = {"P": stated, letter: reference}
    measured = Assumption(code="distance_from_entry")
    if mark is not None:
        measured = Assumption(code="distance_from_mark", data={"price": mark})
    return Result(
        tool=NAME,
        arguments=arguments,
        status=Status.OK,
        figures=(
            figure("distance_pct", move, PERCENT),
            figure("distance_abs", abs(stated - reference), place.quote),
        ),
        working=(step("distance", f"100 (P - {letter}) / {letter}", values, move, PERCENT),),
        assumptions=(
            *place.currency_assumptions,
            Assumption(code="liquidation_price_stated", data={"value": stated}),
            measured,
        ),
    )


TOOL = Tool(
    name=NAME,
    doc="How far a position is from liquidation, in percent, price and money; leverage alone gives a percentage.",
    arguments=(*POSITION, "stated_liquidation_price", "price_move_pct"),
    figures={
        **FIGURES,
        "distance_pct": "Signed move to liquidation in percent of the mark price, else of entry; the nearer side",
        "distance_pct@long": "The same for a long, where no side was said",
        "distance_pct@short": "The same for a short, where no side was said",
        "liquidation_price@long": "Liquidation price of a long, where no side was said",
        "liquidation_price@short": "Liquidation price of a short, where no side was said",
    },
    example={"leverage": "20"},
    compute=compute,
)

"""Where the liquidation price goes when margin is put in or taken out, and how much puts it at a wanted price."""

from dataclasses import replace
from decimal import Decimal

from assistant.errors import InputOutOfRange
from assistant.margin.buffer import distance, requirement_at
from assistant.margin.quantities import ZERO, exact
from assistant.tools import market
from assistant.tools.arguments import POSITION
from assistant.tools.assessment import distance_step, finish, price_shown, reference_assumption
from assistant.tools.derivation import backing_steps, price_steps
from assistant.tools.figures import HUNDRED, PERCENT, figure
from assistant.tools.gaps import gaps_of
from assistant.tools.outcome import Gap, Refusal
from assistant.tools.rules import Rules
from assistant.tools.shift import from_stated
from assistant.tools.target import margin_needed, needed_equation, reaches, target_of
from assistant.tools.tool import Tool
from assistant.tools.trade import Trade, describe
from assistant.tools.working import step
from assistant.values import Arguments, Assumption, Figure, MarginMode, Result, Step

NAME = "add_margin"
_CHANGE = ("added_margin", "target_liquidation_price", "price_move_pct")


@exact
def compute(arguments: Arguments, rules: Rules) -> Result:
    """The liquidation price before and after; with a target, the margin that moves it there."""
    if "stated_liquidation_price" in arguments:
        return from_stated(NAME, arguments, rules)
    place = market.choose(arguments, rules)
    missing = list(gaps_of({name: value for name, value in arguments.items() if name not in _CHANGE}, place))
    if "size" not in arguments and "collateral" not in arguments:
        missing.append("size")
    if not any(name in arguments for name in _CHANGE):
        missing.append("added_margin")
    if missing:
        raise Gap(*missing)
    before = describe({**arguments, "added_margin": ZERO}, rules)
    if "target_liquidation_price" in arguments or "price_move_pct" in arguments:
        return _to_target(before, arguments, rules)
    return _moved(before, describe(arguments, rules), arguments)


def _moved(before: Trade, after: Trade, arguments: Arguments) -> Result:
    """What a given amount does."""
    left = after.terms.margin
    if after.request.margin_mode is MarginMode.ISOLATED and left <= 0:
        raise InputOutOfRange(
            argument="added_margin",
            reason="exceeds_margin",
            value=after.request.added_margin,
            bound=before.terms.margin,
        )
    figures, steps, caveats = _before(before)
    liquidation = after.liquidation()
    price = price_shown(after, liquidation)
    caveats += _removal(after)
    if price is None:
        code = liquidation.reason or liquidation.status.value
        data = {"side": after.side.value, "price": after.reference_price}
        assumptions = (*after.assumptions, *_removal(after))
        working = backing_steps(after)
        return finish(
            NAME, after, status=liquidation.status, code=code, data=data, working=working, assumptions=assumptions
        )
    steps += [*_change_steps(after), *price_steps(after, liquidation, name="new_liquidation_price")]
    return finish(
        NAME,
        after,
        figures=(*figures, *_after(after, price)),
        working=(*steps, distance_step(after, price)),
        assumptions=(*after.assumptions, *caveats, reference_assumption(after)),
    )


def _before(before: Trade) -> tuple[list[Figure], list[Step], list[Assumption]]:
    """The price as it is, or a word on why there is none."""
    liquidation = before.liquidation()
    price = price_shown(before, liquidation)
    steps = [*backing_steps(before), *price_steps(before, liquidation)]
    if price is None:
        code = liquidation.reason or liquidation.status.value
        return [], steps, [Assumption(code="no_price_before", data={"code": code})]
    return [figure("liquidation_price", price, before.market.quote)], steps, []


def _change_steps(after: Trade) -> list[Step]:
    """The line in which the margin changes."""
    return [line for line in backing_steps(after) if line.name == "position_margin"]


def _after(after: Trade, price: Decimal) -> list[Figure]:
    """The new price and how far it is away."""
    move = distance(price, after.reference_price) * HUNDRED
    return [figure("new_liquidation_price", price, after.market.quote), figure("distance_pct", move, PERCENT)]


def _removal(after: Trade) -> list[Assumption]:
    """A caveat where so much is taken out that less than the initial margin stays."""
    request = after.request
    if request.added_margin >= 0 or request.leverage is None or request.margin_mode is not MarginMode.ISOLATED:
        return []
    initial = after.position.notional(after.position.entry_price) / request.leverage
    if after.terms.margin >= initial:
        return []
    return [Assumption(code="removal_below_initial", data={"margin": after.terms.margin, "initial_margin": initial})]


def _to_target(before: Trade, arguments: Arguments, rules: Rules) -> Result:
    """The amount that puts the liquidation price at the target; Refusal where none does."""
    target = target_of(arguments, before)
    position, terms = before.position, before.terms
    needed = margin_needed(position, terms, target)
    unit = describe({**arguments, "added_margin": Decimal(1)}, rules).terms.margin - terms.margin
    amount = (needed - terms.margin) / unit
    after = describe({**arguments, "added_margin": amount}, rules)
    if after.request.margin_mode is MarginMode.ISOLATED and needed <= 0:
        raise Refusal("target_needs_no_margin", target=target)
    if not reaches(after, target):
        raise Refusal("target_out_of_reach", target=target)
    figures, steps, caveats = _before(before)
    required = requirement_at(position, terms, target)
    letter = "q" if position.contract.follows_price else "Q"
    values = {"R": required, letter: position.size, "E": position.entry_price, "P": target}
    money = before.market.money
    equation, parts = "N - M", {"N": needed, "M": terms.margin, "u": unit}
    if unit != 1:
        equation = "(N - M) / u"
    steps += [
        step("margin_needed", needed_equation(position, terms), values, needed, money),
        step("required_margin_add", equation, parts, amount, money),
    ]
    if amount < 0:
        caveats.append(Assumption(code="target_already_met", data={"target": target}))
    figures.append(figure("required_margin_add", amount, money))
    shown = {name: value for name, value in after.arguments.items() if name not in _CHANGE or name in arguments}
    return finish(
        NAME,
        replace(after, arguments={**shown, **arguments}),
        figures=(*figures, *_after(after, target)),
        working=(*steps, distance_step(after, target)),
        assumptions=(*after.assumptions, *caveats, *_removal(after), reference_assumption(after)),
    )


TOOL = Tool(
    name=NAME,
    doc="Where the liquidation price goes when margin is added or taken out, or how much reaches a wanted price or "
    "survives a move.",
    arguments=(*POSITION, "target_liquidation_price", "stated_liquidation_price", "price_move_pct"),
    figures={
        "liquidation_price": "Liquidation price before the change",
        "new_liquidation_price": "Liquidation price after it",
        "distance_pct": "Signed move to the new price in percent of the mark price, else of entry",
        "required_margin_add": "Margin that moves the liquidation price to the target; below zero: may be taken out",
    },
    example={
        "side": "long",
        "entry_price": "2500",
        "size": "1",
        "size_unit": "base",
        "symbol": "ETH",
        "collateral": "250",
        "added_margin": "125",
    },
    compute=compute,
)

"""How far added margin shifts a liquidation price that a venue shows, whatever the position's history is."""

from dataclasses import replace
from decimal import Decimal

from assistant.errors import InputOutOfRange
from assistant.margin.buffer import distance, margin_buffer, requirement_at
from assistant.margin.liquidation import Liquidation, solve
from assistant.margin.maintenance import MaintenanceBasis
from assistant.margin.quantities import ONE, ZERO, exact
from assistant.margin.request import PositionRequest
from assistant.tools import market, said, sizing
from assistant.tools.account import refuse_legs
from assistant.tools.assessment import finish
from assistant.tools.derivation import price_steps
from assistant.tools.figures import HUNDRED, PERCENT, figure, on_grid
from assistant.tools.gaps import contract_gaps
from assistant.tools.market import Market
from assistant.tools.outcome import Gap, Refusal
from assistant.tools.rules import Rules
from assistant.tools.target import check_side, margin_needed
from assistant.tools.trade import Trade, build
from assistant.tools.working import step
from assistant.values import Arguments, Assumption, Result, Side, Step

_SAME = Decimal("1e-9")
_DOUBLINGS = 10
"""How often the search for a price at which the position still stands doubles its distance."""


@exact
def from_stated(tool: str, arguments: Arguments, rules: Rules) -> Result:
    """The new price from the one stated: there equity equals the requirement, so entry and margin are not needed.

    The position is solved again as if opened at the stated price with the requirement there plus what is added.
    """
    place = market.choose(arguments, rules)
    refuse_legs(arguments, place)
    stated = said.number(arguments, "stated_liquidation_price")
    reference = said.number(arguments, "mark_price") or said.number(arguments, "entry_price")
    side, caveats = _side(arguments, stated, reference)
    added, target = said.number(arguments, "added_margin"), said.number(arguments, "target_liquidation_price")
    missing = [] if side is not None else ["side"]
    missing += ["size"] if "size" not in arguments else list(contract_gaps(arguments, place))
    if added is None and target is None:
        missing.append("added_margin")
    if missing or side is None or stated is None:
        raise Gap(*missing)
    if reference is not None and (reference - stated) * side.sign <= 0:
        raise Refusal("stated_beyond_entry", side=side.value, stated=stated, reference=reference)
    trade, unit = _at_stated(arguments, place, rules, side=side, stated=stated)
    figures = [figure("liquidation_price", stated, place.quote)]
    steps: list[Step] = []
    if target is not None:
        if reference is not None:
            check_side(side, target=target, reference=reference)
        needed = margin_needed(trade.position, trade.terms, target)
        added = (needed - requirement_at(trade.position, trade.terms, stated)) / unit
        figures.append(figure("required_margin_add", added, place.money))
        values = {"N": needed, "M": requirement_at(trade.position, trade.terms, stated), "u": unit}
        equation = "N - M" if unit == 1 else "(N - M) / u"
        steps.append(step("required_margin_add", equation, values, added, place.money))
        caveats += [Assumption(code="target_already_met", data={"target": target})] if added < 0 else []
    assert added is not None  # one of the two was said
    moved = _with(trade, stated, added * unit)
    liquidation = solve(moved.position, moved.terms, start_price=_start(moved, reference, stated))
    assumptions = [*trade.assumptions, Assumption(code="liquidation_price_stated", data={"value": stated}), *caveats]
    if liquidation.price is None:
        code = liquidation.reason or liquidation.status.value
        data = {"side": side.value, "price": reference or stated}
        kept = tuple(assumptions)
        return finish(tool, moved, status=liquidation.status, code=code, data=data, assumptions=kept)
    price = on_grid(liquidation.price, said.number(arguments, "tick_size"), side)
    steps += _steps(moved, liquidation, stated=stated, counted=added * unit)
    figures.append(figure("new_liquidation_price", price, place.quote))
    if reference is not None:
        figures.append(figure("distance_pct", distance(price, reference) * HUNDRED, PERCENT))
        measured = Assumption(code="distance_from_entry")
        if "mark_price" in arguments:
            measured = Assumption(code="distance_from_mark", data={"price": reference})
        assumptions.append(measured)
    return finish(tool, moved, figures=tuple(figures), working=tuple(steps), assumptions=tuple(assumptions))


def _side(
    arguments: Arguments, stated: Decimal | None, reference: Decimal | None
) -> tuple[Side | None, list[Assumption]]:
    """The side said, else the one whose liquidation price lies where the stated one does."""
    side = said.side(arguments)
    if side is not None or stated is None or reference is None:
        return side, []
    side = Side.LONG if stated < reference else Side.SHORT
    return side, [Assumption(code="side_from_liquidation", data={"side": side.value})]


def _at_stated(
    arguments: Arguments, place: Market, rules: Rules, *, side: Side, stated: Decimal
) -> tuple[Trade, Decimal]:
    """The position as if opened at the stated price, and how much of each unit added counts in the trigger."""
    entry = said.number(arguments, "entry_price") or stated
    size = sizing.size_of(arguments, contract=place.contract, entry_price=entry)
    assert size is not None  # asked for by from_stated
    notional = sizing.notional_of(size, contract=place.contract, entry_price=stated)
    stand_in = notional / (said.number(arguments, "leverage") or ONE)
    request = PositionRequest(
        symbol=place.symbol,
        contract=place.contract,
        side=side,
        entry_price=stated,
        size=size,
        margin_mode=place.margin_mode,
        collateral=stand_in,
        wallet_balance=stand_in,
        maintenance_margin_rate=said.number(arguments, "maintenance_margin_rate"),
        maintenance_amount=said.number(arguments, "maintenance_amount"),
        fee_rate=said.number(arguments, "fee_rate"),
    )
    assumed = sizing.unit_assumption(arguments, place.contract)
    trade = build(arguments, place, request, rules, assumed)
    more = rules.rulebooks.terms(place.rulebook, replace(request, added_margin=ONE), place.day)
    return trade, more.margin - trade.terms.margin


def _with(trade: Trade, stated: Decimal, counted: Decimal) -> Trade:
    """The trade with the requirement at the stated price and what is added behind it."""
    margin = requirement_at(trade.position, trade.terms, stated) + counted
    return replace(trade, terms=replace(trade.terms, margin=margin))


def _start(moved: Trade, reference: Decimal | None, stated: Decimal) -> Decimal:
    """A price at which the position stands: the reference, else the nearest found walking away from liquidation."""
    if reference is not None:
        return reference
    factor = Decimal(2) ** moved.side.sign
    price = stated
    for _ in range(_DOUBLINGS):
        if margin_buffer(moved.position, moved.terms, price) > 0:
            return price
        price *= factor
    raise InputOutOfRange(argument="added_margin", reason="exceeds_margin", value=moved.terms.margin)


def _steps(moved: Trade, liquidation: Liquidation, *, stated: Decimal, counted: Decimal) -> list[Step]:
    """The shift in one equation while the tier stays the same, else the equation of the price."""
    tier, position, quote = liquidation.tier, moved.position, moved.market.quote
    price = liquidation.price or stated
    rates = {
        "m": tier.rate if moved.terms.basis is MaintenanceBasis.MARK else ZERO,
        "f": moved.terms.fee_rate if moved.terms.fee_basis is MaintenanceBasis.MARK else ZERO,
    }
    sign = "-" if position.direction > 0 else "+"
    slope = "(1" + "".join(f" {sign} {name}" for name, rate in rates.items() if rate) + ")"
    factor = 1 - position.direction * (rates["m"] + rates["f"])
    values = {**rates, "P": stated, "A": counted, "q": position.size, "Q": position.size}
    if position.contract.follows_price:
        x = counted / (position.size * factor)
        lines = [
            step("shift", f"A / (q {slope})", values, x, quote),
            step(
                "new_liquidation_price",
                "P - x" if moved.side is Side.LONG else "P + x",
                values | {"x": x},
                price,
                quote,
            ),
        ]
        closed = stated - moved.side.sign * x
    else:
        equation = f"Q {slope} / (Q {slope} / P {'+' if moved.side is Side.LONG else '-'} A)"
        closed = position.size * factor / (position.size * factor / stated + moved.side.sign * counted)
        lines = [step("new_liquidation_price", equation, values, price, quote)]
    if abs(closed / price - 1) < _SAME:
        return lines
    return list(price_steps(moved, liquidation, name="new_liquidation_price"))

"""A size found from what was said: a risk budget and a stop, a margin and a leverage, or the size itself."""

from dataclasses import dataclass
from decimal import Decimal

from assistant.margin.quantities import exact
from assistant.tools import budget, said, sizing
from assistant.tools.figures import TIMES
from assistant.tools.gaps import contract_gaps
from assistant.tools.market import Market
from assistant.tools.outcome import Gap
from assistant.tools.working import step
from assistant.values import Arguments, Assumption, Contract, Side, SizeUnit, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSize:
    """A size, in coins and in quote currency as far as each is known, and how it was found."""

    base: Decimal | None
    quote: Decimal | None
    margin: Decimal | None
    side: Side | None
    steps: tuple[Step, ...]
    assumptions: tuple[Assumption, ...] = ()

    def value(self, contract: Contract) -> Decimal | None:
        """The notional in settlement currency."""
        return self.quote if contract.follows_price else self.base


@exact
def from_budget(arguments: Arguments, place: Market) -> FoundSize:
    """Size = money at risk / loss per unit up to the stop."""
    stop, percent = said.number(arguments, "stop_price"), said.number(arguments, "stop_distance_pct")
    entry, side, risk = said.number(arguments, "entry_price"), said.side(arguments), budget.amount(arguments)
    by_percent = stop is None and percent is not None
    linear = place.contract.follows_price
    missing = ["side"] if by_percent and not linear and side is None else []
    if entry is None and not (by_percent and linear):
        missing.append("entry_price")
    if stop is None and percent is None:
        missing.append("stop_price")
    missing += budget.gaps(arguments)
    if missing or risk is None:
        raise Gap(*missing)
    steps = budget.steps(arguments, risk, place.money)
    caveats = (Assumption(code="no_fees"),)
    if by_percent and linear and percent is not None:
        quote = risk * 100 / percent
        steps.append(step("position_size", "100 R / x", {"R": risk, "x": percent}, quote, place.quote))
        base = None if entry is None else quote / entry
        return FoundSize(
            base=base, quote=quote, margin=_margin(arguments, quote), side=side, steps=tuple(steps), assumptions=caveats
        )
    assert entry is not None  # a gap otherwise
    if stop is None and percent is not None and side is not None:
        stop = entry * (1 - side.sign * percent / 100)
    assert stop is not None  # a gap otherwise
    budget.check_stop(side or (Side.LONG if stop < entry else Side.SHORT), stop=stop, reference=entry)
    side = Side.LONG if stop < entry else Side.SHORT
    values = {"R": risk, "E": entry, "S": stop}
    if linear:
        base = risk / abs(entry - stop)
        equation = "R / (E - S)" if side is Side.LONG else "R / (S - E)"
        steps.append(step("position_size", equation, values, base, place.coin))
        quote = base * entry
        steps.append(step("notional", "q E", {"q": base, "E": entry}, quote, place.quote))
    else:
        quote = risk / abs(1 / entry - 1 / stop)
        equation = "R / (1 / S - 1 / E)" if side is Side.LONG else "R / (1 / E - 1 / S)"
        steps.append(step("position_size", equation, values, quote, place.quote))
        base = quote / entry
        steps.append(step("notional", "Q / E", {"Q": quote, "E": entry}, base, place.coin))
    margin = _margin(arguments, quote if linear else base)
    return FoundSize(base=base, quote=quote, margin=margin, side=side, steps=tuple(steps), assumptions=caveats)


@exact
def from_margin(arguments: Arguments, place: Market) -> FoundSize:
    """Notional = margin times leverage."""
    collateral, leverage = said.number(arguments, "collateral"), said.number(arguments, "leverage")
    entry = said.number(arguments, "entry_price")
    assert collateral is not None  # asked for by compute
    assert leverage is not None
    value = collateral * leverage
    steps = [step("notional", "C L", {"C": collateral, "L": leverage}, value, place.money)]
    if place.contract is Contract.INVERSE:
        quote = None if entry is None else value * entry
        return FoundSize(base=value, quote=quote, margin=collateral, side=said.side(arguments), steps=tuple(steps))
    if entry is None:
        return FoundSize(base=None, quote=value, margin=collateral, side=said.side(arguments), steps=tuple(steps))
    base = value / entry
    steps.append(step("position_size", "N / E", {"N": value, "E": entry}, base, place.coin))
    return FoundSize(base=base, quote=value, margin=collateral, side=said.side(arguments), steps=tuple(steps))


@exact
def from_size(arguments: Arguments, place: Market) -> FoundSize:
    """The margin of a size said, or the leverage its margin means."""
    entry, leverage = said.number(arguments, "entry_price"), said.number(arguments, "leverage")
    collateral = said.number(arguments, "collateral")
    missing = list(contract_gaps(arguments, place))
    if "size" not in arguments:
        if leverage is None and collateral is None:
            raise Gap(*(("entry_price",) if entry is None else ()), "stop_price", "risk_amount")
        raise Gap("leverage" if leverage is None else "size")
    linear, unit = place.contract.follows_price, said.size_unit(arguments, place.contract)
    settles = unit is (SizeUnit.QUOTE if linear else SizeUnit.BASE)
    if entry is None and not settles:
        missing.append("entry_price")
    if leverage is None and collateral is None:
        missing.append("leverage")
    if missing:
        raise Gap(*missing)
    size = said.number(arguments, "size")
    base: Decimal | None = None if linear else size
    quote: Decimal | None = size if linear else None
    if entry is not None:
        size = sizing.size_of(arguments, contract=place.contract, entry_price=entry)
        assert size is not None  # a gap otherwise
        base, quote = (size, size * entry) if linear else (size / entry, size)
    value = quote if linear else base
    assert value is not None  # a gap otherwise
    steps: list[Step] = []
    if entry is not None and size is not None:
        product, letter = ("q E", "q") if linear else ("Q / E", "Q")
        steps.append(step("notional", product, {letter: size, "E": entry}, value, place.money))
    if collateral is not None and leverage is None:
        values = {"N": value, "C": collateral}
        steps.append(step("effective_leverage", "N / C", values, value / collateral, TIMES))
        margin: Decimal | None = collateral
    else:
        margin = _margin(arguments, value)
        if margin is not None and leverage is not None:
            steps.append(step("initial_margin", "N / L", {"N": value, "L": leverage}, margin, place.money))
    assumed = sizing.unit_assumption(arguments, place.contract)
    side = said.side(arguments)
    return FoundSize(base=base, quote=quote, margin=margin, side=side, steps=tuple(steps), assumptions=assumed)


def _margin(arguments: Arguments, value: Decimal) -> Decimal | None:
    """Notional / leverage, where a leverage was said."""
    leverage = said.number(arguments, "leverage")
    return None if leverage is None else value / leverage

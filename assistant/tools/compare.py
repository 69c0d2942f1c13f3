"""Liquidation prices side by side: of several leverages, sides, margin modes or venues."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.errors import CannotAnswer, InputOutOfRange
from assistant.margin.quantities import exact
from assistant.tools import market
from assistant.tools.arguments import POSITION
from assistant.tools.assessment import distance_step, price_shown, reference_assumption, tidied
from assistant.tools.derivation import percent_step, price_steps
from assistant.tools.figures import HUNDRED, PERCENT, figure
from assistant.tools.gaps import gaps_of
from assistant.tools.outcome import Gap, Refusal, plain_data
from assistant.tools.ratios import opened_at_one
from assistant.tools.rules import Rules
from assistant.tools.sides import Seen, both, nearer, seen
from assistant.tools.tool import Tool
from assistant.tools.variants import DIMENSIONS, MOST, Variant, variants_of
from assistant.values import Arguments, Assumption, Figure, MarginMode, Result, Source, Status, Step

NAME = "compare"
_ASKED_FIRST = ("side", "entry_price", "leverage", "size", "wallet_balance")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One variant that could be looked at."""

    label: str
    seen: Seen

    @property
    def refusal(self) -> str | None:
        """Why it has no price, as a code, or None where it has one."""
        liquidation = self.seen.liquidation
        return None if liquidation.price is not None else (liquidation.reason or liquidation.status.value)


@exact
def compute(arguments: Arguments, rules: Rules) -> Result:
    """Price and distance of every variant that has one; what a variant cannot have is said beside the others."""
    variants = variants_of(arguments)
    if len(variants) > MOST:
        count = Decimal(len(variants))
        raise InputOutOfRange(argument="leverages", reason="too_many_variants", value=count, bound=Decimal(MOST))
    missing = {gap for variant in variants for gap in _gaps(variant, rules)}
    if missing:
        raise Gap(*(name for name in _ASKED_FIRST if name in missing), *sorted(missing))
    rows, refusals = list[_Row](), list[tuple[str, Refusal | CannotAnswer]]()
    for variant in variants:
        try:
            rows.append(_Row(label=variant.label, seen=_seen(variant, rules)))
        except (Refusal, CannotAnswer) as refusal:
            refusals.append((variant.label, refusal))
    if not rows:
        raise refusals[0][1]
    refused = [
        Assumption(code="variant_refused", data={**plain_data(refusal.data), "variant": label, "code": refusal.code})
        for label, refusal in refusals
    ]
    refused += [
        Assumption(code="variant_refused", data={"variant": row.label, "code": row.refusal})
        for row in rows
        if row.refusal is not None
    ]
    figures, steps = list[Figure](), list[Step]()
    for row in rows:
        if row.refusal is None:
            figures += _figures(row, arguments)
            steps += _steps(row, arguments)
    first = rows[0]
    return Result(
        tool=NAME,
        arguments=_filled(arguments, rows),
        status=Status.OK if figures else first.seen.liquidation.status,
        code=None if figures else first.refusal,
        data={} if figures else {"side": first.seen.trade.side.value, "price": first.seen.trade.reference_price},
        figures=tuple(figures),
        working=tuple(steps),
        assumptions=(*_shared(rows), *_set_aside(arguments), *refused),
        sources=_sources(rows),
        rules_as_of=max((day for row in rows if (day := row.seen.trade.rules_as_of)), default=None),
        rulebook=_only({row.seen.trade.market.rulebook.id for row in rows}),
    )


def _gaps(variant: Variant, rules: Rules) -> tuple[str, ...]:
    """What a variant lacks; side and entry may be missing where percentages are asked for alone."""
    try:
        place = market.choose(variant.arguments, rules)
        wanted = gaps_of(variant.arguments, place)
        alone = "entry_price" in wanted and place.margin_mode is MarginMode.ISOLATED
        if not wanted or not alone or not {"side", "entry_price"}.issuperset(wanted):
            return wanted
        opened_at_one(variant.arguments, place)
    except Gap:
        return wanted
    except (Refusal, CannotAnswer):
        return ()
    return ()


def _seen(variant: Variant, rules: Rules) -> Seen:
    """The variant's position; of the nearer side where none was said."""
    if "entry_price" in variant.arguments:
        return seen(variant.arguments, rules)
    position = opened_at_one(variant.arguments, market.choose(variant.arguments, rules))
    return seen(position, rules) if "side" in position else nearer(both(position, rules))


def _figures(row: _Row, arguments: Arguments) -> list[Figure]:
    """Price where an entry is known, distance, and the notional where leverage changes it."""
    trade, figures = row.seen.trade, list[Figure]()
    move = row.seen.move or Decimal(0)
    if "entry_price" in arguments:
        price = price_shown(trade, row.seen.liquidation)
        assert price is not None  # a row without refusal
        figures.append(figure(f"liquidation_price@{row.label}", price, trade.market.quote))
        move = price / trade.reference_price - 1
    figures.append(figure(f"distance_pct@{row.label}", move * HUNDRED, PERCENT))
    if "leverages" in arguments and "size" not in arguments and trade.is_sized:
        notional = trade.position.notional(trade.position.entry_price)
        figures.append(figure(f"notional@{row.label}", notional, trade.market.money))
    return figures


def _steps(row: _Row, arguments: Arguments) -> list[Step]:
    """The working of one row."""
    trade, liquidation = row.seen.trade, row.seen.liquidation
    if "entry_price" not in arguments:
        return [percent_step(trade, liquidation, name=f"distance@{row.label}")]
    price = price_shown(trade, liquidation)
    assert price is not None  # a row without refusal
    lines = [
        *(line for line in price_steps(trade, liquidation) if line.name == "liquidation_price"),
        distance_step(trade, price),
    ]
    return [
        Step(
            name=f"{line.name}@{row.label}",
            equation=line.equation,
            numbers=line.numbers,
            value=line.value,
            unit=line.unit,
        )
        for line in lines
    ]


def _shared(rows: Sequence[_Row]) -> tuple[Assumption, ...]:
    """Every assumption once; one that not all rows rest on says which variant it belongs to."""
    found: list[Assumption] = []
    for row in rows:
        for assumption in map(tidied, (*row.seen.trade.assumptions, reference_assumption(row.seen.trade))):
            in_all = all(
                assumption in map(tidied, (*other.seen.trade.assumptions, reference_assumption(other.seen.trade)))
                for other in rows
            )
            data = assumption.data if in_all else {**assumption.data, "variant": row.label}
            one = Assumption(code=assumption.code, data=data)
            if one not in found:
                found.append(one)
    return tuple(found)


def _set_aside(arguments: Arguments) -> tuple[Assumption, ...]:
    """A word where a margin was said that cannot stay: with a fixed size it changes with leverage."""
    fixed = all(name in arguments for name in ("leverages", "size", "collateral"))
    return (Assumption(code="collateral_set_aside"),) if fixed else ()


def _sources(rows: Sequence[_Row]) -> tuple[Source, ...]:
    """The sources of all rows, each once."""
    return tuple(dict.fromkeys(source for row in rows for source in row.seen.trade.grounds.sources))


def _filled(arguments: Arguments, rows: Sequence[_Row]) -> Arguments:
    """The arguments with the defaults all variants share."""
    defaults = {
        name: value
        for name, value in rows[0].seen.trade.arguments.items()
        if name in ("venue", "contract", "margin_mode", "as_of")
        and all(row.seen.trade.arguments.get(name) == value for row in rows)
    }
    compared = {DIMENSIONS[name] for name in DIMENSIONS if name in arguments}
    return {**{name: value for name, value in defaults.items() if name not in compared}, **arguments}


def _only(identities: set[str]) -> str | None:
    """The one rulebook of all rows, or None where they differ."""
    return identities.pop() if len(identities) == 1 else None


TOOL = Tool(
    name=NAME,
    doc="Liquidation prices and distances of several leverages, sides, margin modes or venues side by side.",
    arguments=(*POSITION, *DIMENSIONS),
    figures={
        "liquidation_price@": "Liquidation price of the variant behind the @, where an entry is known",
        "distance_pct@": "Signed move to it in percent of the mark price, else of entry",
        "notional@": "Value of the variant's position, where leverage varies over a fixed margin",
    },
    example={"side": "short", "entry_price": "97500", "symbol": "BTC", "leverages": ["10", "30"]},
    compute=compute,
)

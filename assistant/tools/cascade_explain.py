"""How much room each leverage leaves before liquidation: the picture behind a cascade, without any forecast."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from assistant.margin.quantities import ONE, exact
from assistant.tools import said
from assistant.tools.assessment import finish
from assistant.tools.derivation import percent_step
from assistant.tools.figures import HUNDRED, PERCENT, figure, plain
from assistant.tools.outcome import Refusal, plain_data
from assistant.tools.rules import Rules
from assistant.tools.sides import Seen, seen
from assistant.tools.tool import Tool
from assistant.tools.variants import TAUGHT
from assistant.values import Arguments, ArgumentValue, Assumption, Figure, Result, Side, Step

NAME = "cascade_explain"
_TAKEN = ("contract", "maintenance_margin_rate", "as_of")
"""What changes the picture; the venue does not: it teaches, and a table would pretend to more."""


@exact
def compute(arguments: Arguments, rules: Rules) -> Result:
    """The distance to liquidation per leverage under the generic rule; of longs where no side was said."""
    side = said.side(arguments) or Side.LONG
    leverages = _leverages(arguments)
    base: dict[str, ArgumentValue] = {name: arguments[name] for name in _TAKEN if name in arguments}
    base |= {"side": side.value, "entry_price": ONE, "margin_mode": "isolated"}
    figures, steps, assumptions = list[Figure](), list[Step](), list[Assumption]()
    shown: Seen | None = None
    reason: Refusal | None = None
    for leverage in leverages:
        label = f"{plain(leverage)}x"
        try:
            one = seen({**base, "leverage": leverage}, rules)
        except Refusal as refusal:
            reason = reason or refusal
            assumptions.append(_refused(label, refusal.code, **plain_data(refusal.data)))
            continue
        shown = one
        assumptions += [item for item in one.trade.assumptions if item not in assumptions]
        if one.move is None:
            assumptions.append(_refused(label, one.liquidation.reason or one.liquidation.status.value))
            continue
        figures.append(figure(f"distance_pct@{label}", one.move * HUNDRED, PERCENT))
        steps.append(percent_step(one.trade, one.liquidation, name=f"distance@{label}"))
    if reason is not None and not figures:
        raise reason
    assert shown is not None  # the lowest leverages have a distance unless a stated rate forbids them
    if "side" not in arguments:
        assumptions.append(Assumption(code="cascade_of_longs"))
    assumptions.append(Assumption(code="distance_from_entry"))
    result = finish(NAME, shown.trade, figures=tuple(figures), working=tuple(steps), assumptions=tuple(assumptions))
    kept = {name: value for name, value in result.arguments.items() if name in ("contract", "as_of")}
    return replace(result, arguments={**kept, **arguments, "side": side.value, "leverages": leverages})


def _leverages(arguments: Arguments) -> tuple[Decimal, ...]:
    """Those of the picture and those that were said, lowest first."""
    said_ones = {item for item in said.elements(arguments, "leverages") if isinstance(item, Decimal)}
    single = said.number(arguments, "leverage")
    return tuple(sorted({*TAUGHT, *said_ones, *([single] if single is not None else [])}))


def _refused(label: str, code: str, **data: str | Decimal | date) -> Assumption:
    """A word on a leverage that has no distance."""
    return Assumption(code="variant_refused", data={**data, "variant": label, "code": code})


TOOL = Tool(
    name=NAME,
    doc="How far away liquidation is at each leverage, so that one forced sale may reach the next; forecasts nothing.",
    arguments=("symbol", "side", "contract", "leverage", "leverages", "maintenance_margin_rate", "as_of"),
    figures={"distance_pct@": "Signed move to liquidation in percent of entry at the leverage behind the @"},
    example={},
    compute=compute,
)

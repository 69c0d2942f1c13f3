"""How a margin call is told: its price, the move to it, and never a word of liquidation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.margin.buffer import distance
from assistant.margin.quantities import exact
from assistant.tools import said
from assistant.tools.assessment import tidied
from assistant.tools.figures import HUNDRED, PERCENT, figure, tidy
from assistant.tools.working import step
from assistant.values import Arguments, Assumption, Figure, Result, Side, Source, Status, Step

MONEY = "USD"
"""Unit of every amount where nobody named another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What every ending of a call carries."""

    tool: str
    arguments: Arguments
    side: Side
    entry_price: Decimal
    price: Decimal | None
    """Price at which the call comes, or None where there is none."""
    assumptions: tuple[Assumption, ...]
    sources: tuple[Source, ...]
    rules_as_of: date | None = None
    rulebook: str | None = None


@exact
def moved(call: Call, figures: tuple[Figure, ...], steps: tuple[Step, ...]) -> Result:
    """The result with the price and the move to it, from the mark price, else from entry."""
    assert call.price is not None
    mark = said.number(call.arguments, "mark_price")
    reference = mark or call.entry_price
    move = distance(call.price, reference) * HUNDRED
    letter = "E" if mark is None else "mark"
    measured = (
        Assumption(code="call_from_entry") if mark is None else Assumption(code="call_from_mark", data={"price": mark})
    )
    told = (
        figure("margin_call_price", call.price, MONEY),
        figure("distance_pct", move, PERCENT),
        figure("distance_abs", abs(call.price - reference), MONEY),
    )
    values = {"P": call.price, letter: reference}
    line = step("distance_to_call", f"100 (P - {letter}) / {letter}", values, move, PERCENT)
    return ended(call, Status.OK, None, figures=(*told, *figures), working=(*steps, line), assumptions=(measured,))


def ended(
    call: Call,
    status: Status,
    code: str | None,
    *,
    data: Mapping[str, Decimal] | None = None,
    figures: tuple[Figure, ...] = (),
    working: tuple[Step, ...] = (),
    assumptions: tuple[Assumption, ...] = (),
) -> Result:
    """The result of a call in any ending."""
    return Result(
        tool=call.tool,
        arguments=call.arguments,
        status=status,
        code=code,
        data={name: tidy(value) for name, value in (data or {}).items()},
        figures=figures,
        working=working,
        assumptions=tuple(map(tidied, (*call.assumptions, *assumptions))),
        sources=call.sources,
        rules_as_of=call.rules_as_of,
        rulebook=call.rulebook,
    )

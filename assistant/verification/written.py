"""Outcomes as people and programs read them: every number with the digits that matter, none with an exponent."""

from decimal import Decimal

from assistant.margin.quantities import significant
from assistant.verification.measure import Found
from assistant.verification.run import Outcome
from assistant.verification.summary import Line, lines, total

FIGURE_DIGITS = 16
DIFFERENCE_DIGITS = 3


def figure(value: Found) -> str | None:
    """A figure to sixteen significant digits; words and None as they are."""
    return plain(value, FIGURE_DIGITS) if isinstance(value, Decimal) else value


def difference(value: Decimal | None) -> str | None:
    """A difference or tolerance to three significant digits."""
    return None if value is None else plain(value, DIFFERENCE_DIGITS)


def plain(value: Decimal, digits: int) -> str:
    """So many significant digits, without an exponent and without trailing zeros."""
    short = significant(value, digits).normalize()
    return f"{short:f}" if short else "0"


def report(outcomes: tuple[Outcome, ...], disclaimer: str) -> dict[str, object]:
    """The reply of GET /v1/verify."""
    return {
        "summary": _counts(total(outcomes)),
        "venues": [{"venue": line.subject, **_counts(line)} for line in lines(outcomes)],
        "vectors": [_row(outcome) for outcome in outcomes],
        "disclaimer": disclaimer,
    }


def _counts(line: Line) -> dict[str, int]:
    return {"sourced": line.sourced, "generated": line.generated, "mismatches": line.mismatches}


def _row(outcome: Outcome) -> dict[str, str | bool | dict[str, str] | None]:
    """One figure of one vector."""
    vector, theirs = outcome.vector, outcome.theirs
    tolerance = None if isinstance(theirs, str) else difference(vector.tolerance(outcome.quantity, theirs))
    return {
        "id": vector.id,
        "label": vector.label.value,
        "venue": vector.subject,
        "contract": vector.contract or None,
        "margin_mode": vector.margin_mode or None,
        "side": vector.side or None,
        "as_of": vector.as_of.isoformat(),
        "inputs": dict(vector.inputs),
        "quantity": outcome.quantity,
        "ours": figure(outcome.ours),
        "theirs": figure(theirs),
        "difference": difference(outcome.difference),
        "tolerance": tolerance,
        "matches": outcome.matches,
        "kind": vector.kind,
        "source": vector.source,
        "note": vector.note or None,
    }

"""How many figures of each rulebook were run, and how many differ."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.verification.run import Outcome
from assistant.verification.vector import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The counts of one rulebook or tool; of all together where `subject` is empty."""

    subject: str
    sourced: int
    generated: int
    mismatches: int


def total(outcomes: Iterable[Outcome]) -> Line:
    """The counts of all outcomes together."""
    return _line("", list(outcomes))


def lines(outcomes: Iterable[Outcome]) -> tuple[Line, ...]:
    """The counts by rulebook or tool, by name."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault(outcome.vector.subject, []).append(outcome)
    return tuple(_line(subject, groups[subject]) for subject in sorted(groups))


def _line(subject: str, outcomes: list[Outcome]) -> Line:
    labels = Counter(outcome.vector.label for outcome in outcomes)
    return Line(
        subject=subject,
        sourced=labels[Label.SOURCED],
        generated=labels[Label.GENERATED],
        mismatches=sum(not outcome.matches for outcome in outcomes),
    )

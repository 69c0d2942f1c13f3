"""The day whose rules were asked for: a whole day, or a month or year in which nothing changed."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date

from assistant.values import Slots

Steady = Callable[[Slots, date, date], bool]
"""Whether the same rules and tables, or none at all, held on every day of a span."""


def span(said: str) -> tuple[date, date] | None:
    """First and last day of `2025-03-03`, `2025-03` or `2025`; None where the day cannot be told."""
    parts = said.split("-")
    if not all(part.isdigit() for part in parts):
        return None
    year, month, day = (*(int(part) for part in parts), 0, 0)[:3]
    if day:
        return date(year, month, day), date(year, month, day)
    last = month or 12
    return date(year, month or 1, 1), date(year, last, monthrange(year, last)[1])


def settled(slots: Slots, steady: Steady, today: date) -> date | None:
    """The day whose rules count, or None where it must be asked for: of a longer span, the last day of a steady one."""
    days = span(str(slots["as_of"]))
    if days is None or (days[0] != days[1] and (days[1] > today or not steady(slots, *days))):
        return None
    return days[1]

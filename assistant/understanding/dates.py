"""The day a message names, whose rules are meant: "2025-01-15", "15 january 2025", "Jan 15, 2025"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.understanding.gathered import Gathered
from assistant.understanding.number_style import NumberStyle
from assistant.understanding.reading import SlotRead, Unmatched
from assistant.understanding.text import Text
from assistant.understanding.tokens import Token

_FILLING = frozenset((",", "of"))


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a message, and its other words."""

    tokens: tuple[Token, ...]
    """The message without its days, whose numbers are no amounts."""
    found: tuple[tuple[date, Token, Token], ...]
    """Each day with the first and the last token that name it."""
    strays: tuple[tuple[Token, Token], ...]
    """First and last token of what names a month or a day that is none: "may 2025", "2025-02-30"."""


def read_days(tokens: Sequence[Token], style: NumberStyle) -> Days:
    """Every day a message names."""
    words = [token for place, token in enumerate(tokens) if not _fills(tokens, place)]
    found: list[tuple[date, Token, Token]] = []
    strays: list[tuple[Token, Token]] = []
    at = 0
    while at < len(words):
        taken = _day_at(words, at, style)
        if taken is not None:
            found.append((taken[0], words[at], words[at + taken[1] - 1]))
            at += taken[1]
            continue
        if words[at].text in style.months and (beside := _numbers_beside(words, at)):
            near = sorted([*beside, words[at]], key=lambda token: token.start)
            strays.append((near[0], near[-1]))
        elif words[at].kind == "date":
            strays.append((words[at], words[at]))
        at += 1
    inside = [(first.start, last.end) for _, first, last in found]
    left = tuple(token for token in tokens if not any(start <= token.start < end for start, end in inside))
    return Days(left, tuple(found), tuple(strays))


def place_day(out: Gathered, days: Days, text: Text) -> None:
    """Puts the one day into the slot `as_of`; two different days, and what is none, are told as unused."""
    out.unmatched.extend(_told(text, first.start, last.end) for first, last in days.strays)
    if len({day for day, _, _ in days.found}) > 1:
        out.unmatched.extend(_told(text, first.start, last.end) for _, first, last in days.found)
    elif days.found:
        day, first, last = days.found[0]
        start, end = text.place(first.start), text.place(last.end)
        out.slots["as_of"] = SlotRead(value=day.isoformat(), start=start, end=end, cue="date", weight=10)


def _fills(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token is only the ending or the comma of a date: the "th" of 15th, "of", a comma."""
    token = tokens[at]
    return token.text in _FILLING or (token.glued and token.text in ("st", "nd", "rd", "th"))


def _day_at(words: Sequence[Token], at: int, style: NumberStyle) -> tuple[date, int] | None:
    """The day that begins at a token and how many tokens it takes; None where none does."""
    if words[at].kind == "date":
        day = _day(words[at].text)
        return None if day is None else (day, 1)
    three = [token.text for token in words[at : at + 3]]
    if len(three) < 3 or not three[2].isdigit() or len(three[2]) != 4:
        return None
    for number, month in ((three[0], three[1]), (three[1], three[0])):
        if month in style.months and number.isdigit() and len(number) <= 2:
            day = _day(f"{three[2]}-{style.months[month]:02}-{int(number):02}")
            return None if day is None else (day, 3)
    return None


def _day(written: str) -> date | None:
    """A day of the calendar, or None for one it does not have."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _numbers_beside(words: Sequence[Token], at: int) -> list[Token]:
    """Plain numbers right before and behind a month."""
    near = [words[place] for place in (at - 1, at + 1) if 0 <= place < len(words)]
    return [token for token in near if token.text.isdigit()]


def _told(text: Text, start: int, end: int) -> Unmatched:
    """A stretch of the message that is named back as not used."""
    start, end = text.place(start), text.place(end)
    return Unmatched(text=text.raw[start:end], start=start, end=end, kind="amount")

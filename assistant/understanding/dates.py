"""Days and months somebody named, and whether the rules of that day are asked for."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from assistant.understanding.gathered import Gathered
from assistant.understanding.numbers import Item
from assistant.understanding.phrases import Match
from assistant.understanding.reading import SlotRead, Unmatched
from assistant.understanding.text import Text

_REACH = 4
"""Words that may stand between a cue and its date."""
_PREPOSITIONS = frozenset(("on", "in", "at", "for", "of", "@"))
UNCLEAR = "unclear"
"""A date whose year or order of day and month nobody said."""
_DESCRIBED = frozenset(
    ("leverage", "leverages", "entry_price", "size", "collateral", "side", "venue", "entries", "rows")
)


@dataclass(frozen=True, slots=True)
class Named:
    """A date in the folded text."""

    value: str
    """ISO day `2025-03-03`, month `2025-03`, year `2025`, or `unclear`."""
    start: int
    end: int


def find_dates(folded: str, months: Mapping[str, int]) -> tuple[Named, ...]:
    """Every date of a text, in order; 3/4/2025 is unclear, 13/4/2025 is not. A bare year counts only behind "in"."""
    if not _DIGITS.search(folded):
        return ()
    pattern = _pattern(tuple(months))
    return tuple(
        Named(_value(found.groupdict(), months), found.start(), found.end()) for found in pattern.finditer(folded)
    )


@lru_cache(maxsize=32)
def _pattern(months: tuple[str, ...]) -> re.Pattern[str]:
    """The forms of a date with the month names of one language; compiled once."""
    return re.compile(_FORMS.format(months="|".join(sorted(months, key=len, reverse=True))), re.VERBOSE)


_DIGITS = re.compile(r"\d")
_FORMS = r"""
    (?<![\w.-])(?P<iso>(?:19|20)\d\d-\d{{1,2}}(?:-\d{{1,2}})?)(?![\w-])
  | (?<![\w./])(?P<strokes>(?:19|20)\d\d/\d{{1,2}}/\d{{1,2}})(?![\w/])
  | (?<![\w./])(?P<first>\d{{1,2}})[./](?P<second>\d{{1,2}})[./](?P<behind>20\d\d)(?![\w/])
  | (?<![\w.,])(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ ](?:of[ ])?(?P<month>{months})\.?(?:,?[ ](?P<year>20\d\d))?(?!\w)
  | (?<!\w)(?P<us_month>{months})\.?[ ](?P<us_day>\d{{1,2}})(?:st|nd|rd|th)?(?:,?[ ](?P<us_year>20\d\d))?(?![\w.,]\d|\w)
  | (?<!\w)(?P<only_month>{months})\.?(?:[ ]of|,)?[ ](?P<only_year>20\d\d)(?!\w)
  | (?<=\bin[ ])(?P<alone>20[12]\d)(?![\w.,%$]\w|\w)
"""


def _value(parts: Mapping[str, str | None], months: Mapping[str, int]) -> str:
    """A date in ISO form, as far as it was said."""
    if parts["iso"] or parts["strokes"]:
        return _iso(*(int(part) for part in re.split("[-/]", parts["iso"] or parts["strokes"] or "")))
    if parts["behind"]:
        first, second, year = (int(parts[name] or 0) for name in ("first", "second", "behind"))
        if first != second and max(first, second) <= 12:
            return UNCLEAR
        return _iso(year, *((second, first) if first > 12 or first == second else (first, second)))
    if parts["month"] or parts["us_month"]:
        said = parts["year"] or parts["us_year"]
        month, day = months[parts["month"] or parts["us_month"] or ""], int(parts["day"] or parts["us_day"] or 0)
        return _iso(int(said), month, day) if said else UNCLEAR
    if parts["only_month"]:
        return _iso(int(parts["only_year"] or 0), months[parts["only_month"]])
    return parts["alone"] or UNCLEAR


def _iso(year: int, month: int, day: int | None = None) -> str:
    """A day or month that exists, in ISO form."""
    try:
        whole = date(year, month, day or 1)
    except ValueError:
        return UNCLEAR
    return whole.isoformat() if day else whole.isoformat()[:7]


def of_day(
    out: Gathered,
    dates: Sequence[Named],
    text: Text,
    items: Sequence[Item],
    matches: Sequence[Match],
    groups: frozenset[str],
) -> None:
    """Puts the day whose rules are asked for; the day a position was opened is told apart and changes nothing."""
    for named in dates:
        before = [item for item in items if item.end <= named.start]
        cues = _cues_at(len(before), matches)
        alone = not out.slots and len([item for item in items if item.text.isalpha()]) <= _REACH
        described = bool(out.slots.keys() & _DESCRIBED) or "self_ask" in groups or "liq" in groups
        asked = "rules_of" in cues or alone or ("was_asked" in groups and described)
        beside = described and "opening_word" not in groups and _beside(before, matches)
        if "opened_on" in cues or (described and "opening_word" in groups and not asked):
            if described:
                out.notes.add("opening_day")
        elif (asked or beside) and "event" not in groups:
            out.slots["as_of"] = SlotRead(
                value=named.value, start=text.place(named.start), end=text.place(named.end), cue="date"
            )
            return
        elif described:
            start, end = text.place(named.start), text.place(named.end)
            out.unmatched.append(Unmatched(text=text.raw[start:end], start=start, end=end, kind="amount"))


def _beside(before: Sequence[Item], matches: Sequence[Match]) -> bool:
    """Whether a date stands right behind a preposition, an amount or a venue, and so belongs to the position."""
    last = before[-1] if before else None
    if last is None or last.amount is not None or last.text in _PREPOSITIONS:
        return True
    venues = (match for match in matches if any(meaning.kind == "venue" for meaning in match.meanings))
    return any(match.last == len(before) for match in venues)


def _cues_at(count: int, matches: Sequence[Match]) -> frozenset[str]:
    """The groups met right before a date, the nearest phrase of each place."""
    return frozenset(
        meaning.name
        for match in matches
        if match.last <= count <= match.last + _REACH - 2
        for meaning in match.meanings
        if meaning.kind == "group"
    )

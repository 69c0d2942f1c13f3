"""Notices that somebody is in distress; called on every message, before anything else is understood."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Final, Literal, cast

from assistant.dialogue import phrase_files
from assistant.dialogue.folding import words
from assistant.dialogue.phrase_matcher import Found
from assistant.dialogue.phrases import IDIOMS, SUBJECT, Findings, Phrasebook

Level = Literal["A", "B", "C", "D"]
About = Literal["self", "other"]

_LOSS: Final = "loss"
"""Money meant for living is gone: level C, but a sign of compulsion beside it decides."""
_GRAVITY: Final = ("A", "B", "C", "D", _LOSS)
_TABLES: Final = frozenset({"self", "other", SUBJECT, IDIOMS})
_COUNTRIES: Final = "countries"


@dataclass(frozen=True, slots=True, kw_only=True)
class Distress:
    """What a message says about the writer, or about somebody the writer worries about."""

    level: Level
    """A intent, plan, means or goodbye; B wish to die, self-harm, no hope; C overwhelming; D compulsive trading."""
    matched: str
    """What was typed that says so."""
    about: About
    country: str | None
    """ISO 3166 code of a country the text names as the writer's, else None."""


@dataclass(frozen=True, slots=True)
class DistressPhrases:
    """The phrases of every language, ready to be looked for."""

    signs: Phrasebook
    countries: Phrasebook

    def prepare(self) -> None:
        """Compile everything now instead of when it is first needed; ContentError where a phrase is wrong."""
        self.signs.prepare()
        self.countries.prepare()


def load(directory: Path) -> DistressPhrases:
    """The phrases of every file of a directory (prompts/distress); ContentError where one cannot be read."""
    countries = directory / f"{_COUNTRIES}.toml"
    languages = sorted(path for path in directory.glob("*.toml") if path != countries)
    return DistressPhrases(
        signs=Phrasebook(phrase_files.read(path, tables=_TABLES) for path in languages),
        countries=Phrasebook([phrase_files.read(countries, tables=frozenset({_COUNTRIES}))]),
    )


def detect(text: str, phrases: DistressPhrases) -> Distress | None:
    """The gravest distress a message shows, the writer's own before somebody else's, or None."""
    typed = words(text)
    findings = phrases.signs.find(typed)
    signs = _signs(findings)
    if not signs:
        return None
    sign = min(signs, key=_gravity)
    about, level = sign.label.split(".")
    return Distress(
        level="C" if level == _LOSS else cast(Level, level),
        matched=findings.quote(sign),
        about=cast(About, about),
        country=_country(phrases.countries.find(typed)),
    )


def _signs(findings: Findings) -> list[Found]:
    """The findings that are distress; a phrase about somebody else reaches across no mention of the writer."""
    subjects = [found.first for found in findings.found if found.label.startswith(SUBJECT)]
    others = [
        found
        for found in findings.found
        if found.label.startswith("other.") and bisect_right(subjects, found.first) == bisect_left(subjects, found.last)
    ]
    starts = [found.first for found in others]
    reach = list(accumulate((found.last for found in others), max))
    own = [
        found
        for found in findings.found
        if found.label.startswith("self.")
        and not _within(found.first, starts, reach)
        and not _within(found.last - 1, starts, reach)
    ]
    return own + others


def _within(word: int, starts: list[int], reach: list[int]) -> bool:
    """Whether a word lies inside one of the spans that begin at `starts` and reach, up to there, to `reach`."""
    before = bisect_right(starts, word)
    return before > 0 and word < reach[before - 1]


def _gravity(sign: Found) -> tuple[int, bool, int, int]:
    """Sorting key: gravest first, the writer before others, then the first and longest in the text."""
    about, level = sign.label.split(".")
    return _GRAVITY.index(level), about == "other", sign.first, -sign.last


def _country(findings: Findings) -> str | None:
    """The country named first, or None."""
    first = min(findings.found, key=lambda found: (found.first, -found.last), default=None)
    return first.label.split(".")[1] if first is not None else None

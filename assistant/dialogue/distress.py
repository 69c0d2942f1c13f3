"""Notices that somebody is in distress; called on every message, before anything else is understood."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, cast

from assistant.dialogue import phrase_files
from assistant.dialogue.phrases import Findings, Found, Phrasebook

Level = Literal["A", "B", "C", "D"]
About = Literal["self", "other"]

_LOSS: Final = "loss"
"""Money meant for living is gone: level C, but a sign of compulsion beside it decides."""
_GRAVITY: Final = ("A", "B", "C", "D", _LOSS)
_TABLES: Final = frozenset({"self", "other", "subject", "safe", "idioms"})
_COUNTRIES: Final = "countries"


@dataclass(frozen=True, slots=True, kw_only=True)
class Distress:
    """What a message says about the writer, or about somebody the writer worries about."""

    level: Level
    """A present intent, plan, means or goodbye; B passive wish to die, self-harm, no hope; C overwhelming; D compulsive trading."""
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
    findings = phrases.signs.find(text)
    signs = _signs(findings)
    if not signs:
        return None
    sign = min(signs, key=_gravity)
    about, level = sign.label.split(".")
    return Distress(
        level="C" if level == _LOSS else cast(Level, level),
        matched=findings.quote(sign),
        about=cast(About, about),
        country=_country(phrases.countries.find(text)),
    )


def says_safe(text: str, phrases: DistressPhrases) -> bool:
    """Whether the writer says that the crisis has passed, and nothing else in the message speaks against it."""
    findings = phrases.signs.find(text)
    return any(found.label == "safe.now" for found in findings.found) and not _signs(findings)


def _signs(findings: Findings) -> list[Found]:
    """The findings that are distress: of somebody else only where the writer does not come between, of the writer only outside those."""
    subjects = [found.first for found in findings.found if found.label == "subject.self"]
    others = [
        found
        for found in findings.found
        if found.label.startswith("other.") and not any(found.first < subject < found.last for subject in subjects)
    ]
    own = [
        found
        for found in findings.found
        if found.label.startswith("self.") and not any(other.first <= found.first < other.last for other in others)
    ]
    return own + others


def _gravity(sign: Found) -> tuple[int, bool, int, int]:
    """Sorting key: gravest first, the writer before others, then the first and longest in the text."""
    about, level = sign.label.split(".")
    return _GRAVITY.index(level), about == "other", sign.first, -sign.last


def _country(findings: Findings) -> str | None:
    """The country named first, or None."""
    return min(findings.found, key=lambda found: (found.first, -found.last)).label.split(".")[1] if findings.found else None

"""Notices what is asked for and declined: advice, predictions, account access, injection, other fields and the like."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from assistant.dialogue import phrase_files
from assistant.dialogue.folding import words
from assistant.dialogue.phrases import Phrasebook

KINDS: Final = (
    "injection",
    "manipulation",
    "evasion",
    "account_access",
    "advice",
    "prediction",
    "out_of_scope",
)
"""Gravest first: where a message holds several, the first of these is declined."""
_TABLES: Final = frozenset({"boundary", "idioms"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundary:
    """Something a message asks for that is declined."""

    kind: str
    """One of `KINDS`; the template decline_<kind> answers it."""
    matched: str
    """What was typed that says so."""
    start: int
    end: int
    """Its half-open span of characters."""


@dataclass(frozen=True, slots=True)
class BoundaryPhrases:
    """The phrases of one language, ready to be looked for."""

    book: Phrasebook


def load(path: Path) -> BoundaryPhrases:
    """The phrases of prompts/<language>/boundaries.toml; ContentError where the file is wrong."""
    return BoundaryPhrases(Phrasebook([phrase_files.read(path, tables=_TABLES)]))


def detect(text: str, phrases: BoundaryPhrases) -> Boundary | None:
    """The gravest boundary a message touches, or None; it looks at nothing but the words."""
    findings = phrases.book.find(words(text))
    found = [place for place in findings.found if place.label.startswith("boundary.")]
    if not found:
        return None
    place = min(found, key=lambda place: (KINDS.index(place.label.split(".")[1]), place.first, -place.last))
    start, end = findings.characters(place)
    return Boundary(kind=place.label.split(".")[1], matched=findings.quote(place), start=start, end=end)

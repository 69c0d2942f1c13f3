"""knowledge/search.toml: how search weighs words, and from which score on an article is shown or offered."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from assistant.articles.toml import read
from assistant.errors import ContentError


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """From which score on an article answers a question; all between 0 and 1."""

    answer: Decimal
    """The first article is shown from this score on."""
    lead: Decimal
    """…if it is ahead of the second by at least this."""
    offer: Decimal
    """Articles from this score on are offered as choices; below, nothing fits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What a word counts; rarities are inverse document frequencies in nats."""

    title: float
    """One use in a title, in uses."""
    question: float
    term: float
    saturation: float
    """k1 of BM25: how soon repetition stops counting."""
    length: float
    """b of BM25: how much a long article is held back."""
    filler: float
    """The part of its rarity that a filler counts."""
    least: float
    """The rarity no other word falls below."""
    doubt: float
    """Rarity added to every question as if a word of it were not understood, so that two small words prove nothing."""
    nearest: float
    """Part of the score that comes from the nearest single question; the rest comes from the article as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuning:
    """How the words of one language are read and weighed."""

    stemmer: str
    fillers: frozenset[str]
    weights: Weights
    thresholds: Thresholds


def load(path: Path, language: str = "en") -> Tuning:
    """How to search in a language; ContentError(file, line 0, rule) where a key is missing or unknown."""
    text = path.read_text("utf-8")
    toml = read(text, path)
    try:
        words = toml["languages"][language]
        return Tuning(
            stemmer=words["stemmer"],
            fillers=frozenset(words["fillers"].split()),
            weights=Weights(**{name: float(value) for name, value in toml["weights"].items()}),
            thresholds=Thresholds(**{name: Decimal(value) for name, value in toml["thresholds"].items()}),
        )
    except (KeyError, TypeError, AttributeError, ValueError, ArithmeticError) as problem:
        raise ContentError(file=str(path), line=0, rule=f"{type(problem).__name__}: {problem}") from problem

"""knowledge/search.toml: how search weighs words, and from which score on an article is shown or offered."""

from dataclasses import dataclass, fields
from decimal import Decimal
from pathlib import Path

import snowballstemmer

from assistant.tables import Table


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
    """How to search in a language; ContentError(file, line, rule) where a key is missing, unknown or wrong."""
    top = Table.read(path).only(("weights", "thresholds", "languages"))
    words = top.table("languages").table(language).only(("stemmer", "fillers"))
    weights = top.table("weights").only([field.name for field in fields(Weights)])
    thresholds = top.table("thresholds").only([field.name for field in fields(Thresholds)])
    return Tuning(
        stemmer=words.one_of("stemmer", snowballstemmer.algorithms()),
        fillers=frozenset(words.raw("fillers").split()),
        weights=Weights(**{name: float(weights.number(name)) for name in weights}),
        thresholds=Thresholds(**{name: thresholds.rate(name) for name in thresholds}),
    )

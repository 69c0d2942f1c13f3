"""Reads texts into terms, the units search counts: ours to build the index, theirs with typing slips mended."""

from collections.abc import Iterable, Mapping

from assistant.articles.tuning import Tuning
from assistant.articles.vocabulary import Vocabulary
from assistant.articles.words import Aliases, split

DISTINCT = 64
"""Words of a question that are looked at; what is longer is no question."""


class Reader:
    """Knows the words of our texts, the aliases and the fillers of one language."""

    def __init__(self, texts: Iterable[str], aliases: Mapping[str, str], tuning: Tuning) -> None:
        self._aliases = Aliases(aliases)
        ours = {text: self._aliases.spell_out(split(text)) for text in texts}
        words = {word for each in ours.values() for word in each}
        self._vocabulary = Vocabulary(words | self._aliases.words | tuning.fillers, tuning.stemmer)
        stem = self._vocabulary.stem
        self.ours: Mapping[str, tuple[str, ...]] = {text: tuple(map(stem, each)) for text, each in ours.items()}
        """The terms of each of our texts in order, repetitions kept."""
        self.fillers = frozenset(map(stem, tuning.fillers))
        """The terms that tell little of a topic."""

    def theirs(self, text: str) -> tuple[str, ...]:
        """The distinct terms of what somebody typed, in the order they stand in it."""
        words = list(dict.fromkeys(split(text)))[:DISTINCT]
        meant = self._aliases.spell_out([self._vocabulary.mend(word) for word in words])
        return tuple(dict.fromkeys(map(self._vocabulary.stem, meant)))

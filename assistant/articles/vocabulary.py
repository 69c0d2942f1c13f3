"""The words search knows: typing slips are mended towards them, and their stems are the terms of the index."""

from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer
from rapidfuzz.distance import OSA

ONE_SLIP, TWO_SLIPS = 5, 9
"""Letters from which on one slip, two slips are mended; two in a shorter word turn "morning" into "marking"."""


class Vocabulary:
    """Words of one language, known once and for all."""

    def __init__(self, words: Iterable[str], stemmer: str) -> None:
        self._stemmer = stemmer
        self.stem = lru_cache(maxsize=8192)(self._stem)
        self._words = frozenset(words)
        self._stems = frozenset(map(self.stem, self._words))
        self._by_letter: dict[str, list[str]] = {}
        for word in sorted(self._words):
            if len(word) >= ONE_SLIP:
                self._by_letter.setdefault(word[0], []).append(word)

    def _stem(self, word: str) -> str:
        # A stemmer keeps the word it works on in itself, so threads must not share one; making one takes no time.
        return str(snowballstemmer.stemmer(self._stemmer).stemWord(word))

    def mend(self, word: str) -> str:
        """The word as it was meant: itself when it, or another form of it, is known, else the nearest known word.

        Nearest is the one of the same first letter with the fewest slips, the first in the alphabet among equals; a
        slip is a letter too many, too few, wrong or swapped with its neighbour (optimal string alignment distance).
        """
        if len(word) < ONE_SLIP or word in self._words or self.stem(word) in self._stems:
            return word
        allowed = 2 if len(word) >= TWO_SLIPS else 1
        slips = {
            known: OSA.distance(word, known, score_cutoff=allowed)
            for known in self._by_letter.get(word[0], ())
            if abs(len(known) - len(word)) <= allowed
        }
        nearest = min(slips, key=slips.__getitem__, default=word)
        return nearest if slips.get(nearest, allowed) <= allowed else word

"""Brings a word somebody mistyped, stretched, disguised or glued together back to the words a phrasebook knows."""

import re
from collections.abc import Iterable

from rapidfuzz.distance import OSA

_DISGUISE = str.maketrans("0134578@$!", "oieastbasi")
_DISGUISED = re.compile(r"[0-9@$!*]")
_STRETCHED = re.compile(r"(.)\1\1+")
_LATIN_WORD = re.compile(r"[a-z]+\Z")
_SHORTEST_REPAIR = 5
_SHORTEST_GLUED = 6
_LONGEST_WORD = 24


class Spelling:
    """Known words, those worth repairing at one wrong letter, those that betray glued words, and their pieces."""

    __slots__ = ("_glue", "_known", "_longest", "_pieces", "_repairs")

    def __init__(
        self, *, known: Iterable[str], repair: Iterable[str], glue: Iterable[str], pieces: Iterable[str]
    ) -> None:
        self._known = frozenset(known)
        self._pieces = frozenset(pieces)
        self._longest = max((len(word) for word in self._pieces), default=0)
        self._repairs: dict[str, list[str]] = {}
        for word in repair:
            for key in {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}:
                self._repairs.setdefault(key, []).append(word)
        glue = "|".join(sorted(re.escape(word) for word in glue))
        self._glue = re.compile(glue) if glue else None

    def join(self, letters: str) -> list[str] | None:
        """The known words that letters typed one by one spell, or None."""
        return [letters] if letters in self._known else self._split(letters)

    def read(self, word: str) -> list[str]:
        """The known words an unknown one stands for, or itself; more than one where words were glued together."""
        if len(word) > _LONGEST_WORD:
            return self._split(word) or [word] if len(word) <= 2 * _LONGEST_WORD else [word]
        if _DISGUISED.search(word):
            return self._undisguise(word)
        if not _LATIN_WORD.match(word):
            return [word]
        return self._mend(word) or self._split(word) or [word]

    def _undisguise(self, word: str) -> list[str]:
        """The word behind digits and signs put in place of letters; else its parts around the signs."""
        guess = word.translate(_DISGUISE)
        if guess in self._known:
            return [guess]
        mended = self._mend(guess.replace("*", "")) if not word[0].isdigit() or len(word) > _SHORTEST_REPAIR else None
        if mended:
            return mended
        if len(word) >= _SHORTEST_GLUED and not word[0].isdigit() and (split := self._split(guess)):
            return split
        return [part for part in re.split(r"[@$!*]", word) if part] or [word]

    def _mend(self, word: str) -> list[str] | None:
        """The known word this one stretches or misspells by one letter, or None."""
        if word in self._known:
            return [word]
        if _STRETCHED.search(word):
            for short in (_STRETCHED.sub(r"\1\1", word), _STRETCHED.sub(r"\1", word)):
                if short in self._known:
                    return [short]
        if len(word) < _SHORTEST_REPAIR - 1:
            return None
        keys = (word, *(word[:i] + word[i + 1 :] for i in range(len(word))))
        for key in keys:
            for candidate in self._repairs.get(key, ()):
                if OSA.distance(word, candidate, score_cutoff=1) <= 1:
                    return [candidate]
        return None

    def _split(self, word: str) -> list[str] | None:
        """The fewest known words that together spell this one, or None."""
        if self._glue is None or len(word) < _SHORTEST_GLUED or not self._glue.search(word):
            return None
        best: list[list[str] | None] = [[], *([None] * len(word))]
        for start in range(len(word)):
            before = best[start]
            if before is None:
                continue
            for end in range(start + 1, min(len(word), start + self._longest) + 1):
                after = best[end]
                if (after is None or len(after) > len(before) + 1) and word[start:end] in self._pieces:
                    best[end] = [*before, word[start:end]]
        return best[-1]

"""A tree of the words of many phrases; the branch below a first word grows when a message first holds that word."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from assistant.dialogue.folding import accented, plain, words

NUMBER: Final = "<number>"
START: Final = "^"
END: Final = "$"
_MARKS: Final = frozenset({NUMBER, START, END})
_ONE_WORD = re.compile("[a-z\u00e0-\u024f\u0400-\u04ff\u0620-\u064a\u1ea0-\u1ef9]+\\Z")
_NO_WORD = re.compile(r"[()<>]|\.\.")


@dataclass(slots=True)
class Branch:
    """What may follow a word."""

    words: dict[str, "Branch"] = field(default_factory=dict)
    phrases: list[str] = field(default_factory=list)
    """The phrases that end here, as written."""


class WordTree:
    """Phrases as the words a message would have."""

    __slots__ = ("_grown", "_seeds", "_symbols", "stems", "unreadable", "words")

    def __init__(self, phrases: Collection[str]) -> None:
        atoms = set(" ".join(phrases).split())
        simple = {atom for atom in atoms if atom.isalpha() and atom.isascii()}
        self._symbols = {atom: _symbols(atom) for atom in atoms - simple}
        self.unreadable = sorted(atom for atom, symbols in self._symbols.items() if not symbols)
        used = set(chain.from_iterable(self._symbols.values())) - _MARKS
        self.stems = frozenset(symbol[:-1] for symbol in used if symbol[-1] == "*")
        self.words = frozenset(symbol for symbol in used if symbol[-1] != "*") | simple
        by_atom: dict[str, list[str]] = {}
        for phrase in phrases:
            by_atom.setdefault(phrase.partition(" ")[0], []).append(phrase)
        self._grown: dict[str, Branch] = {}
        self._seeds: dict[str, list[str]] = {}
        for atom, seeds in by_atom.items():
            first = self._symbols.get(atom, [atom])
            if first:
                self._seeds.setdefault(first[0], []).extend(seeds)

    def branch(self, symbol: str) -> Branch | None:
        """What follows a first word, or None where no phrase begins with it."""
        branch = self._grown.get(symbol)
        if branch is None and symbol in self._seeds:
            branch = self._grown[symbol] = self._grow(self._seeds[symbol])
        return branch

    def _grow(self, phrases: Iterable[str]) -> Branch:
        """The branch of phrases with the same first word."""
        root = Branch()
        for phrase in phrases:
            row = [symbol for atom in phrase.split() for symbol in self._symbols.get(atom, (atom,))]
            branch = root
            for symbol in row[1:]:
                branch = branch.words.setdefault(symbol, Branch())
            branch.phrases.append(phrase)
        return root


def _symbols(atom: str) -> list[str]:
    """The symbols of one written word: several for East Asian characters and hyphens, a stem where it ends in *."""
    if atom in _MARKS:
        return [atom]
    if atom[0] == "=":
        return [accented(atom[1:])]
    if _NO_WORD.search(atom):
        return []
    if _ONE_WORD.match(atom):
        return [plain(atom)]
    found = words(atom.rstrip("*")).forms
    if found and atom[-1] == "*":
        found[-1] += "*"
    return found

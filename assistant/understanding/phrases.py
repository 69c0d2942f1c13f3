"""Finds the known phrases of a vocabulary in a list of words, the longest of each layer at every place."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing a phrase stands for."""

    kind: str
    """group | before | after | side | mode | contract | symbol | venue | block | amount"""
    name: str
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found: its meanings and the words it covers, as half-open word indexes."""

    meanings: tuple[Meaning, ...]
    first: int
    last: int


@dataclass(slots=True)
class _Node:
    words: dict[str, "_Node"] = field(default_factory=dict)
    stems: list[tuple[str, "_Node"]] = field(default_factory=list)
    meanings: list[Meaning] = field(default_factory=list)


class Phrasebook:
    """Phrases of one or more words; a word ending in * stands for every word that begins with it."""

    __slots__ = ("_root", "words")

    def __init__(self) -> None:
        self._root = _Node()
        self.words: set[str] = set()

    def add(self, phrase: str, meaning: Meaning) -> None:
        """Teach one phrase: words separated by spaces, `(a|b c|)` for alternatives, the empty one included."""
        ends = [self._root]
        for part in _PART.findall(phrase):
            choices = part[1:-1].split("|") if part[0] == "(" else (part,)
            ends = [self._walk(node, choice) for node in ends for choice in choices]
        for node in ends:
            if meaning not in node.meanings:
                node.meanings.append(meaning)

    def _walk(self, node: _Node, words: str) -> _Node:
        """The node some words lead to, made where it is not there yet."""
        for word in words.split():
            known = node.words.get(word)
            if known is not None:
                node = known
            elif word.endswith("*"):
                node = _stem(node, word[:-1])
            else:
                self.words.add(word)
                child = _Node()
                node.words[word] = child
                node = child
        return node

    def add_all(self, phrases: Iterable[str], meaning: Meaning) -> None:
        """Teach several phrases with one meaning."""
        for phrase in phrases:
            self.add(phrase, meaning)

    def meanings(self) -> Iterator[tuple[Meaning, ...]]:
        """The meanings of every phrase."""
        nodes = [self._root]
        while nodes:
            node = nodes.pop()
            if node.meanings:
                yield tuple(node.meanings)
            nodes.extend(node.words.values())
            nodes.extend(child for _, child in node.stems)

    def knows(self, word: str) -> bool:
        """Whether a word stands in some phrase, itself or through a stem that begins a phrase."""
        return word in self.words or any(word.startswith(stem) for stem, _ in self._root.stems)

    def find(self, words: Sequence[str]) -> tuple[Match, ...]:
        """For each place and layer the longest phrase, in order; what lies inside a longer shield is left out."""
        found: list[Match] = []
        shields: list[Match] = []
        for first in range(len(words)):
            for layer, (meanings, last) in self._longest(words, first).items():
                if layer == "amount" and last < len(words) and words[last].startswith("#"):
                    continue  # "no leverage 15" is a correction, not "no leverage"
                match = Match(tuple(meanings), first, last)
                if layer in ("block", "amount"):
                    shields.append(match)
                if layer != "block":
                    found.append(match)
        found = _outermost(found)
        if not shields:
            return tuple(found)
        cover = [0] * len(words)
        for shield in shields:
            for index in range(shield.first, shield.last):
                cover[index] = max(cover[index], shield.last - shield.first)
        return tuple(
            match
            for match in found
            if not all(cover[index] > match.last - match.first for index in range(match.first, match.last))
        )

    def _longest(self, words: Sequence[str], first: int) -> dict[str, tuple[list[Meaning], int]]:
        """The longest phrase of every layer that begins at one word, with all its meanings there."""
        best: dict[str, tuple[list[Meaning], int]] = {}
        paths = [(self._root, first)]
        while paths:
            node, at = paths.pop()
            for meaning in node.meanings:
                layer = _LAYERS.get(meaning.kind, meaning.kind)
                known = best.get(layer)
                if known is None or at > known[1]:
                    best[layer] = ([meaning], at)
                elif at == known[1] and meaning not in known[0]:
                    known[0].append(meaning)
            if at < len(words):
                word = words[at]
                paths.extend((child, at + 1) for stem, child in node.stems if word.startswith(stem))
                exact = node.words.get(word)
                if exact is not None:
                    paths.append((exact, at + 1))
        return best


def _outermost(found: list[Match]) -> list[Match]:
    """The matches without the cues that lie inside a longer cue: "margin" inside "maintenance margin"."""
    reach = -1
    kept = []
    for match in found:
        cue = any(meaning.kind in ("before", "after") for meaning in match.meanings)
        if not cue or match.last > reach:
            kept.append(match)
        if cue:
            reach = max(reach, match.last)
    return kept


def _stem(node: _Node, stem: str) -> _Node:
    """The child for every word that begins with a stem; longer stems stand first."""
    known = next((child for prefix, child in node.stems if prefix == stem), None)
    if known is None:
        known = _Node()
        node.stems.append((stem, known))
        node.stems.sort(key=lambda pair: (-len(pair[0]), pair[0]))
    return known


_PART = re.compile(r"\([^()]*\)|[^()]+")
_LAYERS = {"before": "cue", "after": "cue", "venue": "name", "symbol": "name"}
"""Meanings that compete for the same words; every other kind is a layer of its own."""

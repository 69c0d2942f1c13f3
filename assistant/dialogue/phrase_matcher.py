"""Finds patterns in a message: a tree of words for what stands together, rows of groups for what stands apart."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from assistant.dialogue.folding import Words
from assistant.dialogue.pattern_rows import Group, PatternRows, Spans, Step
from assistant.dialogue.phrase_files import PhraseFile
from assistant.dialogue.phrase_lines import Line, LineReader
from assistant.dialogue.word_tree import WordTree

_ANYWHERE = 60
"""Within how many words the two halves of a joined pattern must stand."""
_MOST_SKIPPED = 3
_MOST_PAIRS = 20

_Hits = Mapping[str, Spans]


class Found(NamedTuple):
    """One place where a pattern fits."""

    first: int
    last: int
    """Half-open span of typed words."""
    label: str
    """table.label of the pattern."""


class Scan(NamedTuple):
    """A message as a matcher sees it."""

    line: Line
    hits: _Hits
    """Where every phrase stands that does."""


class PhraseMatcher:
    """The patterns of some tables of files in one script; ContentError where one says nothing."""

    __slots__ = ("_reader", "_rows", "_tree")

    def __init__(self, files: Sequence[PhraseFile], tables: Collection[str]) -> None:
        self._rows = PatternRows(files, tables)
        self._tree = WordTree(self._rows.phrases)
        for atom in self._tree.unreadable:
            holder = next(file for file in files if atom in file.path.read_text(encoding="utf-8"))
            raise holder.error(atom, f"words and nothing else, not {atom}")
        self._reader = LineReader(files, self._tree)

    def scan(self, typed: Words) -> Scan:
        """Where the phrases of all patterns stand; linear in the length of the text."""
        line = self._reader.read(typed)
        return Scan(line, _hits(line, self._tree))

    def fit(self, scan: Scan, hidden: Sequence[Found] = ()) -> list[Found]:
        """Every place where a pattern fits without a phrase that lies inside a hidden place."""
        line, hits = scan
        if hidden:
            hits = _uncovered(hits, hidden, line)
        return [
            Found(*line.typed(first, last), pattern.label)
            for pattern in self._rows.complete(hits)
            for first, last in _spans([self._rows.steps(pattern, row) for row in pattern.rows], hits, line.places)
        ]


def _hits(line: Line, tree: WordTree) -> dict[str, Spans]:
    """Where every phrase of the tree stands."""
    hits: dict[str, Spans] = {}
    symbols, fillers, count = line.symbols, line.fillers, len(line.symbols)
    for first in range(count):
        walks = [(branch, first + 1, 0) for symbol in symbols[first] if (branch := tree.branch(symbol)) is not None]
        while walks:
            branch, index, skipped = walks.pop()
            if not skipped:
                for phrase in branch.phrases:
                    hits.setdefault(phrase, []).append((first, index))
            if index == count or not branch.words:
                continue
            for symbol in symbols[index]:
                if symbol in branch.words:
                    walks.append((branch.words[symbol], index + 1, 0))
            if fillers[index] and skipped < _MOST_SKIPPED:
                walks.append((branch, index + 1, skipped + 1))
    return hits


def _uncovered(hits: _Hits, hidden: Sequence[Found], line: Line) -> dict[str, Spans]:
    """The hits that do not lie inside a hidden place."""
    furthest = [0] * (len(line.symbols) + 1)
    for place in hidden:
        furthest[place.first] = max(furthest[place.first], place.last)
    for index in range(1, len(furthest)):
        furthest[index] = max(furthest[index], furthest[index - 1])

    def open_(span: tuple[int, int]) -> bool:
        first, last = line.typed(*span)
        return furthest[first] < last

    kept = {phrase: [span for span in spans if open_(span)] for phrase, spans in hits.items()}
    return {phrase: spans for phrase, spans in kept.items() if spans}


def _spans(rows: Sequence[Sequence[Step]], hits: _Hits, places: Sequence[int]) -> Spans:
    """Where a pattern fits, its rows in any order."""
    spans = _row_spans(rows[0], hits, places)
    for row in rows[1:]:
        others = _row_spans(row, hits, places)[:_MOST_PAIRS]
        spans = [
            (min(first, other_first), max(last, other_last))
            for first, last in spans[:_MOST_PAIRS]
            for other_first, other_last in others
            if places[max(first, other_first)] - places[min(last, other_last)] <= _ANYWHERE
        ]
    return spans


def _row_spans(row: Sequence[Step], hits: _Hits, places: Sequence[int]) -> Spans:
    """Where a row of groups fits: each begins after the one before, at most its gap of words later."""
    spans = _group_spans(row[0].group, hits)
    for step in row[1:]:
        spans.sort(key=lambda span: (span[1], span[0]))
        reached: Spans = []
        nearest = -1
        for first, last in _group_spans(step.group, hits):
            while nearest + 1 < len(spans) and spans[nearest + 1][1] <= first:
                nearest += 1
            if nearest >= 0 and places[first] - places[spans[nearest][1]] <= step.gap:
                reached.append((spans[nearest][0], last))
        spans = spans + reached if step.optional else reached
    return spans


def _group_spans(group: Group, hits: _Hits) -> Spans:
    """Where any phrase of a group stands, by first word."""
    return sorted(span for phrase, spans in hits.items() if phrase in group for span in spans)

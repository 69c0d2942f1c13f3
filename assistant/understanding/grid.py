"""Lines of a pasted table cut into cells, each with its place; and the same for labels that stand one above another."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_GAP = re.compile(r" {2,}")
_RULER = re.compile(r"[\s|:+=-]+")
_BRACKETS = re.compile(r"\([^()]*\)")
_LEAST = 3
"""Known column names that make a line a header."""
_LABELS = 4
"""Known labels, one a line, that make a text a table."""
_WORDY = 3
"""Words of letters alone that make a line a sentence."""
_ONCE = frozenset(("contract", "size", "entry"))
"""What a position has once: said twice, there are two positions."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of one cell, without the blanks around it, and where it begins in the message."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


Row = Mapping[str, Cell]
"""Cells by what their column holds."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table found in a message."""

    start: int
    end: int
    rows: tuple[Row, ...]
    """Empty where there is a table whose cells do not fit its columns."""
    labels: frozenset[str]
    """What its columns hold."""
    stacked: bool = False
    """Written downwards, a label and its value at a time."""


def find_grid(message: str, columns: Mapping[str, str]) -> Grid | None:
    """The first table of a message; `columns` says by its folded name what a column holds; None where there is none."""
    if "\n" not in message:
        return None
    lines = _lines(message)
    return _across(lines, columns) or _stacked(lines, columns) or _down(lines, columns)


def _lines(message: str) -> list[Cell]:
    """The lines that hold something."""
    lines, start = [], 0
    for line in message.split("\n"):
        if line.strip() and not _RULER.fullmatch(line):
            lines.append(Cell(line, start))
        start += len(line) + 1
    return lines


def _cells(line: Cell) -> list[Cell]:
    """The cells of a line: between tabs, else between strokes, else between wide gaps."""
    text, start = line.text.rstrip("\r"), line.start
    if "\t" in text:
        pieces = re.split("(\t)", text)
    elif "|" in text:
        pieces = re.split(r"(\|)", text)
    else:
        lead = len(text) - len(text.lstrip())
        start += lead
        pieces = re.split(f"({_GAP.pattern})", text.strip())
    cells = []
    for index, piece in enumerate(pieces):
        if index % 2 == 0:
            cells.append(_cell(piece, start))
        start += len(piece)
    if "|" in text and "\t" not in text:
        cells = cells[1 if text.lstrip().startswith("|") else 0 : -1 if text.rstrip().endswith("|") else None]
    return cells


def _cell(piece: str, start: int) -> Cell:
    """A piece of a line without the blanks around it."""
    return Cell(piece.strip(), start + len(piece) - len(piece.lstrip()))


def label(text: str) -> str:
    """A column's name as the columns are listed: lower case, letters, digits and % with single blanks between."""
    return " ".join(re.sub(r"[^\w%]+", " ", text.lower()).split())


def _held(text: str, columns: Mapping[str, str]) -> str | None:
    """What a column of this name holds; a coin in brackets behind it, as in "Size (BTC)", changes nothing."""
    return columns.get(label(text)) or columns.get(label(_BRACKETS.sub("", text)))


def _across(lines: Sequence[Cell], columns: Mapping[str, str]) -> Grid | None:
    """A header line with rows below it."""
    for at, line in enumerate(lines[:-1]):
        names = _told_apart([_held(cell.text, columns) or "" for cell in _cells(line)])
        if len(set(filter(None, names))) < _LEAST:
            continue
        rows: list[Row] = []
        end = line.end
        for below in lines[at + 1 :]:
            cells = _cells(below)
            if len(cells) != len(names) and (len(cells) < _LEAST or not _before_words([below])):
                break
            end = below.end
            if len(cells) != len(names):
                wide = [one.end for one in lines[at + 1 :] if len(_cells(one)) > 1]
                return Grid(line.start, max(end, *wide), (), frozenset(names))
            rows.append(_row(names, cells))
        if rows:
            return Grid(line.start, end, tuple(rows), frozenset(names))
        rest = lines[at + 1 :]
        return Grid(line.start, rest[-1].end, (), frozenset(names))
    return None


def _told_apart(names: Sequence[str]) -> list[str]:
    """The columns, the first of two sizes being the contract where no other is: "Position" beside "Size"."""
    named = list(names)
    if "contract" not in named and named.count("size") > 1:
        named[named.index("size")] = "contract"
    return named


def _row(names: Sequence[str], cells: Sequence[Cell]) -> Row:
    """The cells of one row by what they hold; of two columns of one kind the first counts."""
    row: dict[str, Cell] = {}
    for name, cell in zip(names, cells, strict=True):
        if name:
            row.setdefault(name, cell)
    return row


def _stacked(lines: Sequence[Cell], columns: Mapping[str, str]) -> Grid | None:
    """All column names one a line, then all values one a line, as a web page's table is copied."""
    names = [_held(line.text, columns) for line in lines]
    first = next((at for at in range(len(names)) if all(names[at : at + _LABELS]) and at + _LABELS <= len(names)), None)
    if first is None:
        return None
    last = next((at for at in range(first, len(names)) if not names[at]), len(names))
    heads, values = _told_apart([name or "" for name in names[first:last]]), _before_words(lines[last:])
    wide = len(heads)
    fits = bool(values) and len(values) % wide == 0
    rows = tuple(
        _row(heads, [_bare(one) for one in values[at : at + wide]]) for at in range(0, len(values), wide) if fits
    )
    end = values[-1].end if values else lines[last - 1].end
    return Grid(lines[first].start, end, rows, frozenset(heads))


def _before_words(lines: Sequence[Cell]) -> Sequence[Cell]:
    """The lines before the first that is a sentence and no cell."""
    ends = (
        at
        for at, line in enumerate(lines)
        if "?" in line.text or sum(word.isalpha() for word in line.text.split()) >= _WORDY
    )
    return lines[: next(ends, len(lines))]


def _bare(line: Cell) -> Cell:
    """A line as one cell."""
    return _cell(line.text, line.start)


def _down(lines: Sequence[Cell], columns: Mapping[str, str]) -> Grid | None:
    """A label a line with its value behind it or on the next line."""
    found: list[dict[str, Cell]] = [{}]
    first, end, at, fits = -1, 0, 0, True
    while at < len(lines):
        known = _labelled(lines[at], columns)
        if known is None:
            at += 1
            continue
        name, value = known
        first = lines[at].start if first < 0 else first
        at += 1
        if not value.text:
            if at == len(lines) or _labelled(lines[at], columns) is not None:
                continue
            value = _bare(lines[at])
            at += 1
        end = value.end
        if name in found[-1] and name == next(iter(found[0])):
            found.append({})
        fits = fits and not (name in found[-1] and name in _ONCE)
        found[-1].setdefault(name, value)
    if max(len(row) for row in found) < _LABELS:
        return None
    return Grid(first, end, tuple(found) if fits else (), frozenset().union(*found), stacked=True)


def _labelled(line: Cell, columns: Mapping[str, str]) -> tuple[str, Cell] | None:
    """What a line's label holds and the value behind it, empty where it stands on the next line."""
    whole = _held(line.text, columns)
    if whole:
        return whole, Cell("", line.end)
    for mark in (":", "\t", "  "):
        head, found, tail = line.text.partition(mark)
        name = _held(head, columns) if found else None
        if name and tail.strip():
            return name, _cell(tail, line.start + len(head) + len(mark))
        if name:
            return name, Cell("", line.end)
    return None

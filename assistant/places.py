"""Where everything stands in a TOML text: the line of every table, key and array item, looked up when one is wrong."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

Place = tuple[str | int, ...]
"""A path from the top of a file: keys, and the numbers of array items from 0: ("rules", 1, "sources", 0)."""

_TOKEN = re.compile(
    r"\"\"\"(?:[^\\]|\\.)*?\"{3,5}"
    r"|'''.*?'{3,5}"
    r"|\"(?:[^\"\\]|\\.)*\""
    r"|'[^']*'"
    r"|#[^\n]*|\s+"
    r"|[\[\]{}=,]"
    r"|[^\s\[\]{}=,#\"']+(?: \d\d:[^\s\[\]{}=,#]*)?",  # a date and its time are one
    re.DOTALL,
)


def places(text: str) -> Mapping[Place, int]:
    """The line, counted from 1, of every place of a text that tomllib has read without complaint."""
    return _Scan(text).lines


def header(place: Place) -> str:
    """A table as a file writes it: `[slots.side]`, `[[rules]]`; `this file` for its top."""
    name = ".".join(part for part in place if isinstance(part, str))
    if not name:
        return "this file"
    return f"[[{name}]]" if isinstance(place[-1], int) else f"[{name}]"


class _Scan:
    """One walk over the tokens of a text."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Place, int] = {(): 1}
        self._tokens = list(_tokens(text))
        self._at = 0
        self._tables: Counter[Place] = Counter()
        """How many tables each [[array]] has so far."""
        base: Place = ()
        while self._at < len(self._tokens):
            if self._token == "[":
                base = self._header()
            else:
                self._entry(base)

    @property
    def _token(self) -> str:
        return self._tokens[self._at][0]

    def _header(self) -> Place:
        """The table that begins here."""
        line = self._tokens[self._at][1]
        brackets = 2 if self._tokens[self._at + 1][0] == "[" else 1
        self._at += brackets
        *outer, last = _keys(self._until("]"))
        self._at += brackets
        place: Place = ()
        for key in outer:
            place = self._newest((*place, key))
        place = (*place, last)
        if brackets == 2:
            self._tables[place] += 1
            self._mark(place, line)
            place = self._newest(place)
        self._mark(place, line)
        self.lines[place] = line
        return place

    def _newest(self, place: Place) -> Place:
        """The last table so far of an [[array]], else the place itself."""
        return (*place, self._tables[place] - 1) if place in self._tables else place

    def _entry(self, base: Place) -> None:
        """One key and its value."""
        line = self._tokens[self._at][1]
        place = (*base, *_keys(self._until("=")))
        self._at += 1
        self._mark(place, line)
        self._value(place)

    def _value(self, place: Place) -> None:
        """A value, and everything inside it."""
        opening, index = self._token, 0
        self._at += 1
        if opening not in ("[", "{"):
            return
        while self._token not in ("]", "}"):
            if self._token == ",":
                self._at += 1
                index += 1
            elif opening == "{":
                self._entry(place)
            else:
                self._mark((*place, index), self._tokens[self._at][1])
                self._value((*place, index))
        self._at += 1

    def _until(self, end: str) -> str:
        """What is written from here to a token, which comes next."""
        written = ""
        while self._token != end:
            written += self._token
            self._at += 1
        return written

    def _mark(self, place: Place, line: int) -> None:
        """Remember a line for a place, and for what it lies in unless that has one."""
        for end in range(1, len(place) + 1):
            self.lines.setdefault(place[:end], line)


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    """Every token with its line; neither space nor remarks."""
    line = 1
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token[0] != "#" and not token.isspace():
            yield token, line
        line += token.count("\n")


def _keys(written: str) -> Iterator[str]:
    """The parts of a dotted key, without quotes."""
    table: Any = tomllib.loads(f"{written} = 0")
    while table:
        key, table = next(iter(table.items()))
        yield key

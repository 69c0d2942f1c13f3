"""TOML content read strictly: every key known, every value of its kind, every complaint with file, line and rule."""

import re
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Self, TypeVar

from assistant.errors import ContentError
from assistant.places import Place, header, places

_Value = TypeVar("_Value")
_Choice = TypeVar("_Choice", bound=StrEnum)
_WHERE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True, slots=True)
class Origin:
    """What a table was read from."""

    path: Path
    text: str
    above: int
    """How many lines of the file stand above the text."""


class Table:
    """One table of a file. Readers take a key and give its value, or ContentError where it is missing or of no use."""

    __slots__ = ("_place", "_values", "origin")

    def __init__(self, origin: Origin, values: Mapping[str, object], place: Place = ()) -> None:
        self.origin = origin
        self._values = values
        self._place = place

    @classmethod
    def read(cls, path: Path) -> Self:
        """The top of a TOML file."""
        return cls.parse(text_of(path), path)

    @classmethod
    def parse(cls, text: str, path: Path, *, above: int = 0) -> Self:
        """The top of a TOML text that stands in a file below so many other lines; numbers are exact decimals."""
        try:
            return cls(Origin(path, text, above), tomllib.loads(text, parse_float=Decimal))
        except (ValueError, ArithmeticError) as problem:
            where = _WHERE.search(str(problem))
            line = int(where[1]) if where and where[1] else text.rstrip("\n").count("\n") + 1
            rule = f"is TOML: {_WHERE.sub('', str(problem))}"
            raise ContentError(file=str(path), line=line + above, rule=rule) from problem

    def refuse(self, rule: str, *within: str | int) -> ContentError:
        """The complaint about a key of this table or an item of it, at its line; without one, about the table."""
        lines = places(self.origin.text)
        place = (*self._place, *within)
        while place not in lines:
            place = place[:-1]
        return ContentError(file=str(self.origin.path), line=lines[place] + self.origin.above, rule=rule)

    def refuse_words(self, rule: str, words: str) -> ContentError:
        """The complaint about words inside a string, at the first line of the file that holds them; 0 if none does."""
        lines = enumerate(self.origin.text.split("\n"), 1 + self.origin.above)
        line = next((number for number, line in lines if words in line), 0)
        return ContentError(file=str(self.origin.path), line=line, rule=rule)

    def only(self, needed: Collection[str], optional: Collection[str] = ()) -> Self:
        """Itself, once it has every needed key and none that is neither needed nor optional."""
        for key in self._values:
            if key not in needed and key not in optional:
                raise self.refuse(f"unknown key {key} in {header(self._place)}", key)
        for key in needed:
            self.value(key)
        return self

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def value(self, key: str) -> object:
        """What stands under a key, of whatever kind."""
        if key not in self._values:
            raise self.refuse(f"{key} is missing in {header(self._place)}")
        return self._values[key]

    def optional(self, read: Callable[[str], _Value], key: str) -> _Value | None:
        """What a reader makes of a key, or None where the key is not there."""
        return read(key) if key in self._values else None

    def text(self, key: str) -> str:
        """A string that is not empty, without space around it."""
        value = self.value(key)
        if not isinstance(value, str) or not value or value != value.strip():
            raise self.refuse(f"{key} is a string that is not empty, without space around it", key)
        return value

    def raw(self, key: str) -> str:
        """A string as it stands, spaces and all."""
        value = self.value(key)
        if not isinstance(value, str):
            raise self.refuse(f"{key} is a string", key)
        return value

    def texts(self, key: str, *, least: int = 1) -> tuple[str, ...]:
        """An array of at least so many strings."""
        return self._strings(self.value(key), least, key)

    def one_or_more(self, key: str) -> tuple[str, ...]:
        """One string, or an array of them."""
        value = self.value(key)
        return (self.raw(key),) if isinstance(value, str) and value else self._strings(value, 1, key)

    def lists(self, key: str) -> tuple[tuple[str, ...], ...]:
        """An array of arrays of strings."""
        value = self.value(key)
        if not isinstance(value, list):
            raise self.refuse(f"{key} is an array of arrays", key)
        return tuple(self._strings(item, 1, key, index) for index, item in enumerate(value))

    def _strings(self, values: object, least: int, key: str, *within: int) -> tuple[str, ...]:
        if not isinstance(values, list) or len(values) < least:
            raise self.refuse(f"{key} is an array of at least {least} strings", key, *within)
        for index, value in enumerate(values):
            if not isinstance(value, str) or not value or value.isspace():
                raise self.refuse(f"{key} is an array of strings that are not empty", key, *within, index)
        return tuple(values)

    def one_of(self, key: str, known: Collection[str]) -> str:
        """A string that is one of those known."""
        value = self.text(key)
        if value not in known:
            raise self.refuse(f"{key} is one of {', '.join(known)}, not {value}", key)
        return value

    def some_of(self, key: str, known: Collection[str]) -> tuple[str, ...]:
        """An array of strings that are all known."""
        values = self.texts(key)
        for index, value in enumerate(values):
            if value not in known:
                raise self.refuse(f"{key} holds only {', '.join(known)}, not {value}", key, index)
        return values

    def choice(self, key: str, kind: type[_Choice]) -> _Choice:
        """One of an enumeration's values."""
        return kind(self.one_of(key, tuple(kind)))

    def choices(self, key: str, kind: type[_Choice]) -> tuple[_Choice, ...]:
        """An array of an enumeration's values."""
        return tuple(map(kind, self.some_of(key, tuple(kind))))

    def number(self, key: str) -> Decimal:
        """A finite number, exact."""
        value = self.value(key)
        if isinstance(value, bool) or not isinstance(value, int | Decimal) or not Decimal(value).is_finite():
            raise self.refuse(f"{key} is a number", key)
        return Decimal(value)

    def rate(self, key: str) -> Decimal:
        """A fraction, at least 0 and below 1."""
        value = self.number(key)
        if not 0 <= value < 1:
            raise self.refuse(f"{key} is a fraction, at least 0 and below 1", key)
        return value

    def whole(self, key: str) -> int:
        """A whole number."""
        value = self.value(key)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.refuse(f"{key} is a whole number", key)
        return value

    def flag(self, key: str) -> bool:
        """True or false."""
        value = self.value(key)
        if not isinstance(value, bool):
            raise self.refuse(f"{key} is true or false", key)
        return value

    def day(self, key: str) -> date:
        """A date."""
        value = self.value(key)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.refuse(f"{key} is a date without quotes, such as 2026-11-22", key)
        return value

    def table(self, key: str) -> Self:
        """The table under a key."""
        value = self.value(key)
        if not isinstance(value, dict):
            raise self.refuse(f"{key} is a table", key)
        return type(self)(self.origin, value, (*self._place, key))

    def tables(self, key: str, *, least: int = 1) -> tuple[Self, ...]:
        """The tables under [[key]], at least so many."""
        value = self.value(key)
        if not isinstance(value, list) or len(value) < least or not all(isinstance(item, dict) for item in value):
            raise self.refuse(f"{key} is an array of at least {least} tables, [[{key}]]", key)
        return tuple(type(self)(self.origin, item, (*self._place, key, index)) for index, item in enumerate(value))

    def words(self) -> dict[str, str]:
        """The whole table as texts."""
        return {key: self.text(key) for key in self}

    def raws(self) -> dict[str, str]:
        """The whole table as strings as they stand."""
        return {key: self.raw(key) for key in self}


def text_of(path: Path) -> str:
    """The text of a UTF-8 file, CR LF read as one line end; ContentError where it cannot be read."""
    try:
        content = path.read_bytes()
        return content.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        raise ContentError(file=str(path), line=line, rule="is a readable UTF-8 file") from problem
    except OSError as problem:
        rule = f"is a readable UTF-8 file: {type(problem).__name__}"
        raise ContentError(file=str(path), line=0, rule=rule) from problem

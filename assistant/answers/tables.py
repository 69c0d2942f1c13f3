"""Content tables of prompts/ and knowledge/: TOML whose every key is expected, refused with file and line otherwise."""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Self

from assistant.errors import ContentError

_LINE = re.compile(r"line (\d+)")


class Table:
    """One table of a file; every reader method checks the type and names the line when it does not fit."""

    __slots__ = ("_lines", "_path", "_values")

    def __init__(self, path: Path, values: Mapping[str, object], lines: list[str]) -> None:
        self._path = path
        self._values = values
        self._lines = lines

    @classmethod
    def read(cls, path: Path) -> Self:
        """The whole file; ContentError where it is missing or no TOML."""
        try:
            text = path.read_text(encoding="utf-8")
            return cls(path, tomllib.loads(text, parse_float=Decimal), text.splitlines())
        except (OSError, UnicodeDecodeError) as problem:
            raise ContentError(file=path.name, line=0, rule=f"cannot be read: {type(problem).__name__}") from problem
        except tomllib.TOMLDecodeError as problem:
            line = _LINE.search(str(problem))
            raise ContentError(file=path.name, line=int(line[1]) if line else 0, rule=str(problem)) from problem

    def refuse(self, key: str, rule: str) -> ContentError:
        """The error to raise for a key: its first line in the file, or 0."""
        found = re.compile(rf"(^|[\[.\s]){re.escape(key)}\s*[\].=]")
        line = next((number for number, text in enumerate(self._lines, 1) if found.search(text)), 0)
        return ContentError(file=self._path.name, line=line, rule=f"{key}: {rule}")

    def only(self, needed: Collection[str], allowed: Collection[str] = ()) -> Self:
        """Itself, once it has every needed key and no unknown one."""
        for key in self._values:
            if key not in needed and key not in allowed:
                raise self.refuse(key, "unknown key")
        for key in needed:
            if key not in self._values:
                raise self.refuse(key, "missing")
        return self

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def text(self, key: str) -> str:
        """A text without space around it."""
        value = self._values[key]
        if not isinstance(value, str) or not value or value != value.strip(" \n"):
            raise self.refuse(key, "a text without space around it is needed")
        return value

    def raw(self, key: str) -> str:
        """A text as it stands, spaces and all."""
        value = self._values[key]
        if not isinstance(value, str):
            raise self.refuse(key, "a text is needed")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """One text or a list of texts."""
        value = self._values[key]
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list) or not values or not all(isinstance(item, str) and item for item in values):
            raise self.refuse(key, "a text or a list of texts is needed")
        return tuple(values)

    def lists(self, key: str) -> tuple[tuple[str, ...], ...]:
        """A list whose items are texts or lists of texts."""
        value = self._values[key]
        if not isinstance(value, list):
            raise self.refuse(key, "a list is needed")
        return tuple(Table(self._path, {key: item}, self._lines).texts(key) for item in value)

    def flag(self, key: str) -> bool:
        """True or false."""
        value = self._values[key]
        if not isinstance(value, bool):
            raise self.refuse(key, "true or false is needed")
        return value

    def day(self, key: str) -> date:
        """A date written without quotes."""
        value = self._values[key]
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.refuse(key, "a date without quotes is needed")
        return value

    def table(self, key: str) -> Self:
        """The table under a key."""
        value = self._values[key]
        if not isinstance(value, dict):
            raise self.refuse(key, "a table is needed")
        return type(self)(self._path, value, self._lines)

    def tables(self, key: str) -> tuple[Self, ...]:
        """The tables under [[key]]."""
        value = self._values[key]
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.refuse(key, f"tables under [[{key}]] are needed")
        return tuple(type(self)(self._path, item, self._lines) for item in value)

    def is_table(self, key: str) -> bool:
        """Whether a table stands under a key."""
        return isinstance(self._values[key], dict)

    def words(self) -> dict[str, str]:
        """The whole table as texts."""
        return {key: self.text(key) for key in self._values}

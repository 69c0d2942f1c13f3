"""A content file read strictly: every key known, every value of its type, every complaint with file, line and rule."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from assistant.errors import ContentError

_E = TypeVar("_E", bound=StrEnum)


@dataclass(slots=True)
class Section:
    """One table of a TOML file; each getter takes its key out, `finish` refuses what is left over."""

    file: Path
    text: str
    values: dict[str, object]
    header: str = ""
    """`[[rules]]`, or empty for the top of the file."""
    number: int = 0
    """Which of the tables of that header, from 0."""

    def string(self, key: str) -> str:
        """A string that is there and not empty."""
        value = self.values.pop(key, None)
        if not isinstance(value, str) or not value:
            raise self.wrong(key, f"{key} is a string that is not empty")
        return value

    def strings(self, key: str) -> tuple[str, ...]:
        """An array of at least one string."""
        value = self.values.pop(key, None)
        if not isinstance(value, list) or not value or not all(isinstance(item, str) and item for item in value):
            raise self.wrong(key, f"{key} is an array of strings that are not empty")
        return tuple(value)

    def day(self, key: str) -> date:
        """A date."""
        value = self.optional_day(key)
        if value is None:
            raise self.wrong(key, f"{key} is a date")
        return value

    def optional_day(self, key: str) -> date | None:
        """A date, or None where the key is not there."""
        value = self.values.pop(key, None)
        if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
            raise self.wrong(key, f"{key} is a date")
        return value

    def optional_decimal(self, key: str) -> Decimal | None:
        """A finite number, exact, or None where the key is not there."""
        value = self.values.pop(key, None)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | Decimal) or not Decimal(value).is_finite():
            raise self.wrong(key, f"{key} is a number")
        return Decimal(value)

    def optional_rate(self, key: str) -> Decimal | None:
        """A fraction, at least 0 and below 1, or None where the key is not there."""
        value = self.optional_decimal(key)
        if value is not None and not 0 <= value < 1:
            raise self.wrong(key, f"{key} is a fraction, at least 0 and below 1")
        return value

    def choice(self, key: str, kind: type[_E]) -> _E:
        """One of an enumeration's values."""
        value = self.string(key)
        if value not in {member.value for member in kind}:
            raise self.wrong(key, f"{key} is one of {', '.join(kind)}")
        return kind(value)

    def choices(self, key: str, kind: type[_E]) -> tuple[_E, ...]:
        """An array of an enumeration's values."""
        values = self.strings(key)
        if not set(values) <= {member.value for member in kind}:
            raise self.wrong(key, f"{key} holds only {', '.join(kind)}")
        return tuple(kind(value) for value in values)

    def mapping(self, key: str) -> Mapping[str, str]:
        """A table of strings; empty where the key is not there."""
        value = self.values.pop(key, {})
        if not isinstance(value, dict) or not all(isinstance(item, str) and item for item in value.values()):
            raise self.wrong(key, f"{key} is a table of strings")
        return dict(value)

    def section(self, key: str) -> "Section | None":
        """A table, or None where the key is not there."""
        value = self.values.pop(key, None)
        if value is not None and not isinstance(value, dict):
            raise self.wrong(key, f"{key} is a table")
        return None if value is None else Section(self.file, self.text, dict(value), f"[{key}]")

    def sections(self, key: str) -> Iterator["Section"]:
        """The tables of an array of tables; none where the key is not there."""
        value = self.values.pop(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.wrong(key, f"{key} is an array of tables")
        for number, item in enumerate(value):
            yield Section(self.file, self.text, dict(item), f"[[{key}]]", number)

    def finish(self) -> None:
        """Nothing, or ContentError where a key is left that nobody knows."""
        if self.values:
            key = next(iter(self.values))
            raise self.wrong(key, f"{key} is not a key of {self.header or 'this file'}")

    def wrong(self, key: str, rule: str) -> ContentError:
        """The complaint about a key, at its line, or at the section's where it is missing."""
        return ContentError(file=str(self.file), line=self._line(key), rule=rule)

    def _line(self, key: str) -> int:
        """The line of a key or table inside this section, else the section's first."""
        lines = self.text.splitlines()
        headers = [index for index, line in enumerate(lines) if self.header and line.strip() == self.header]
        start = headers[self.number] if headers else 0
        after = (index for index in range(start + 1, len(lines)) if lines[index].startswith("["))
        inside = range(start, next(after, len(lines)))
        named = re.compile(rf"{re.escape(key)}\s*=")
        tables = {f"[{key}]", f"[[{key}]]"}
        found = (index for index in inside if named.match(lines[index]))
        elsewhere = (index for index, line in enumerate(lines) if line.strip() in tables)
        return next(found, next(elsewhere, start)) + 1


def read(file: Path) -> Section:
    """The top section of a TOML file; ContentError where the file cannot be read as one."""
    try:
        text = file.read_text(encoding="utf-8")
        values = tomllib.loads(text, parse_float=Decimal)
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError(file=str(file), line=0, rule="is a readable UTF-8 file") from error
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        raise ContentError(file=str(file), line=int(found[1]) if found else 0, rule=f"is TOML: {error}") from error
    return Section(file, text, values)

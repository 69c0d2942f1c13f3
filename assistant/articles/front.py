"""A file with TOML front matter between +++ lines: its values read by kind, its mistakes named by line."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from assistant.articles.model import Confidence, Level
from assistant.articles.toml import Toml, line_of, read
from assistant.errors import ContentError

_Choice = TypeVar("_Choice", Level, Confidence)


class Front:
    """The front matter of one file, and the body below it; every method raises ContentError."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = path.read_text("utf-8")
        opening, _, rest = self.text.partition("+++\n")
        front, closing, self.body = rest.partition("\n+++\n")
        if opening or not closing:
            raise self.error("the file starts with a front matter between two lines of +++")
        self.toml: Toml = read(front, path, above=1)
        self._first_of_body = front.count("\n") + 4

    def error(self, rule: str, *words: str) -> ContentError:
        """An error at the first line that holds all of `words`, else at line 0."""
        return ContentError(file=str(self.path), line=line_of(self.text, *words), rule=rule)

    def error_in_body(self, line: int, rule: str) -> ContentError:
        """An error at a line of the body, counted from 0."""
        return ContentError(file=str(self.path), line=self._first_of_body + line, rule=rule)

    def keys(self, table: object, needed: Iterable[str], allowed: Iterable[str] = (), *, where: str = "") -> Toml:
        """The table, if it has all needed keys and no others than the allowed."""
        name = where.rstrip(": ").split(" ")
        if not isinstance(table, dict):
            raise self.error(f"{where}a table is needed", name[0])
        for key in table:
            if key not in needed and key not in allowed:
                raise self.error(f"{where}unknown key {key!r}", key)
        for key in needed:
            if key not in table:
                raise self.error(f"{where}{key} is missing", name[-1])
        return table

    def word(self, table: Toml, key: str, where: str = "") -> str:
        """A text that is not empty and has no space around it."""
        value = table[key]
        if not isinstance(value, str) or not value or value != value.strip():
            raise self.error(f"{where}{key}: text without space around it is needed", key)
        return value

    def words(self, table: Toml, key: str, *, least: int) -> tuple[str, ...]:
        """A list of at least so many texts, none of them twice."""
        values = table[key]
        if not isinstance(values, list) or not all(isinstance(value, str) and value.strip() for value in values):
            raise self.error(f"{key}: a list of texts is needed", key)
        seen = set[str]()
        for value in values:
            if value.casefold() in seen:
                raise self.error(f"{key}: {value!r} stands there twice", value)
            seen.add(value.casefold())
        if len(values) < least:
            raise self.error(f"{key}: {len(values)} are given, at least {least} are needed", key)
        return tuple(values)

    def day(self, table: Toml, key: str, where: str = "", *, latest: date | None = None) -> date:
        """A date, not later than the latest."""
        value = table[key]
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.error(f"{where}{key}: a date without quotes is needed, such as 2026-11-22", key)
        if latest and value > latest:
            raise self.error(f"{where}{key}: {value} lies after reviewed, {latest}", key, str(value))
        return value

    def choice(self, table: Toml, key: str, kind: type[_Choice], where: str = "") -> _Choice:
        """One of the values of an enumeration."""
        value = self.word(table, key, where)
        try:
            return kind(value)
        except ValueError as problem:
            raise self.error(f"{where}{key}: {value!r} is none of {', '.join(kind)}", key, value) from problem

    def tables(self, key: str) -> list[Toml]:
        """The tables under [[key]]."""
        tables = self.toml[key]
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            raise self.error(f"{key}: tables under [[{key}]] are needed", key)
        return tables

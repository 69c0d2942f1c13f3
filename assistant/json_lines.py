"""JSON Lines read as strictly as TOML: one object a line, numbers and dates in strings, complaints by line."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Self

from assistant.errors import ContentError
from assistant.tables import Origin, Table, text_of


class Record(Table):
    """One line of a file. Numbers are strings, so that every reader of the file sees the same digits."""

    __slots__ = ()

    @classmethod
    def lines(cls, path: Path) -> Iterator[Self]:
        """Every line in turn; ContentError for one that is no JSON object, says a key twice or is empty."""
        text = text_of(path)
        if not text.endswith("\n"):
            raise ContentError(file=str(path), line=text.count("\n") + 1, rule="the last line ends like the others")
        for number, line in enumerate(text[:-1].split("\n")):
            origin = Origin(path, line, number)
            try:
                values = json.loads(line, object_pairs_hook=_once, parse_constant=_refused)
            except (ValueError, RecursionError) as problem:
                raise ContentError(file=str(path), line=number + 1, rule=f"is a line of JSON: {problem}") from problem
            if not isinstance(values, dict):
                raise ContentError(file=str(path), line=number + 1, rule="is a JSON object")
            yield cls(origin, values)

    def refuse(self, rule: str, *_within: str | int) -> ContentError:
        """The complaint about this line."""
        return ContentError(file=str(self.origin.path), line=self.origin.above + 1, rule=rule)

    def number(self, key: str) -> Decimal:
        """A finite number in a string, exact."""
        try:
            value = Decimal(self.text(key))
        except InvalidOperation as problem:
            raise self.refuse(f"{key} is a number in a string") from problem
        if not value.is_finite():
            raise self.refuse(f"{key} is a number in a string")
        return value

    def day(self, key: str) -> date:
        """A date in a string."""
        try:
            return date.fromisoformat(self.text(key))
        except ValueError as problem:
            raise self.refuse(f"{key} is a date in a string, such as 2026-11-22") from problem


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object whose keys stand once each."""
    values = dict(pairs)
    if len(values) < len(pairs):
        raise ValueError("a key stands twice")
    return values


def _refused(name: str) -> object:
    """Nothing: NaN and the infinities are not JSON."""
    raise ValueError(f"{name} is no number")

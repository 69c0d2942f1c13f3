"""A venue's JSON answer, read strictly: what is not as documented is refused by the place it stands at."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from assistant.errors import ContentError

_NUMBER = re.compile(r"\d+(\.\d*)?([eE][+-]?\d{1,3})?", re.ASCII)
_LARGEST = 30
"""No figure of a tier table has more digits than this, before or behind the point."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A value inside an answer, with the way to it."""

    origin: str
    """Where the answer comes from: `api.bybit.com/v5/market/risk-limit`, or a file's name."""
    value: Any
    place: str = ""
    """`result.list[3].symbol`; empty at the top."""

    def __getitem__(self, key: str) -> "Answer":
        if not isinstance(self.value, dict):
            self.refuse("is an object")
        if key not in self.value:
            self.refuse(f"has {key}")
        return Answer(self.origin, self.value[key], f"{self.place}.{key}" if self.place else key)

    def __contains__(self, key: str) -> bool:
        return isinstance(self.value, dict) and key in self.value

    def items(self) -> tuple["Answer", ...]:
        """The elements of an array, in the order of the answer."""
        if not isinstance(self.value, list):
            self.refuse("is an array")
        return tuple(Answer(self.origin, element, f"{self.place}[{index}]") for index, element in enumerate(self.value))

    def fields(self) -> Iterator[tuple[str, "Answer"]]:
        """The names and values of an object."""
        if not isinstance(self.value, dict):
            self.refuse("is an object")
        return ((key, self[key]) for key in self.value)

    @property
    def text(self) -> str:
        """A text that is not empty and has nothing unprintable in it."""
        if not isinstance(self.value, str) or not self.value or not self.value.isprintable():
            self.refuse("is a text")
        return self.value

    @property
    def number(self) -> Decimal:
        """A finite number, at least 0, of a sensible length, written as a number or as a text."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | Decimal | str):
            self.refuse("is a number")
        if not _NUMBER.fullmatch(str(self.value)):
            self.refuse(f"is a finite number, at least 0, not {str(self.value)[:40]!r}")
        number = Decimal(self.value)
        if (number and not -_LARGEST <= number.adjusted() <= _LARGEST) or len(number.as_tuple().digits) > _LARGEST:
            self.refuse(f"is a number of at most {_LARGEST} digits")
        return number

    @property
    def number_or_none(self) -> Decimal | None:
        """The number, or None where the venue writes an empty text for it."""
        return None if self.value == "" else self.number

    def expect(self, *values: object) -> None:
        """Nothing, or ContentError where the value is none of these."""
        if self.value not in values:
            self.refuse(f"is {' or '.join(map(repr, values))}, not {str(self.value)[:80]!r}")

    def refuse(self, rule: str) -> NoReturn:
        """The complaint that this place breaks a rule."""
        raise ContentError(file=self.origin, line=0, rule=f"{self.place or 'the answer'} {rule}")


def decode(body: bytes, origin: str) -> Answer:
    """The answer of a body; ContentError where it is no JSON, is cut, names a key twice or has NaN in it."""

    def wrong(rule: str) -> ContentError:
        return ContentError(file=origin, line=0, rule=rule)

    def constant(name: str) -> NoReturn:
        raise wrong(f"the answer has finite numbers, not {name}")

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise wrong("the answer names every key of an object once")
        return found

    try:
        text = body.decode("utf-8")
        value = json.loads(text, parse_float=Decimal, parse_constant=constant, object_pairs_hook=unique)
    except UnicodeDecodeError as error:
        raise wrong("the answer is UTF-8") from error
    except (ValueError, InvalidOperation) as error:
        raise wrong(f"the answer is whole JSON: {error}") from error
    except RecursionError as error:
        raise wrong("the answer is JSON of a sensible depth") from error
    return Answer(origin, value)

"""What an argument can be: how a raw value is read, which values it may have, and its JSON Schema."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from assistant.errors import InputOutOfRange
from assistant.values import ArgumentValue

NUMBER_PATTERN = r"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?$"
TEXT_LIMIT = 64
LIST_LIMIT = 24
_INTEGER_BITS = 200

_NUMBER = re.compile(NUMBER_PATTERN)


class Malformed(ValueError):
    """Raised for what the schema forbids: an unknown name, a wrong type, a text that is no number or date."""

    def __init__(self, *, argument: str, reason: str) -> None:
        self.argument = argument
        self.reason = reason
        super().__init__(f"{argument}: {reason}")


class Kind(StrEnum):
    """The form of an argument."""

    NUMBER = "number"
    TEXT = "text"
    CHOICE = "choice"
    DATE = "date"
    NUMBERS = "numbers"
    TEXTS = "texts"
    CHOICES = "choices"
    RECORDS = "records"

    @property
    def single(self) -> "Kind":
        """What one element of a list is; itself where it is no list."""
        return _ELEMENT.get(self, self)


_ELEMENT = {Kind.NUMBERS: Kind.NUMBER, Kind.TEXTS: Kind.TEXT, Kind.CHOICES: Kind.CHOICE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """The values a number may have, `low` among them."""

    low: Decimal
    high: Decimal
    below_high: bool = False
    """Whether `high` itself is out."""

    def broken_by(self, value: Decimal) -> str | None:
        """Why a value is outside, as a reason code, or None."""
        if not value.is_finite():
            return "not_finite"
        if value < self.low:
            if self.low > 0 >= value:
                return "not_positive"
            return "too_small" if self.low else "negative"
        if value > self.high or (self.below_high and value == self.high):
            return "not_a_fraction" if self.high == 1 else "too_large"
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """One documented argument of a tool."""

    name: str
    kind: Kind
    doc: str
    range: Range | None = None
    """For numbers."""
    choices: tuple[str, ...] = ()
    fields: tuple["Argument", ...] = ()
    """For records: what one of them may hold."""

    def read(self, raw: object) -> ArgumentValue:
        """The typed value of a JSON-like one; Malformed where its form is wrong."""
        if self.kind is Kind.RECORDS:
            items = raw if isinstance(raw, list | tuple) else [raw]
            return tuple(self._record(item) for item in self._bounded(items))
        if self.kind is not self.kind.single:
            if not isinstance(raw, list | tuple):
                raise Malformed(argument=self.name, reason="must be a list")
            return tuple(self._single(item) for item in self._bounded(raw))
        return self._single(raw)

    def _bounded(self, items: list[object] | tuple[object, ...]) -> list[object] | tuple[object, ...]:
        if not 1 <= len(items) <= LIST_LIMIT:
            raise Malformed(argument=self.name, reason=f"must have 1 to {LIST_LIMIT} elements")
        return items

    def _record(self, raw: object) -> ArgumentValue:
        if not isinstance(raw, Mapping):
            raise Malformed(argument=self.name, reason="must be an object")
        known = {field.name: field for field in self.fields}
        for name in raw:
            if name not in known:
                raise Malformed(argument=self.name, reason="has an unknown field")
        return {str(name): known[name].read(value) for name, value in raw.items()}

    def _single(self, raw: object) -> ArgumentValue:
        match self.kind.single:
            case Kind.NUMBER:
                return _number(self.name, raw)
            case Kind.DATE:
                return _date(self.name, raw)
            case _ if not isinstance(raw, str) or not 1 <= len(raw) <= TEXT_LIMIT:
                raise Malformed(argument=self.name, reason=f"must be a text of 1 to {TEXT_LIMIT} characters")
            case Kind.CHOICE if raw not in self.choices:
                raise Malformed(argument=self.name, reason="must be one of " + ", ".join(self.choices))
        return raw

    def check(self, value: ArgumentValue) -> None:
        """Nothing, or InputOutOfRange for a value no position can have, wherever it came from."""
        if self.kind is Kind.RECORDS or self.kind is not self.kind.single:
            if not isinstance(value, tuple) or not 1 <= len(value) <= LIST_LIMIT:
                raise InputOutOfRange(argument=self.name, reason="wrong_type", value=str(value)[:TEXT_LIMIT])
            for item in value:
                self._check_single(item)
        else:
            self._check_single(value)

    def _check_single(self, value: ArgumentValue) -> None:
        if self.kind is Kind.RECORDS and isinstance(value, Mapping):
            known = {field.name: field for field in self.fields}
            for name, item in value.items():
                if name not in known:
                    raise InputOutOfRange(argument=self.name, reason="unknown_argument", value=name[:TEXT_LIMIT])
                known[name].check(item)
            return
        expected = _TYPE.get(self.kind.single)
        fits = isinstance(value, expected) if expected else False
        if fits and self.kind.single is Kind.CHOICE:
            fits = value in self.choices
        if not fits:
            raise InputOutOfRange(argument=self.name, reason="wrong_type", value=str(value)[:TEXT_LIMIT])
        if isinstance(value, Decimal) and self.range and (reason := self.range.broken_by(value)):
            raise InputOutOfRange(argument=self.name, reason=reason, value=value, **_bound(self.range, reason))

    def schema(self) -> dict[str, object]:
        """The JSON Schema of the argument, with its description."""
        one: dict[str, object]
        match self.kind.single:
            case Kind.NUMBER:
                text = {"type": "string", "pattern": NUMBER_PATTERN, "maxLength": TEXT_LIMIT}
                one = {"anyOf": [text, {"type": "number"}]}
            case Kind.DATE:
                one = {"type": "string", "format": "date"}
            case Kind.CHOICE:
                one = {"type": "string", "enum": list(self.choices)}
            case Kind.RECORDS:
                one = {
                    "type": "object",
                    "properties": {field.name: field.schema() for field in self.fields},
                    "additionalProperties": False,
                }
            case _:
                one = {"type": "string", "minLength": 1, "maxLength": TEXT_LIMIT}
        if self.kind is Kind.RECORDS or self.kind is not self.kind.single:
            many: dict[str, object] = {"type": "array", "items": one, "minItems": 1, "maxItems": LIST_LIMIT}
            one = {"anyOf": [many, one]} if self.kind is Kind.RECORDS else many
        return {"description": self.doc, **one}


_TYPE: Mapping[Kind, type] = {Kind.NUMBER: Decimal, Kind.DATE: date, Kind.TEXT: str, Kind.CHOICE: str}


_UPPER = frozenset({"too_large", "not_a_fraction"})


def _bound(range_: Range, reason: str) -> dict[str, object]:
    """The bound a reason's sentence names beside the value."""
    if reason in ("not_finite", "not_positive", "negative"):
        return {}
    return {"bound": range_.high if reason in _UPPER else range_.low}


def _number(argument: str, raw: object) -> Decimal:
    """A finite Decimal of a JSON number or a decimal text; a float only by way of its shortest text."""
    if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
        raise Malformed(argument=argument, reason="must be a decimal number")
    if isinstance(raw, int) and raw.bit_length() > _INTEGER_BITS:
        raise Malformed(argument=argument, reason="must be a decimal number")
    text = str(raw)
    if len(text) > TEXT_LIMIT or not _NUMBER.fullmatch(text):
        raise Malformed(argument=argument, reason="must be a decimal number")
    return Decimal(text)


def _date(argument: str, raw: object) -> date:
    """A date as it is or of its ISO text."""
    if isinstance(raw, str):
        try:
            return date.fromisoformat(raw)
        except ValueError as error:
            raise Malformed(argument=argument, reason="must be a date like 2026-11-22") from error
    if type(raw) is not date:
        raise Malformed(argument=argument, reason="must be a date like 2026-11-22")
    return raw

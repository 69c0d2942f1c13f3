"""Decimals that remember how they were computed: the code of a rulebook runs once and tells its own formula.

A traced number has the value of one sample position and the expression that led to it. Whatever is compared on the way
is written down: the formula holds for every position that would have gone the same way, and for no other.
"""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NoReturn

Operation = Callable[[Any, Any], Any]


class Untraceable(Exception):
    """Raised where code asks a traced number for something that no array of numbers can follow."""


@dataclass(frozen=True, slots=True, eq=False)
class Input:
    """A column."""

    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Constant:
    """The same number for every position."""

    value: Decimal


@dataclass(frozen=True, slots=True, eq=False)
class Computed:
    """The result of an operation on two expressions."""

    operation: Operation
    left: "Expression"
    right: "Expression"


Expression = Input | Constant | Computed


@dataclass(frozen=True, slots=True)
class Condition:
    """A comparison that was made, and how it ended."""

    compare: Operation
    left: Expression
    right: Expression
    held: bool


@dataclass(slots=True)
class Tape:
    """The comparisons of one run, in their order."""

    conditions: list[Condition] = field(default_factory=list)

    def inputs(self, sample: Mapping[str, Decimal]) -> dict[str, Decimal]:
        """The numbers of a sample, traced."""
        return {name: Traced(value, Input(name), self) for name, value in sample.items()}


class Traced(Decimal):
    """A decimal with its expression. Everything a Decimal can do and an array cannot raises Untraceable."""

    expression: Expression
    tape: Tape

    def __new__(cls, value: Decimal, expression: Expression, tape: Tape) -> "Traced":  # noqa: D102
        number = super().__new__(cls, value)
        number.expression, number.tape = expression, tape
        return number

    def is_finite(self) -> bool:
        """Whether the sample is; a row that is not never comes here."""
        return self.value.is_finite()

    @property
    def value(self) -> Decimal:
        """The sample's number alone."""
        return Decimal(self)

    def __bool__(self) -> bool:
        return bool(self != 0)

    def __pos__(self) -> "Traced":
        return self

    def __neg__(self) -> "Traced":
        return self * Decimal(-1)  # type: ignore[return-value]

    def __abs__(self) -> "Traced":
        return self if self >= 0 else -self


def expression_of(number: Decimal) -> Expression:
    """How a number was computed; a constant where nothing traced went into it."""
    return number.expression if isinstance(number, Traced) else Constant(number)


def is_traced(number: Decimal) -> bool:
    """Whether it depends on the position."""
    return isinstance(number, Traced)


def _plain(number: object) -> Decimal | None:
    if isinstance(number, Traced):
        return number.value
    return Decimal(number) if isinstance(number, Decimal | int) else None


def _computing(operation: Operation, *, reflected: bool) -> Callable[[Traced, object], object]:
    def computed(self: Traced, other: object) -> object:
        theirs = _plain(other)
        if theirs is None:
            return NotImplemented
        mine = (self.value, self.expression)
        given = (theirs, other.expression if isinstance(other, Traced) else Constant(theirs))
        (left, left_of), (right, right_of) = (given, mine) if reflected else (mine, given)
        return Traced(operation(left, right), Computed(operation, left_of, right_of), self.tape)

    return computed


def _comparing(compare: Operation) -> Callable[[Traced, object], object]:
    def compared(self: Traced, other: object) -> object:
        theirs = _plain(other)
        if theirs is None:
            return NotImplemented
        held = bool(compare(self.value, theirs))
        right = other.expression if isinstance(other, Traced) else Constant(theirs)
        self.tape.conditions.append(Condition(compare, self.expression, right, held))
        return held

    return compared


def _refusing(self: Traced, *args: object, **kwargs: object) -> NoReturn:
    raise Untraceable


_FOLLOWED = {"add": operator.add, "sub": operator.sub, "mul": operator.mul, "truediv": operator.truediv}
_COMPARED = ("lt", "le", "gt", "ge", "eq", "ne")
_OBJECT = frozenset(dir(object)) - {"__format__", "__hash__", "__str__", "__reduce__", "__reduce_ex__"}
"""What every object needs; numbers, texts and keys are not made of a traced number unseen."""

for _name, _operation in _FOLLOWED.items():
    setattr(Traced, f"__{_name}__", _computing(_operation, reflected=False))
    setattr(Traced, f"__r{_name}__", _computing(_operation, reflected=True))
for _name in _COMPARED:
    setattr(Traced, f"__{_name}__", _comparing(getattr(operator, _name)))
for _name in dir(Decimal):
    if _name not in vars(Traced) and _name not in _OBJECT:
        setattr(Traced, _name, _refusing)

"""Exact decimal arithmetic: the context every formula runs in, significant digits, and rounding to a tick."""

from collections.abc import Callable
from decimal import (
    ROUND_CEILING,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    getcontext,
    localcontext,
)
from functools import wraps
from typing import ParamSpec, TypeVar

from assistant.errors import InputOutOfRange
from assistant.values import Side

ZERO = Decimal(0)
ONE = Decimal(1)

EXACT = Context(prec=50, rounding=ROUND_HALF_EVEN, traps=[InvalidOperation, DivisionByZero, Overflow])
"""50 digits: no venue publishes more than 20, and a result is given to 10."""

_P = ParamSpec("_P")
_R = TypeVar("_R")


def exact(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """The same function, computing in `EXACT` whatever decimal context its caller has."""

    @wraps(function)
    def computed(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        current = getcontext()
        if current.prec == EXACT.prec and current.rounding == EXACT.rounding:  # inside another exact function
            return function(*args, **kwargs)
        with localcontext(EXACT):
            return function(*args, **kwargs)

    return computed


def significant(value: Decimal, digits: int = 10) -> Decimal:
    """The value to so many significant digits, half to even."""
    return Context(prec=digits, rounding=ROUND_HALF_EVEN).plus(value)


@exact
def to_tick(price: Decimal, tick: Decimal, side: Side) -> Decimal:
    """The price on the venue's grid, towards the earlier liquidation: up for a long, down for a short.

    Raises InputOutOfRange for a tick that is not positive.
    """
    require_positive("tick_size", tick)
    rounding = ROUND_CEILING if side is Side.LONG else ROUND_FLOOR
    return (price / tick).to_integral_value(rounding) * tick


def require_positive(argument: str, value: Decimal) -> None:
    """Nothing, or InputOutOfRange where the value is zero, negative, infinite or no number."""
    if not value.is_finite() or value <= 0:
        raise InputOutOfRange(argument=argument, reason="not_positive", value=value, bound=ZERO)


def require_not_negative(argument: str, value: Decimal) -> None:
    """Nothing, or InputOutOfRange where the value is negative, infinite or no number."""
    if not value.is_finite() or value < 0:
        raise InputOutOfRange(argument=argument, reason="negative", value=value, bound=ZERO)


def require_fraction(argument: str, value: Decimal) -> None:
    """Nothing, or InputOutOfRange where the value is not at least 0 and below 1."""
    if not value.is_finite() or not 0 <= value < 1:
        raise InputOutOfRange(argument=argument, reason="not_a_fraction", value=value, bound=ONE)

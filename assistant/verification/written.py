"""Outcomes as plain text: every number with the digits that matter, none with an exponent."""

from decimal import Decimal

from assistant.margin.quantities import significant
from assistant.verification.measure import Found

FIGURE_DIGITS = 16
DIFFERENCE_DIGITS = 3


def figure(value: Found) -> str | None:
    """A figure to sixteen significant digits; words and None as they are."""
    return plain(value, FIGURE_DIGITS) if isinstance(value, Decimal) else value


def difference(value: Decimal | None) -> str | None:
    """A difference or tolerance to three significant digits."""
    return None if value is None else plain(value, DIFFERENCE_DIGITS)


def plain(value: Decimal, digits: int) -> str:
    """So many significant digits, without an exponent and without trailing zeros."""
    short = significant(value, digits).normalize()
    return f"{short:f}" if short else "0"

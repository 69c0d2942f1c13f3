"""Figures: exact values cut to ten significant digits, each with its unit."""

from decimal import Decimal

from assistant.margin.quantities import ZERO, significant, to_tick
from assistant.values import Figure, Side

PERCENT = "%"
TIMES = "x"
RATIO = ""
HUNDRED = Decimal(100)


def tidy(value: Decimal) -> Decimal:
    """The value to ten significant digits, without trailing zeros and without an exponent."""
    short = significant(value).normalize()
    return Decimal(f"{short:f}") if short else ZERO


def plain(value: Decimal) -> str:
    """The tidy value as digits with a point: no exponent, no separators."""
    return f"{tidy(value):f}"


def figure(name: str, value: Decimal, unit: str) -> Figure:
    """One figure."""
    return Figure(name=name, value=tidy(value), unit=unit)


def on_grid(price: Decimal, tick: Decimal | None, side: Side) -> Decimal:
    """The price on the venue's grid towards the earlier liquidation; as it is where no tick was said."""
    return price if tick is None else to_tick(price, tick, side)

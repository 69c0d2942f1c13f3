"""Figures: exact values cut to ten significant digits, each with its unit."""

from decimal import Decimal

from assistant.errors import InputOutOfRange
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


def gridded(price: Decimal, tick: Decimal | None, *, reference: Decimal) -> Decimal:
    """A liquidation price on the grid, up below the reference and down above it.

    Raises InputOutOfRange for a step so coarse that the price reaches zero or passes the reference.
    """
    shown = on_grid(price, tick, Side.LONG if price < reference else Side.SHORT)
    if tick is not None and (shown <= 0 or (shown - reference) * (price - reference) <= 0):
        raise InputOutOfRange(argument="tick_size", reason="too_large", value=tick, bound=price)
    return shown

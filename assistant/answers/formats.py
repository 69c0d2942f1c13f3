"""Numbers, dates and foreign text in a reader's writing; every rounding of the product happens here, once."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from functools import lru_cache

from assistant.values import Side

_EXACT = Context(prec=120)
_CENT = Decimal("0.01")
_ONE = Decimal(1)
_HUNDRED = Decimal(100)
_LONGEST = 24
_TYPED = 15
_SPOKEN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How one language writes numbers, dates and enumerations; prompts/<language>/labels.toml [style]."""

    thousands: str
    decimal: str
    date_form: str
    """With {day}, {month} and {year}."""
    months: tuple[str, ...]
    comma: str
    """Between the items of an enumeration."""
    last: str
    """Before its last item."""
    cents: frozenset[str]
    """Currencies counted to two places; any other unit keeps eight significant digits."""

    def number(self, value: Decimal) -> str:
        """A number with every digit it has, grouped; trailing zeros stay."""
        text = format(abs(value) if value.is_zero() else value, ",f")
        if self.thousands == "," and self.decimal == ".":
            return text
        return "".join({",": self.thousands, ".": self.decimal}.get(sign, sign) for sign in text)

    def day(self, value: date) -> str:
        """22 November 2026."""
        return self.date_form.format(day=value.day, month=self.months[value.month - 1], year=value.year)

    def enumerate(self, items: Sequence[str]) -> str:
        """`a, b and c`."""
        return self.last.join(filter(None, (self.comma.join(items[:-1]), *items[-1:])))


def exact(value: Decimal, style: Style) -> str:
    """A number as somebody gave it, without trailing zeros: 0.5, 60,000.

    One with more digits than anybody types keeps six significant ones; an absurdly long one is shown in powers of ten.
    """
    if not value.is_finite() or abs(value.adjusted()) > _LONGEST:
        return f"{value:.3g}"
    short = _stripped(value)
    return style.number(short if len(short.as_tuple().digits) <= _TYPED else _significant(value, 6))


def brief(value: Decimal) -> Decimal:
    """A computed number cut to what a sentence can bear: cents, below 1 six significant digits; a typed one stays."""
    if not value.is_finite() or len(value.as_tuple().digits) <= _SPOKEN or abs(value.adjusted()) > _LONGEST:
        return value
    return value.quantize(_CENT if abs(value) >= _ONE else _place(value, 6), context=_EXACT)


def price(value: Decimal, style: Style, *, side: Side | None = None) -> str:
    """A price to cents, below 1 to 6 significant digits; with a side rounded towards the earlier liquidation.

    That is up for a long and down for a short.
    """
    rounding = {Side.LONG: ROUND_CEILING, Side.SHORT: ROUND_FLOOR, None: ROUND_HALF_EVEN}[side]
    place = _CENT if abs(value) >= _ONE or value.is_zero() else _place(value, 6)
    return style.number(value.quantize(place, rounding=rounding, context=_EXACT))


def percent(value: Decimal, style: Style) -> str:
    """A percentage to two places, below 1 to three significant digits where two do not hold it: 4.62%, 0.503%."""
    short = value.quantize(_CENT, context=_EXACT)
    if abs(value) < _ONE and short != value:
        short = value.quantize(_place(value, 3), context=_EXACT)
    return style.number(short) + "%"


def rate(fraction: Decimal, style: Style) -> str:
    """A fraction as the percentage it is, up to six significant digits, without trailing zeros: 0.4%."""
    return style.number(_significant(fraction * _HUNDRED, 6)) + "%"


def money(value: Decimal, unit: str, style: Style, *, rounding: str = ROUND_HALF_EVEN) -> str:
    """An amount with its unit: cents where the currency counts in them, else eight significant digits."""
    if unit in style.cents and (abs(value) >= _CENT or value.is_zero()):
        text = style.number(value.quantize(_CENT, rounding=rounding, context=_EXACT))
    else:
        text = style.number(_significant(value, 8, rounding))
    return f"{text} {unit}".rstrip()


def amount(value: Decimal, unit: str, style: Style) -> str:
    """A size to eight significant digits, without trailing zeros, with its unit: 0.5 BTC."""
    return f"{style.number(_significant(value, 8))} {unit}".rstrip()


def leverage(value: Decimal, style: Style) -> str:
    """A leverage cut, never raised, to two places: 20x, 6.09x."""
    place = _CENT if value >= _ONE else _place(value, 3)
    return style.number(_stripped(value.quantize(place, rounding=ROUND_DOWN, context=_EXACT))) + "x"


def plain(value: Decimal) -> str:
    """A decimal string for programs: no exponent, no trailing zeros, no grouping."""
    return format(_stripped(value), "f")


@lru_cache(maxsize=4096)
def inert(text: str, limit: int = 40) -> str:
    """What somebody typed, fit to be shown: letters, digits and harmless signs in one short line, nothing live.

    Gone are control, format and private characters, markup, mentions, template marks, quotes, and the dots, colons and
    slashes that make an address; an ellipsis stands for what was cut, or for everything.
    """
    kept = "".join(_shown(sign) for sign in unicodedata.normalize("NFKC", text[: limit * 8]))
    while (less := _LOOSE.sub(" ", kept)) != kept:
        kept = less
    kept = " ".join(kept.split())
    if len(kept) > limit:
        kept = kept[: limit - 1].rstrip() + "…"
    return kept or "…"


_HARMLESS = frozenset(" .,+-%/_")
_LOOSE = re.compile(
    r"(?<![0-9])\.(?![0-9])|(?<=[0-9])\.(?![0-9])|(?<![\w])\.(?=[0-9]+[^\W\d])"  # only decimal points stay
    r"|(?<![^\W_])[/_]+|[/_]+(?![^\W_])|[/_]{2,}"  # only between two letters or digits
    r"|(?<![^\W_])-+(?![0-9.])|-{2,}|(?<!\S)\+(?![0-9.])"
)


def _shown(sign: str) -> str:
    if sign in _HARMLESS:
        return sign
    category = unicodedata.category(sign)
    return sign if category[0] in "LN" or category in ("Mn", "Mc") else " "


def _place(value: Decimal, digits: int) -> Decimal:
    return Decimal((0, (1,), value.adjusted() - digits + 1))


def _significant(value: Decimal, digits: int, rounding: str = ROUND_HALF_EVEN) -> Decimal:
    """Digits behind the point beyond so many significant ones dropped; whole digits always stay."""
    place = _ONE if value.is_zero() else min(_place(value, digits), _ONE)
    return _stripped(value.quantize(place, rounding=rounding, context=_EXACT))


def _stripped(value: Decimal) -> Decimal:
    short = value.normalize(_EXACT)
    return abs(short) if short.is_zero() else short

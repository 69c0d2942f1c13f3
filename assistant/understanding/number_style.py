"""How one language writes amounts; the tables of prompts/<language>/language.toml."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """The tables of one language."""

    numbers: Mapping[str, Decimal]
    shy: Mapping[str, Decimal]
    scales: Mapping[str, Decimal]
    glued_scales: Mapping[str, Decimal]
    units: Mapping[str, str]
    glue: frozenset[str]
    minus: frozenset[str] = frozenset()
    """Words for a sign: "minus 6 %"."""
    ratio: frozenset[str] = frozenset()
    """Words of a ratio: "25 to 1"."""
    months: Mapping[str, int] = field(default_factory=dict)
    """Names of months, and which of the twelve they are."""
    decimal: str = "."

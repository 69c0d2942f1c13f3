"""Which values a slot can hold; prompts/slots.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from assistant.tables import Table
from assistant.values import SlotValue

_KINDS = (
    "side", "symbol", "venue", "mode", "contract", "unit", "text", "number", "rate", "percent", "numbers", "texts",
)  # fmt: skip
_BOUNDS = ("above", "below", "least", "most")


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """The kind of one slot and, for numbers, its bounds."""

    kind: str
    above: Decimal | None = None
    below: Decimal | None = None
    least: Decimal | None = None
    most: Decimal | None = None

    def breach(self, value: SlotValue) -> str | None:
        """Why a value cannot be: a reason of prompts/<language>/errors.toml, or None when it can."""
        if isinstance(value, tuple):
            return next((reason for item in value if (reason := self.breach(item))), None)
        if not isinstance(value, Decimal):
            return None
        if not value.is_finite():
            return "not_finite"
        low = (self.above is not None and value <= self.above) or (self.least is not None and value < self.least)
        high = (self.below is not None and value >= self.below) or (self.most is not None and value > self.most)
        if low:
            return "not_positive" if value <= 0 else "too_small"
        return "too_large" if high else None


Ranges = Mapping[str, Range]


def load_ranges(path: Path) -> Ranges:
    """Every slot's range by name; ContentError for a key that is not known."""
    ranges: dict[str, Range] = {}
    slots = Table.read(path).only(("slots",)).table("slots")
    for name in slots:
        entry = slots.table(name).only(("kind",), _BOUNDS)
        bounds = {bound: entry.number(bound) for bound in _BOUNDS if bound in entry}
        ranges[name] = Range(kind=entry.one_of("kind", _KINDS), **bounds)
    return ranges

"""Slots packed as the records tools are called with: a change, several entries, the other rows of a table."""

from collections.abc import Mapping
from decimal import Decimal

from assistant.values import Arguments, ArgumentValue, Slots, SlotValue

CHANGE = {
    "change": "change",
    "change_share_pct": "share_pct",
    "change_size": "size",
    "change_size_unit": "size_unit",
    "change_price": "price",
    "funding_rate": "rate",
    "funding_periods": "periods",
}
"""Slot -> field of the record. They hold for one question: the position itself stays as it is."""
ENTRIES = ("entries", "entries_unit")
_TOLD = ("symbol", "side", "size", "size_unit", "entry_price", "mark_price")
"""What another position of the table is told by."""
_NUMBERS = frozenset(("size", "entry_price", "mark_price", "leverage", "stated_liquidation_price"))


def packed(arguments: Arguments) -> Arguments:
    """The arguments with a change as the only record of `changes`, and entries as one record each."""
    given = {name: value for name, value in arguments.items() if name not in ENTRIES}
    values = arguments.get("entries")
    if isinstance(values, tuple):
        unit = arguments.get("entries_unit", "base")
        pairs = zip(values[::2], values[1::2], strict=True)
        given["entries"] = tuple({"price": at, "size": size, "size_unit": unit} for at, size in pairs)
    if "change" not in given:
        return given
    record: dict[str, ArgumentValue] = {field: given[slot] for slot, field in CHANGE.items() if slot in given}
    return {**{name: value for name, value in given.items() if name not in CHANGE}, "changes": (record,)}


def row(text: str) -> Mapping[str, SlotValue]:
    """The slots of one row of a table, as `rows` keeps it: `symbol=BTC;side=long;size=0.5`."""
    parts = (part.partition("=") for part in text.split(";"))
    return {slot: Decimal(value) if slot in _NUMBERS else value for slot, _, value in parts}


def others(slots: Slots) -> tuple[Arguments, ...]:
    """The rows that draw on the same wallet as the chosen one, as other positions."""
    kept = slots.get("other_rows")
    rows = [row(text) for text in kept if isinstance(text, str)] if isinstance(kept, tuple) else []
    return tuple(
        {name: one[name] for name in _TOLD if name in one} for one in rows if one.get("margin_mode") != "isolated"
    )

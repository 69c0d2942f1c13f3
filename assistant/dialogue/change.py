"""The slots of a change, packed as the record a what-if is called with."""

from assistant.values import Arguments, ArgumentValue

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


def packed(arguments: Arguments) -> Arguments:
    """The arguments with a change, where there is one, as the only record of `changes`."""
    if "change" not in arguments:
        return arguments
    record: dict[str, ArgumentValue] = {field: arguments[slot] for slot, field in CHANGE.items() if slot in arguments}
    return {**{name: value for name, value in arguments.items() if name not in CHANGE}, "changes": (record,)}

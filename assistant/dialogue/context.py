"""What a host page knows, as far as it speaks of the position that was asked about."""

from collections.abc import Mapping

from assistant.values import Arguments, ArgumentValue, Slots

_ALWAYS = ("venue", "symbol", "wallet_balance")


def usable(context: Arguments, slots: Slots) -> Mapping[str, ArgumentValue]:
    """The page's values that may fill gaps; its mark price and positions only for the coin they belong to."""
    if not context:
        return {}
    filled: dict[str, ArgumentValue] = {name: context[name] for name in _ALWAYS if name in context}
    positions = context.get("positions")
    symbol = slots.get("symbol", context.get("symbol"))
    if "symbol" in slots and context.get("symbol") not in (None, slots["symbol"]):
        filled.pop("symbol", None)
    elif "mark_price" in context:
        filled["mark_price"] = context["mark_price"]
    if isinstance(positions, tuple) and not slots.keys() & {"side", "entry_price", "leverage", "size"}:
        same = [entry for entry in positions if isinstance(entry, Mapping) and symbol in (None, entry.get("symbol"))]
        if len(same) == 1:
            filled.update(same[0])
    return filled

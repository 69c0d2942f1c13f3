"""What a host page knows, as far as it speaks of the position that was asked about."""

import re
from collections.abc import Mapping

from assistant.values import Arguments, ArgumentValue, Slots

OTHERS = "other_positions"
"""Argument under which the page's other open positions are handed on."""
_ALWAYS = ("venue", "symbol", "wallet_balance")
_TOLD = (
    "symbol",
    "side",
    "size",
    "size_unit",
    "contract_size",
    "entry_price",
    "mark_price",
    "maintenance_margin_rate",
    "maintenance_amount",
)
"""What another position is told by."""
_QUOTE = re.compile(r"(?<=.)(USDT|USDC|USD)$")


def usable(context: Arguments, slots: Slots) -> Mapping[str, ArgumentValue]:
    """The page's values that may fill gaps; its mark price and positions only for the coin they belong to."""
    if not context:
        return {}
    filled: dict[str, ArgumentValue] = {name: context[name] for name in _ALWAYS if name in context}
    positions = context.get("positions")
    listed = [entry for entry in positions if isinstance(entry, Mapping)] if isinstance(positions, tuple) else []
    symbol = slots.get("symbol", context.get("symbol"))
    if "symbol" in slots and context.get("symbol") not in (None, slots["symbol"]):
        filled.pop("symbol", None)
    elif "mark_price" in context:
        filled["mark_price"] = context["mark_price"]
    if not slots.keys() & {"side", "entry_price", "leverage", "size"}:
        same = [entry for entry in listed if symbol in (None, entry.get("symbol"))]
        if len(same) == 1:
            filled.update(same[0])
    if others := _others(listed, {**filled, **slots}):
        filled[OTHERS] = others
    return filled


def _others(listed: list[Arguments], asked: Mapping[str, ArgumentValue]) -> tuple[Arguments, ...]:
    """The open positions that share a wallet with the one asked about: not itself, isolated or of another venue.

    A position of the same coin and side is the one asked about; one of the other side is the other leg of a hedge.
    """
    return tuple(
        {name: entry[name] for name in _TOLD if name in entry}
        for entry in listed
        if not (_coin(entry) == _coin(asked) and entry.get("side") == asked.get("side"))
        and entry.get("margin_mode") != "isolated"
        and entry.get("contract", "linear") == asked.get("contract", "linear")
        and (_venue(entry) in (None, _venue(asked)) or _venue(asked) is None)
    )


def _coin(entry: Mapping[str, ArgumentValue]) -> str | None:
    """The coin a symbol names: `btc`, `BTCUSDT` and `BTC-USDT-SWAP` are BTC."""
    symbol = entry.get("symbol")
    return _QUOTE.sub("", re.split(r"[-/_:]", symbol.upper())[0]) if isinstance(symbol, str) else None


def _venue(entry: Mapping[str, ArgumentValue]) -> str | None:
    """The venue's name as slots have it: `Binance`, `binance_usdm` are binance."""
    venue = entry.get("venue")
    return venue.lower().partition("_")[0] if isinstance(venue, str) else None

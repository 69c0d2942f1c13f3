"""The names a coin may have in a venue's tables."""

from collections.abc import Collection, Mapping

QUOTES = ("USDT", "USDC", "USD")
"""Quote currencies a venue's own symbol may end in."""
SUFFIXES = ("SWAP", "PERP", "PERPETUAL")


def symbol_keys(symbol: str, *, renamed: Mapping[str, str], quotes: Collection[str]) -> tuple[str, ...]:
    """The keys to look a symbol up by, best first: `BTC`, `btcusdt`, `BTC-USDT-SWAP` -> BTC; `BTCUSDC` -> BTC/USDC.

    A key is the base asset, with the quote behind a slash where that is none of the product's own `quotes`.
    """
    parts = [part for part in symbol.upper().replace("-", "/").replace("_", "/").replace(":", "/").split("/") if part]
    parts = [part for part in parts if part not in SUFFIXES]
    base, stated = (parts[0] if parts else ""), (parts[1] if len(parts) > 1 else None)
    if stated is None:
        stated = next((end for end in QUOTES if base.endswith(end) and base != end), None)
        base = base.removesuffix(stated) if stated else base
    tail = "" if stated is None or stated in quotes else f"/{stated}"
    names = [base, renamed.get(base, base)]
    return tuple(dict.fromkeys(name + tail for name in names))

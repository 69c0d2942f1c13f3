"""What a reply to a pasted table must ask for or tell beside its number."""

from decimal import Decimal

from assistant.understanding.reading import Reading
from assistant.values import Say, Slots, SlotValue

_COUNT_CONTRACTS = frozenset(("okx", "gate", "kucoin", "mexc", "htx", "bitmex", "deribit", "kraken", "coinex", "bingx"))
"""Venues whose tables can count a bare size in contracts."""
_DOLLARS_ARE_LINEAR = frozenset(("hyperliquid", "dydx", "gmx", "drift", "kraken"))
"""Venues whose contracts named in plain dollars pay linearly."""


def doubts(reading: Reading, slots: Slots) -> tuple[str, ...]:
    """What a table leaves open: which of its rows is meant, how its contract pays, what its size counts."""
    if "rows" in slots:
        return ("rows",)
    found = []
    if "contract_open" in reading.notes and "contract" not in slots and slots.get("venue") not in _DOLLARS_ARE_LINEAR:
        found.append("contract")
    if "size" not in slots and ("bare_size" in reading.notes or _sized(slots.get("other_rows"))):
        found.append("size")
    if "unreadable" in reading.notes:
        found += [slot for slot in ("side", "entry_price", "leverage") if slot not in slots]
    return tuple(found)


def uncounted(row: Slots, venue: SlotValue | None) -> bool:
    """Whether nobody can tell what the size of a row counts: bare, on a venue that may count contracts."""
    return "size" in row and "size_unit" not in row and venue in _COUNT_CONTRACTS


def notes(intent: str, reading: Reading, slots: Slots) -> tuple[Say, ...]:
    """Sentences that belong beside the number: the venue's own price, a column left out, whose day's rules count."""
    said: list[Say] = []
    shown = reading.slots.get("stated_liquidation_price")
    if "pasted" in reading.notes and shown is not None and isinstance(shown.value, Decimal):
        said.append(Say(intent=intent, key="venue_price", data={"stated_liquidation_price": shown.value}))
    if "margin_left_out" in reading.notes:
        said.append(Say(intent=intent, key="margin_left_out"))
    if "unreadable" in reading.notes:
        said.append(Say(intent=intent, key="table_unreadable"))
    if "rows" in slots:
        said.append(Say(intent=intent, key="which_row", data={"names": _names(slots["rows"])}))
    if "opening_day" in reading.notes:
        said.append(Say(intent=intent, key="opening_day"))
    return tuple(said)


def _sized(rows: SlotValue | None) -> bool:
    """Whether the rows beside the chosen one have sizes, so that its own was left out as one nobody can count."""
    return isinstance(rows, tuple) and any("size=" in str(text) for text in rows)


def _names(rows: SlotValue) -> tuple[str, ...]:
    """The coins of the rows of a table, with their side."""
    named = []
    for text in rows if isinstance(rows, tuple) else ():
        told = dict(part.partition("=")[::2] for part in str(text).split(";"))
        named.append(" ".join(told[slot] for slot in ("symbol", "side") if slot in told))
    return tuple(named)

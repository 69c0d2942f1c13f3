"""A row of a venue's position table as slots: each column only what it stands for, none of them guessed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.understanding.entities import Entity, find_entities
from assistant.understanding.gathered import Gathered, price
from assistant.understanding.grid import Cell, Grid, Row, find_grid
from assistant.understanding.numbers import Amount, Item, read_amounts
from assistant.understanding.reading import SlotRead
from assistant.understanding.text import Text, fold
from assistant.understanding.tokens import tokenise
from assistant.understanding.vocabulary import Vocabulary
from assistant.values import Contract, Side

_PAIR = re.compile(r"(?:^|[^a-z0-9])(?:p[fi]_)?([a-z0-9]{1,15}?)[-/_ ]?(usdt|usdc|fdusd|busd|usde|usd)(?![a-z0-9])")
_NAME = re.compile(r"(?:^|[^a-z0-9])([a-z][a-z0-9]{1,14})(?![a-z0-9])")
_COIN_MARGINED = frozenset(("usd",))
_VENUES_OWN = frozenset(("liq", "ratio", "pnl"))
"""Columns only a venue's table has: without one, labels that stand below one another are somebody's own words."""
_SIZES = frozenset(("size", "notional"))
_TELLING = frozenset(("contract", "side", *_VENUES_OWN))
_PRICES = {"entry": "entry_price", "mark": "mark_price", "liq": "stated_liquidation_price"}
_NAMED = {"side": "side", "mode": "margin_mode", "venue": "venue", "contract": "contract"}
_COLUMNS_OF_NAMES = ("contract", "side", "mode", "leverage", "size", "margin", "venue")
_UNITS = {"coins": "base", "contracts": "contracts", "money": "quote"}


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a pasted table says."""

    grid: Grid
    rows: tuple[Mapping[str, SlotRead], ...]
    """The slots of every row."""
    doubts: frozenset[str]
    """Slots a row leaves open that must be asked for: what its size counts, how its contract pays."""
    with_margin: bool
    """Whether a margin column was left out."""


def read_positions(message: str, vocabulary: Vocabulary) -> Pasted | None:
    """The rows of a pasted position table, or None where there is none."""
    grid = find_grid(message, vocabulary.columns)
    if grid is None or any("?" in row["liq"].text for row in grid.rows if "liq" in row):
        return None
    if (
        "entry" not in grid.labels
        or not grid.labels & _SIZES
        or not grid.labels & (_VENUES_OWN if grid.stacked else _TELLING)
    ):
        return None
    read = [_slots(row, vocabulary) for row in grid.rows]
    if any(_signed(slots) for slots, _ in read):
        for slots, _ in read:
            if "size" in slots:
                slots.setdefault("side", replace(slots["size"], value=Side.LONG.value))
    doubts = frozenset().union(*(doubt for _, doubt in read))
    return Pasted(grid, tuple(slots for slots, _ in read), doubts, "margin" in grid.labels)


def _signed(row: Mapping[str, SlotRead]) -> bool:
    """Whether a row's side is the minus in front of its size: then the sizes without one are longs."""
    return "side" in row and row["side"].cue == "column size" and row["side"].value == Side.SHORT.value


def row_text(row: Mapping[str, SlotRead]) -> str:
    """The slots of a row as one text, so that a conversation can keep it: `symbol=BTC;side=long;size=0.5`."""
    return ";".join(f"{slot}={read.value}" for slot, read in row.items() if isinstance(read.value, str | Decimal))


def take_rows(out: Gathered, pasted: Pasted) -> None:
    """Puts the only row beside what the words around it say, which come first; several rows are kept apart, as `rows`.

    Words that change the position make the venue's own liquidation price one of another position.
    """
    out.notes.add("pasted")
    if not pasted.rows or (len(pasted.rows) > 1 and "contract_open" in pasted.doubts):
        out.notes.add("unreadable")
        return
    out.notes |= pasted.doubts
    if pasted.with_margin and "collateral" not in out.slots:
        out.notes.add("margin_left_out")
    if len(pasted.rows) > 1:
        told = tuple(row_text(row) for row in pasted.rows)
        out.slots["rows"] = SlotRead(value=told, start=pasted.grid.start, end=pasted.grid.end, cue="column row")
        return
    if "side_open" in pasted.doubts:
        out.conflicts.append("side")
    for row in pasted.rows:
        changed = any(slot in row and row[slot].value != read.value for slot, read in out.slots.items())
        for slot, read in row.items():
            if slot not in out.slots and not (changed and slot == "stated_liquidation_price"):
                out.slots[slot] = read


def without(text: Text, start: int, end: int) -> Text:
    """The text with what stands between two places of the message blank."""
    folded = "".join(
        " " if start <= text.place(index) < end and character != "\n" else character
        for index, character in enumerate(text.folded)
    )
    return replace(text, folded=folded)


def _slots(row: Row, vocabulary: Vocabulary) -> tuple[dict[str, SlotRead], frozenset[str]]:
    """The slots of one row, and what it leaves in doubt."""
    out: dict[str, SlotRead] = {}
    doubts: set[str] = set()
    for column in _COLUMNS_OF_NAMES:
        if column in row:
            _names(out, column, row[column], vocabulary)
    if "contract" in row:
        _symbol(out, doubts, row["contract"], vocabulary)
    symbol = str(out["symbol"].value) if "symbol" in out else None
    for column, slot in _PRICES.items():
        amount = _amount(row.get(column), vocabulary)
        if amount is not None and amount.value > 0:
            out[slot] = _told(row[column], price(amount, symbol, vocabulary), column)
    _size(out, doubts, row, vocabulary)
    if "leverage" in row and "leverage" not in out:
        amount = _amount(row["leverage"], vocabulary)
        if amount is not None and amount.unit == "plain":
            out["leverage"] = _told(row["leverage"], amount.value, "leverage")
    _side_of_prices(out)
    return out, frozenset(doubts)


def _told(cell: Cell, value: str | Decimal, column: str) -> SlotRead:
    """A slot with the place of its cell."""
    return SlotRead(value=value, start=cell.start, end=cell.end, cue=f"column {column}", weight=20)


def _read(cell: Cell, vocabulary: Vocabulary) -> tuple[tuple[Item, ...], tuple[Entity, ...]]:
    """The words, amounts and names of one cell."""
    text = fold(cell.text)
    items = read_amounts(tokenise(text), vocabulary.style, vocabulary.amount_coins)
    matches = vocabulary.book.find([item.text for item in items])
    return items, find_entities(text, items, matches, vocabulary)


def _names(out: dict[str, SlotRead], column: str, cell: Cell, vocabulary: Vocabulary) -> None:
    """Side, mode, contract type, venue and leverage, where a cell names them."""
    items, entities = _read(cell, vocabulary)
    for entity in entities:
        slot = _NAMED.get(entity.kind)
        if slot is not None and not (slot == "contract" and column != "contract"):
            out.setdefault(slot, _told(cell, entity.value, column))
    if column in ("contract", "leverage", "side", "mode", "margin"):
        for item in items:
            if item.amount is not None and item.amount.unit == "leverage":
                out.setdefault("leverage", _told(cell, item.amount.value, column))


def _symbol(out: dict[str, SlotRead], doubts: set[str], cell: Cell, vocabulary: Vocabulary) -> None:
    """The coin of a contract's name; one in dollars that are no stablecoin may pay in the coin itself."""
    folded = fold(cell.text).folded
    pair = _PAIR.search(folded)
    name = pair or _NAME.search(folded)
    if name is None:
        return
    coin = vocabulary.names.coins.get(name[1])
    out["symbol"] = _told(cell, coin.symbol if coin is not None else name[1].upper(), "contract")
    if pair is None or pair[2] not in _COIN_MARGINED:
        out.pop("contract", None)
        return
    settled = "pf_" in folded or "usdt" in folded[pair.end() :] or "usdc" in folded[pair.end() :]
    if settled:
        out["contract"] = _told(cell, Contract.LINEAR.value, "contract")
    elif "pi_" in folded:
        out["contract"] = _told(cell, Contract.INVERSE.value, "contract")
    elif "contract" not in out:
        doubts.add("contract_open")


def _amount(cell: Cell | None, vocabulary: Vocabulary) -> Amount | None:
    """The one amount of a cell beside percentages and leverages; None where there are several or it is bracketed."""
    if cell is None or cell.text.startswith("("):
        return None
    every = [item.amount for item in _read(cell, vocabulary)[0] if item.amount is not None]
    amounts = [amount for amount in every if amount.unit not in ("percent", "leverage")]
    return amounts[0] if len(amounts) == 1 else None


def _size(out: dict[str, SlotRead], doubts: set[str], row: Row, vocabulary: Vocabulary) -> None:
    """The size with its unit; a sign in front of it is the side."""
    cell = row.get("size")
    amount = _amount(cell, vocabulary)
    if cell is None or amount is None or amount.unit not in ("plain", *_UNITS) or amount.value == 0:
        return
    if amount.value < 0 or amount.plus:
        side = Side.SHORT if amount.value < 0 else Side.LONG
        if "side" in out and out["side"].value != side.value:
            doubts.add("side_open")
        out.setdefault("side", _told(cell, side.value, "size"))
    out["size"] = _told(cell, abs(amount.value), "size")
    named = fold(cell.text).folded.split()
    unit = _UNITS.get(amount.unit)
    if unit is None and len(named) > 1 and str(out["symbol"].value if "symbol" in out else "").lower() == named[-1]:
        unit = "base"
    if unit is not None:
        out["size_unit"] = _told(cell, unit, "size")
    else:
        doubts.add("bare_size")


def _side_of_prices(out: dict[str, SlotRead]) -> None:
    """The side by where the venue's liquidation price lies, where the row shows it by colour alone."""
    if "side" in out or "stated_liquidation_price" not in out:
        return
    read = out["stated_liquidation_price"]
    others = [out[slot].value for slot in ("entry_price", "mark_price") if slot in out]
    if not others or not isinstance(read.value, Decimal):
        return
    prices = [value for value in others if isinstance(value, Decimal)]
    if read.value < min(prices):
        out["side"] = replace(read, value=Side.LONG.value)
    elif read.value > max(prices):
        out["side"] = replace(read, value=Side.SHORT.value)

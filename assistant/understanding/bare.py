"""Amounts no cue claimed: the entry or the size where a position is described, else kept for a pending question."""

from collections.abc import Sequence
from decimal import Decimal

from assistant.understanding.gathered import Gathered, placed, price
from assistant.understanding.numbers import Amount, Item
from assistant.understanding.reading import Unmatched
from assistant.understanding.text import Text
from assistant.understanding.vocabulary import Vocabulary


def place_bare(out: Gathered, free: Sequence[int], text: Text, items: Sequence[Item], vocabulary: Vocabulary) -> None:
    """Amounts nobody claimed: a bare price is the entry where a position is described, others are kept apart."""
    described = bool(
        out.slots.keys() & {"leverage", "leverages", "side", "sides", "symbol", "size", "collateral"}
    ) or bool(out.conflicts)
    listed = out.slots["leverages"].value if "leverages" in out.slots else ()
    for index in free:
        amount = items[index].amount
        assert amount is not None
        if isinstance(listed, tuple) and amount.value in listed:
            continue
        if amount.unit == "plain" and not amount.spelled and _sized(index, items, out, text, vocabulary):
            continue
        symbol = str(out.slots["symbol"].value) if "symbol" in out.slots else None
        written = not amount.spelled or amount.value >= 1000
        plausible = amount.unit in ("plain", "money") and written and amount.value < Decimal("1e8")
        if plausible and described and "entry_price" not in out.slots and _priced(amount, symbol, out, vocabulary):
            out.slots["entry_price"] = placed(
                text, items, index, index + 1, price(amount, symbol, vocabulary), "bare price", 1
            )
        elif amount.unit in ("plain", "money", "leverage", "percent"):
            out.bare.append(placed(text, items, index, index + 1, amount.value, amount.unit, 0))
    taken = {(read.start, read.end) for read in out.slots.values()}
    for read in out.bare:
        if (read.start, read.end) not in taken:
            out.unmatched.append(
                Unmatched(text=text.raw[read.start : read.end], start=read.start, end=read.end, kind="amount")
            )


def _sized(index: int, items: Sequence[Item], out: Gathered, text: Text, vocabulary: Vocabulary) -> bool:
    """Whether a bare number is the size, and then puts it there.

    Right behind the side while the entry stands elsewhere ("long 0.5 from 60k"), or far below any price of its coin
    ("long btc 0.4").
    """
    if "size" in out.slots or index == 0:
        return False
    amount, side = items[index].amount, out.slots.get("side")
    assert amount is not None
    behind_side = side is not None and "entry_price" in out.slots and text.place(items[index - 1].end) == side.end
    coin = vocabulary.names.coins.get(str(out.slots["symbol"].value).lower()) if "symbol" in out.slots else None
    tiny = coin is not None and coin.least is not None and amount.value < coin.least / 100
    if not behind_side and not tiny:
        return False
    unit = "quote" if amount.scaled else "base"
    out.slots["size"] = placed(text, items, index, index + 1, amount.value, "bare size", 2)
    out.slots["size_unit"] = placed(text, items, index, index + 1, unit, "bare size", 2)
    return True


def _priced(amount: Amount, symbol: str | None, out: Gathered, vocabulary: Vocabulary) -> bool:
    """Whether a bare amount can be the price of the coin that was named."""
    if (
        "leverage" not in out.slots
        and "leverages" not in out.slots
        and not out.slots.keys() & {"side", "sides", "symbol"}
    ):
        return False
    coin = vocabulary.names.coins.get((symbol or "").lower())
    if coin is None or coin.least is None or coin.most is None:
        return True
    return any(coin.least / 10 <= value <= coin.most for value in (amount.value, amount.grouped) if value is not None)

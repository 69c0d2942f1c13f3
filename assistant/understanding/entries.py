"""Several entries of one position in words: 0.2 btc at 60k and 0.3 at 58k."""

from collections.abc import Sequence
from decimal import Decimal

from assistant.understanding.gathered import Gathered, placed, price
from assistant.understanding.numbers import Amount, Item
from assistant.understanding.text import Text
from assistant.understanding.vocabulary import Vocabulary

_UNITS = {"coins": "base", "contracts": "contracts"}
_FEWER = Decimal(1000)
"""A bare number below this counts coins; the price beside it is larger."""


def of_entries(out: Gathered, text: Text, items: Sequence[Item], vocabulary: Vocabulary) -> frozenset[int]:
    """Puts `entries` as price and size in turn where two or more are joined to one position; the items they took.

    What had claimed those amounts loses them. Entries of two coins or units are no single position: nothing is put.
    """
    run = _run(items, vocabulary)
    if len(run) < 2:
        return frozenset()
    sizes = [_amount(items, size) for size, _ in run]
    units = {_UNITS[amount.unit] for amount in sizes if amount.unit in _UNITS}
    coins = {amount.coin for amount in sizes if amount.coin is not None}
    if len(units) > 1 or len(coins) > 1 or (not coins and "contracts" not in units and "symbol" not in out.slots):
        return frozenset()
    symbol = str(out.slots["symbol"].value) if "symbol" in out.slots else None
    values = tuple(
        value
        for size, at in run
        for value in (price(_amount(items, at), symbol, vocabulary), abs(_amount(items, size).value))
    )
    taken = {index for pair in run for index in pair}
    places = {text.place(items[index].start) for index in taken}
    for slot in [name for name, read in out.slots.items() if read.start in places]:
        del out.slots[slot]
    first, last = run[0][0], run[-1][1] + 1
    unit = min(units, default="base")
    out.slots["entries"] = placed(text, items, first, last, values, "entries")
    out.slots["entries_unit"] = placed(text, items, first, last, unit, "entries")
    return frozenset(taken)


def _amount(items: Sequence[Item], index: int) -> Amount:
    """The amount an item is known to be."""
    amount = items[index].amount
    assert amount is not None
    return amount


def _run(items: Sequence[Item], vocabulary: Vocabulary) -> list[tuple[int, int]]:
    """Item indexes of size and price of every entry of the longest row of them."""
    best: list[tuple[int, int]] = []
    run: list[tuple[int, int]] = []
    at = 0
    while at < len(items):
        pair = _pair(items, at, vocabulary)
        if pair is None:
            at += 1
            continue
        joined = run and _joined(items[run[-1][1] + 1 : at], vocabulary)
        run = [*run, pair] if joined else [pair]
        best = max(best, run, key=len)
        at = pair[1] + 1
    return best


def _joined(between: Sequence[Item], vocabulary: Vocabulary) -> bool:
    """Whether only joints stand between two entries, and at least one."""
    return bool(between) and all(item.text in vocabulary.entry_joints for item in between)


def _pair(items: Sequence[Item], at: int, vocabulary: Vocabulary) -> tuple[int, int] | None:
    """An amount of coins or contracts, the word "at", and a price."""
    size = items[at].amount
    if size is None or size.spelled or size.value <= 0 or size.unit not in ("plain", *_UNITS):
        return None
    if size.unit == "plain" and (size.scaled or size.value >= _FEWER):
        return None
    behind = at + 1
    if behind < len(items) and items[behind].text in vocabulary.names.coins:
        behind += 1
    first = behind
    while behind < len(items) and items[behind].text in vocabulary.entry_places:
        behind += 1
    if behind in (first, len(items)):
        return None
    asked = items[behind].amount
    if asked is None or asked.unit not in ("plain", "money") or asked.value <= size.value:
        return None
    return at, behind

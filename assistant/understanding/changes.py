"""A change of an open position: part of it closed, or more of it bought; amounts behind that word belong to it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from assistant.understanding.gathered import Gathered, placed, price
from assistant.understanding.numbers import Item
from assistant.understanding.phrases import Match
from assistant.understanding.reading import SlotRead
from assistant.understanding.text import Text
from assistant.understanding.vocabulary import Vocabulary

_GROUPS: Mapping[str, tuple[str, frozenset[str]]] = {
    "close_part": ("close_part", frozenset()),
    "take_part": ("close_part", frozenset(("off",))),
    "add_position": ("add_size", frozenset()),
    "some_coins": ("add_size", frozenset(("more", "bigger", "larger"))),
}
"""Groups that name a change, the change they name, and the words one of which has to follow."""
_REACH = 3
"""How many words behind "take 1 eth" may stand before its "off"."""
_SIZES = {"coins": "base", "contracts": "contracts"}
_BEFORE_PRICE = frozenset(("at", "@", "is", "hits", "reaches", "around", "near", "to", "when", "if", "for", "price"))


def of_change(
    out: Gathered,
    free: Sequence[int],
    text: Text,
    items: Sequence[Item],
    matches: Sequence[Match],
    vocabulary: Vocabulary,
    *,
    as_margin: bool,
) -> tuple[int, ...]:
    """Names the change where its words stand with an amount, and gives it the amounts behind them; the amounts left.

    Coins that are added `as_margin` change no size. Slots that had claimed those amounts lose them: 58,000 in "close
    half at 58k" is no entry.
    """
    if _is_funding(out, matches):
        rate = out.slots["funding_rate"]
        out.slots["change"] = SlotRead(
            value="funding", start=rate.start, end=rate.end, cue="change", weight=rate.weight
        )
        return tuple(free)
    named = _named(items, matches)
    if named is None or as_margin:
        return tuple(free)
    kind, match = named
    end = min((one.first for one in matches if one.first > match.first and _of(one, "on_top")), default=len(items))
    behind = [index for index in range(match.first, end) if items[index].amount is not None]
    if not behind and "change_share_pct" not in out.slots:
        return tuple(free)
    out.slots["change"] = placed(text, items, match.first, match.last, kind, "change")
    taken = {text.place(items[index].start) for index in behind}
    side = out.slots.get("side")
    if side is not None and _place(text, items, match.first) <= side.start < _place(text, items, end):
        del out.slots["side"]
    kept = ("change", "change_share_pct", "leverage", "fee_rate", "mark_price")
    for slot in [name for name, read in out.slots.items() if read.start in taken and name not in kept]:
        del out.slots[slot]
    if "size" not in out.slots:
        out.slots.pop("size_unit", None)
    used = {index for index in behind if _given(out, index, text, items, vocabulary)}
    return tuple(index for index in free if index not in used)


def _is_funding(out: Gathered, matches: Sequence[Match]) -> bool:
    """Whether a funding rate is told to see what it does: beside a time, a number of payments, or liquidation."""
    if "funding_rate" not in out.slots:
        return False
    timed = bool(out.slots.keys() & {"horizon_days", "funding_periods"})
    return timed or any(_of(match, "liq") for match in matches)


def _named(items: Sequence[Item], matches: Sequence[Match]) -> tuple[str, Match] | None:
    """The first change whose words were met: "take 1 eth" is one with "off" behind it, "2 eth" with "more"."""
    for match in matches:
        behind = {item.text for item in items[match.last : match.last + _REACH]}
        for group, (kind, needed) in _GROUPS.items():
            if _of(match, group) and (not needed or needed & behind):
                return kind, match
    return None


def _place(text: Text, items: Sequence[Item], index: int) -> int:
    """Where an item begins in what was typed; behind the last one, its end."""
    return text.place(items[index].start) if index < len(items) else text.place(items[-1].end) + 1


def _of(match: Match, group: str) -> bool:
    """Whether a phrase belongs to a group."""
    return any(meaning.kind == "group" and meaning.name == group for meaning in match.meanings)


def _given(out: Gathered, index: int, text: Text, items: Sequence[Item], vocabulary: Vocabulary) -> bool:
    """Whether an amount is the change's share, size or price, which it then is."""
    amount = items[index].amount
    assert amount is not None
    before = items[index - 1].text if index else ""
    slot, value = "", amount.value
    if amount.unit == "percent" and out.slots["change"].value == "close_part":
        slot = "change_share_pct"
    elif amount.unit in _SIZES:
        slot = "change_size"
        unit = _SIZES[amount.unit]
        out.slots.setdefault("change_size_unit", placed(text, items, index, index + 1, unit, "change"))
    elif amount.unit in ("plain", "money") and before in _BEFORE_PRICE:
        symbol = str(out.slots["symbol"].value) if "symbol" in out.slots else None
        slot, value = "change_price", price(amount, symbol, vocabulary)
    elif amount.unit == "money":
        slot = "change_size"
        out.slots.setdefault("change_size_unit", placed(text, items, index, index + 1, "quote", "change"))
    elif amount.unit == "plain" and not amount.spelled and index and amount.value < _FEW:
        slot = "change_size"
        out.slots.setdefault("change_size_unit", placed(text, items, index, index + 1, "base", "change"))
    if not slot or slot in out.slots:
        return False
    out.slots[slot] = placed(text, items, index, index + 1, value, "change")
    return True


_FEW = Decimal(1000)
"""A bare number below this, behind "add" or "close", counts coins and is no price."""

"""Slots while they are being gathered from one message, and how an amount becomes a value with its place."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from assistant.understanding.numbers import Amount, Item
from assistant.understanding.reading import SlotRead, Unmatched
from assistant.understanding.text import Text
from assistant.understanding.vocabulary import Vocabulary
from assistant.values import SlotValue


@dataclass(slots=True)
class Gathered:
    """Slots while they are being gathered."""

    slots: dict[str, SlotRead] = field(default_factory=dict)
    bare: list[SlotRead] = field(default_factory=list)
    unmatched: list[Unmatched] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    notes: set[str] = field(default_factory=set)


def placed(
    text: Text, items: Sequence[Item], first: int, last: int, value: SlotValue, cue: str, weight: int = 10
) -> SlotRead:
    """A slot with its place in what was typed."""
    return SlotRead(
        value=value, start=text.place(items[first].start), end=text.place(items[last - 1].end), cue=cue, weight=weight
    )


def price(amount: Amount, symbol: str | None, vocabulary: Vocabulary) -> Decimal:
    """A price, in the reading of its separator that the coin can have: 69.500 for a bitcoin is 69,500."""
    coin = vocabulary.names.coins.get((symbol or "").lower())
    if amount.grouped is None or coin is None or coin.least is None or coin.most is None:
        return amount.value
    fits = [value for value in (amount.value, amount.grouped) if coin.least <= value <= coin.most]
    return fits[0] if len(fits) == 1 else amount.value

"""Bare amounts read by what was asked: "2,640", "fourteen", "300 usdt"."""

from collections.abc import Mapping
from decimal import Decimal

from assistant.dialogue.conversation import Conversation
from assistant.understanding.reading import Reading, SlotRead
from assistant.understanding.vocabulary import Names
from assistant.values import SlotValue

_MOST_LEVERAGE = Decimal(150)
_WEAK = frozenset(("at", "on", "@", "bare price", "is", "price", "was"))
"""Cues of an entry that a leverage can have too."""
_MONEY = ("collateral", "wallet_balance", "added_margin", "risk_amount", "debt")
_PRICES = ("entry_price", "stop_price", "target_liquidation_price", "mark_price")
_COUNTED = (
    "funding_periods",
    "size",
    "leverage",
    "available_balance",
    "contract_size",
    "initial_margin",
    "maintenance_margin",
)
_VARIED = (
    "entry_price",
    "mark_price",
    "leverage",
    "size",
    "collateral",
    "added_margin",
    "wallet_balance",
    "target_liquidation_price",
    "stop_price",
    "risk_amount",
    "price_move_pct",
)
_LOOSE = frozenset(("with", "at", "on", "bare price"))
_RATES = frozenset(("maintenance_margin_rate", "liquidation_threshold", "fee_rate"))
_NEAR = Decimal(3)
"""How many times larger or smaller a number may be and still vary another."""
_SHORT = 7
"""Words of a follow-up that only varies a number."""
_PERCENT = (
    "price_move_pct",
    "liquidation_threshold",
    "stop_distance_pct",
    "stop_above_liq_pct",
    "risk_pct",
    "maintenance_margin_rate",
)


def claim(
    reading: Reading, conversation: Conversation, found: Mapping[str, SlotValue], names: Names
) -> tuple[dict[str, SlotValue], frozenset[int]]:
    """The slots with bare amounts put where the pending question or the position wants them; and where those stood."""
    slots = dict(found)
    claimed: set[int] = set()
    _bare_leverage(reading, conversation, slots)
    if conversation.pending is None:
        return _varied(reading, conversation, slots)
    _coin_balance(conversation, slots)
    if "change_size" in conversation.pending.missing and "size" in slots:
        slots["change_size"], slots["change_size_unit"] = slots.pop("size"), slots.pop("size_unit", "base")
    open_slots = [slot for slot in conversation.pending.missing if slot not in slots]
    for read in reading.amounts:
        slot = _wanted(read, open_slots, {**conversation.slots, **slots}, names)
        if slot is None or not isinstance(read.value, Decimal):
            continue
        claimed.add(read.start)
        slots[slot] = read.value / 100 if slot == "liquidation_threshold" else read.value
        if slot == "size":
            slots["size_unit"] = "quote" if read.cue == "money" else "base"
        if slot in open_slots:
            open_slots.remove(slot)
    return slots, frozenset(claimed)


def _varied(
    reading: Reading, conversation: Conversation, slots: dict[str, SlotValue]
) -> tuple[dict[str, SlotValue], frozenset[int]]:
    """One bare number in a short follow-up replaces the known number it is nearest to: "actually 3,150"."""
    _chosen(reading, conversation, slots)
    if len(reading.amounts) != 1 or slots or reading.words > _SHORT or conversation.intent is None:
        return slots, frozenset()
    read = reading.amounts[0]
    if not isinstance(read.value, Decimal) or read.value <= 0:
        return slots, frozenset()
    last = max(conversation.turns.values(), default=0)
    recent = [slot for slot in conversation.slots if conversation.turns.get(slot) == last]
    slot = _nearest(read, recent, conversation) or _nearest(read, list(conversation.slots), conversation)
    if slot is None:
        return slots, frozenset()
    known = conversation.slots[slot]
    value = read.value / 100 if slot in _RATES else read.value
    return {slot: -value if isinstance(known, Decimal) and known < 0 else value}, frozenset((read.start,))


def _nearest(read: SlotRead, among: list[str], conversation: Conversation) -> str | None:
    """The one slot a bare number varies: of its kind, and alone within reach."""
    assert isinstance(read.value, Decimal)
    kinds = _PERCENT if read.cue == "percent" else _VARIED if read.cue == "plain" else (*_MONEY, *_PRICES)
    near = []
    for slot in among:
        known = conversation.slots.get(slot)
        if slot not in kinds or not isinstance(known, Decimal) or known == 0:
            continue
        size = abs(known) * (100 if slot in _RATES else 1)
        ratio = max(size / read.value, read.value / size)
        if ratio <= _NEAR:
            near.append((ratio, slot))
    near.sort()
    return near[0][1] if len(near) == 1 or (near and near[1][0] >= near[0][0] * 2) else None


def _chosen(reading: Reading, conversation: Conversation, slots: dict[str, SlotValue]) -> None:
    """Takes "going with 20" as the leverage where 20x was one of those compared."""
    compared = conversation.slots.get("leverages")
    if not isinstance(compared, tuple) or "leverage" in slots:
        return
    bare = [(None, read.value) for read in reading.amounts] + [
        (slot, slots[slot])
        for slot in ("collateral", "entry_price")
        if slot in slots and reading.slots[slot].cue in _LOOSE
    ]
    for slot, value in bare:
        if value in compared:
            if slot is not None:
                del slots[slot]
            slots["leverage"] = value
            return


def _bare_leverage(reading: Reading, conversation: Conversation, slots: dict[str, SlotValue]) -> None:
    """Reads "and at 10?" after an entry of 60,000 as a leverage: no price can have moved that far."""
    read = reading.slots.get("entry_price")
    entry = conversation.slots.get("entry_price")
    if read is None or read.cue not in _WEAK or not isinstance(entry, Decimal) or not isinstance(read.value, Decimal):
        return
    whole = read.value == read.value.to_integral_value() and 1 <= read.value <= _MOST_LEVERAGE
    if whole and "leverage" not in slots and (read.value * 20 < entry or entry * 20 < read.value):
        slots["leverage"] = slots.pop("entry_price")


def _coin_balance(conversation: Conversation, slots: dict[str, SlotValue]) -> None:
    """Reads "0.05 btc" as the balance that was asked for, where the contract settles in the coin and has its size."""
    asked = conversation.pending is not None and "wallet_balance" in conversation.pending.missing
    settles_in_coin = {**conversation.slots, **slots}.get("contract") == "inverse"
    if asked and settles_in_coin and "size" in conversation.slots and slots.get("size_unit") == "base":
        slots.setdefault("wallet_balance", slots.pop("size"))
        del slots["size_unit"]


def _wanted(read: SlotRead, open_slots: list[str], known: Mapping[str, SlotValue], names: Names) -> str | None:
    """The open slot a bare amount answers, or None where two could be meant."""
    value, unit = read.value, read.cue
    if not isinstance(value, Decimal):
        return None
    if unit == "percent":
        return next((slot for slot in open_slots if slot in _PERCENT), None)
    if unit == "money":
        price = next((slot for slot in open_slots if slot in _PRICES), None)
        if price is not None and ("leverage" not in open_slots or value > _MOST_LEVERAGE):
            return price
        return next(
            (slot for slot in open_slots if slot in (*_MONEY, "size", "initial_margin", "maintenance_margin")),
            "collateral" if "leverage" in open_slots else None,
        )
    numeric = [slot for slot in open_slots if slot in (*_PRICES, *_MONEY, *_COUNTED)]
    if unit == "leverage":
        return "leverage" if "leverage" in numeric else None
    if len(numeric) == 1:
        return numeric[0]
    if set(numeric) == {"entry_price", "leverage"}:
        if value > _MOST_LEVERAGE or value != value.to_integral_value():
            return "entry_price"
        coin = names.coins.get(str(known.get("symbol", "")).lower())
        return "leverage" if coin is not None and coin.least is not None and value < coin.least else None
    if "entry_price" in numeric and value > _MOST_LEVERAGE:
        return "entry_price"
    return None

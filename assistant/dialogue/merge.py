"""A reading put on top of what was known: corrections replace, new trades start over, stale slots go."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.dialogue.conversation import Conversation
from assistant.dialogue.day import span
from assistant.dialogue.pasted import uncounted
from assistant.dialogue.pending import claim
from assistant.dialogue.ranges import Ranges
from assistant.dialogue.records import CHANGE, ENTRIES, row
from assistant.understanding.reading import Reading
from assistant.understanding.vocabulary import Names
from assistant.values import Slots, SlotValue

_POSITION = frozenset(("side", "entry_price", "leverage", "size", "collateral"))
_OF_THE_COIN = frozenset(("side", "leverage", "venue", "margin_mode", "contract"))
"""What stays when the talk turns to another coin; prices, sizes and money belong to the old one."""
_SURVIVES_NEW_TRADE = ("symbol", "venue", "margin_mode", "contract")
_BESIDE_A_TABLE = ("venue", "margin_mode", "wallet_balance", "available_balance", "as_of")
"""What stays when a table of positions is pasted."""
_LISTS = {"leverages": "leverage", "venues": "venue", "sides": "side", "margin_modes": "margin_mode"}
_OF_THE_TRADE = frozenset(("stated_liquidation_price", "target_liquidation_price", "stop_price", "price_move_pct"))
"""Prices that meant something only for the side and the entry they were said with."""


_INSTEAD = (
    frozenset(("added_margin", "target_liquidation_price", "price_move_pct")),
    frozenset(("risk_amount", "risk_pct")),
    frozenset(("stop_price", "stop_distance_pct")),
)
"""Slots of which the one said last stands for the others."""
_STOPS = frozenset(
    ("stop_price", "stop_above_liq_pct", "riskpct_of_margin", "target_buffer_pct", "risk_amount", "risk_pct")
)
"""Ways to place a stop, where a stop is talked about."""


_BEHIND = ("collateral", "added_margin", "wallet_balance", "available_balance", "funding_paid")
"""Slots of money in the currency a contract settles in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A value that was said and cannot be."""

    slot: str
    value: SlotValue
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What is known after a message."""

    slots: Slots
    said: frozenset[str]
    """Slots this message filled."""
    refused: tuple[Refused, ...]
    new_trade: bool
    unused: tuple[str, ...]
    """Amounts nothing claimed, as typed."""


def merge(reading: Reading, conversation: Conversation, *, ranges: Ranges, names: Names, today: date) -> Merged:
    """The slots after a message; values out of range are refused and kept out."""
    found = {slot: read.value for slot, read in reading.slots.items() if slot in ranges}
    found, claimed = claim(reading, conversation, found, names)
    if "flip" in reading.groups and "side" not in found and conversation.slots.get("side"):
        found["side"] = "short" if conversation.slots["side"] == "long" else "long"
    _set_against(reading, conversation.slots, found)
    _choose_row(conversation.slots, found)
    if {"pasted", "bare_size"} <= reading.notes or "other_rows" in found:
        venue = found.get("venue", conversation.slots.get("venue"))
        if uncounted(found, venue):
            del found["size"]
        elif "size" in found:
            found.setdefault("size_unit", "base")
    refused = tuple(
        Refused(slot=slot, value=value, reason=reason)
        for slot, value in found.items()
        if (reason := ranges[slot].breach(value)) is not None
    )
    refused = (
        refused
        or _in_dollars(reading, conversation.slots)
        or _in_the_future(found, today)
        or _contradicting(found, {} if "account_type" in found else conversation.slots)
    )
    for refusal in refused:
        found.pop(refusal.slot, None)
    if "size" not in found:
        found.pop("size_unit", None)
    known, new_trade = _kept(reading, conversation, found)
    back = {"as_of"} if "rules_today" in reading.groups and "as_of" in conversation.slots else set()
    said = frozenset(found) | back
    unused = tuple(item.text for item in reading.unmatched if item.kind == "amount" and item.start not in claimed)
    return Merged(slots={**known, **found}, said=said, refused=refused, new_trade=new_trade, unused=unused)


def _set_against(reading: Reading, known: Slots, found: dict[str, SlotValue]) -> None:
    """Makes "compare with 20x" a comparison of the known leverage, venue or side with the one just named."""
    if "against_it" not in reading.groups or found.keys() & _LISTS.keys():
        return
    for plural, single in _LISTS.items():
        before, after = known.get(single), found.get(single)
        if before is not None and after is not None and before != after:
            found[plural] = (before, after)  # type: ignore[assignment]
            del found[single]
            return


def _in_dollars(reading: Reading, known: Slots) -> tuple[Refused, ...]:
    """Money in dollars behind an inverse contract, whose margin is coins: taken as coins it would be a wrong number."""
    if (reading.value("contract") or known.get("contract")) != "inverse":
        return ()
    return tuple(
        Refused(slot=slot, value=reading.slots[slot].value, reason="in_dollars")
        for slot in _BEHIND
        if slot in reading.slots and reading.slots[slot].in_money
    )


def _choose_row(known: Slots, found: dict[str, SlotValue]) -> None:
    """The row of a pasted table whose coin was named, alone, where it is one; what is said beside it comes first."""
    rows = found.get("rows", known.get("rows"))
    if not isinstance(rows, tuple) or "symbol" not in found:
        return
    fits = [
        text
        for text in rows
        if isinstance(text, str) and all(found.get(slot, value) == value for slot, value in _named(text).items())
    ]
    if len(fits) != 1:
        return
    changed = any(slot in found and found[slot] != value for slot, value in row(fits[0]).items())
    for slot, value in row(fits[0]).items():
        if not (changed and slot == "stated_liquidation_price"):
            found.setdefault(slot, value)
    found["other_rows"] = tuple(text for text in rows if isinstance(text, str) and text != fits[0])
    found.pop("rows", None)


def _named(text: str) -> Slots:
    """What a row of a table is called by: its coin and side."""
    told = row(text)
    return {slot: told[slot] for slot in ("symbol", "side") if slot in told}


def _in_the_future(found: Mapping[str, SlotValue], today: date) -> tuple[Refused, ...]:
    """A day that has not come yet: nobody knows its rules."""
    days = span(str(found["as_of"])) if "as_of" in found else None
    if days is None or days[0] <= today:
        return ()
    return (Refused(slot="as_of", value=days[0].isoformat(), reason="in_the_future"),)


def _contradicting(found: Mapping[str, SlotValue], known: Slots) -> tuple[Refused, ...]:
    """A maintenance rate of 1/leverage or more: such a position is liquidated the moment it opens."""
    rate = found.get("maintenance_margin_rate")
    leverage = found.get("leverage", known.get("leverage"))
    if isinstance(rate, Decimal) and isinstance(leverage, Decimal) and rate * leverage >= 1:
        return (Refused(slot="maintenance_margin_rate", value=rate, reason="rate_above_margin"),)
    return ()


def _kept(
    reading: Reading, conversation: Conversation, found: Mapping[str, SlotValue]
) -> tuple[dict[str, SlotValue], bool]:
    """What stays of earlier messages beside what this one says, and whether a new trade began."""
    groups, known = reading.groups, conversation.slots
    if conversation.pending is None or found.keys() & _POSITION:
        known = {slot: value for slot, value in known.items() if slot not in CHANGE}
    known = _without_replaced(groups, known, found)
    if "other_rows" in found and "rows" in known and "rows" not in reading.slots:
        return {slot: value for slot, value in known.items() if slot != "rows"}, False
    if "pasted" in reading.notes:
        return {slot: known[slot] for slot in _BESIDE_A_TABLE if slot in known}, True
    if "reset" in groups and (found.keys() & _POSITION or not found):
        return {}, True
    if _is_other_account(known, found):
        return {}, True
    if _is_new_trade(groups, known, found):
        kept = {slot: known[slot] for slot in _SURVIVES_NEW_TRADE if slot in known and _near(known, found)}
        return {slot: value for slot, value in kept.items() if slot != "symbol" or "symbol" not in found}, True
    if "symbol" in found and known.get("symbol") not in (None, found["symbol"]):
        return {slot: value for slot, value in known.items() if slot in _OF_THE_COIN}, False
    stale = {name for name, single in _LISTS.items() if single in found}
    changed = {slot for slot in found.keys() & _POSITION if known.get(slot) != found[slot]}
    if changed:
        stale.add("stated_liquidation_price")
    if changed & {"side", "entry_price"} and changed & known.keys():
        stale |= _OF_THE_TRADE
    if "leverage" in found and "size" in known and "collateral" in known:
        stale.add("collateral")
    if "size" in found and "leverage" in known and "collateral" in known:
        stale.add("collateral")
    for group in (*_INSTEAD, *((_STOPS,) if conversation.intent == "stop_loss" else ())):
        if group & found.keys():
            stale |= group
    if found.get("margin_mode") == "cross":
        stale |= {"collateral", "added_margin"}
    return {slot: value for slot, value in known.items() if slot not in stale}, False


def _without_replaced(groups: frozenset[str], known: Slots, found: Mapping[str, SlotValue]) -> Slots:
    """What was known without the day that gives way to today, and one of entries and a single entry for the other."""
    gone = {"as_of"} if "rules_today" in groups else set()
    if "entries" in found:
        gone |= {"entry_price", "size", "size_unit"}
    elif found.keys() & {"entry_price", "size"}:
        gone |= set(ENTRIES)
    return {slot: value for slot, value in known.items() if slot not in gone}


def _is_other_account(known: Slots, found: Mapping[str, SlotValue]) -> bool:
    """Whether the talk turns to or from a loan, shares on margin or listed futures, or between them."""
    before, now = known.get("account_type"), found.get("account_type")
    if now is not None:
        return bool(known) and now != before
    return before is not None and bool(found.keys() & {"leverage", "leverages"})


def _is_new_trade(groups: frozenset[str], known: Slots, found: Mapping[str, SlotValue]) -> bool:
    """Whether a message describes a whole position by itself, and not as a variation of the last one."""
    whole = ({"side", "entry_price"} <= found.keys() or {"side", "entries"} <= found.keys()) and bool(
        found.keys() & {"leverage", "collateral", "size", "leverages", "entries"}
    )
    return bool(known) and whole and not groups & {"same", "correction"}


def _near(known: Slots, found: Mapping[str, SlotValue]) -> bool:
    """Whether two entries can be prices of the same coin."""
    before, after = known.get("entry_price"), found.get("entry_price")
    if not isinstance(before, Decimal) or not isinstance(after, Decimal):
        return before is None
    return before / 3 <= after <= before * 3

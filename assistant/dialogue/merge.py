"""A reading put on top of what was known: corrections replace, new trades start over, stale slots go."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from assistant.dialogue.change import CHANGE
from assistant.dialogue.conversation import Conversation
from assistant.dialogue.pending import claim
from assistant.dialogue.ranges import Ranges
from assistant.understanding.reading import Reading
from assistant.understanding.vocabulary import Names
from assistant.values import Slots, SlotValue

_POSITION = frozenset(("side", "entry_price", "leverage", "size", "collateral"))
_OF_THE_COIN = frozenset(("side", "leverage", "venue", "margin_mode", "contract"))
"""What stays when the talk turns to another coin; prices, sizes and money belong to the old one."""
_SURVIVES_NEW_TRADE = ("symbol", "venue", "margin_mode", "contract")
_LISTS = {"leverages": "leverage", "venues": "venue", "sides": "side", "margin_modes": "margin_mode"}
_OF_THE_TRADE = frozenset(("stated_liquidation_price", "target_liquidation_price", "stop_price", "price_move_pct"))
"""Prices that meant something only for the side and the entry they were said with."""


_INSTEAD = (
    frozenset(("added_margin", "target_liquidation_price")),
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


def merge(reading: Reading, conversation: Conversation, *, ranges: Ranges, names: Names) -> Merged:
    """The slots after a message; values out of range are refused and kept out."""
    found = {slot: read.value for slot, read in reading.slots.items() if slot in ranges}
    found, claimed = claim(reading, conversation, found, names)
    if "flip" in reading.groups and "side" not in found and conversation.slots.get("side"):
        found["side"] = "short" if conversation.slots["side"] == "long" else "long"
    _set_against(reading, conversation.slots, found)
    refused = tuple(
        Refused(slot=slot, value=value, reason=reason)
        for slot, value in found.items()
        if (reason := ranges[slot].breach(value)) is not None
    )
    refused = refused or _in_dollars(reading, conversation.slots)
    refused = refused or _contradicting(found, {} if "account_type" in found else conversation.slots)
    for refusal in refused:
        found.pop(refusal.slot, None)
    if "size" not in found:
        found.pop("size_unit", None)
    known, new_trade = _kept(reading, conversation, found)
    unused = tuple(item.text for item in reading.unmatched if item.kind == "amount" and item.start not in claimed)
    return Merged(slots={**known, **found}, said=frozenset(found), refused=refused, new_trade=new_trade, unused=unused)


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


def _is_other_account(known: Slots, found: Mapping[str, SlotValue]) -> bool:
    """Whether the talk turns to or from a loan, shares on margin or listed futures, or between them."""
    before, now = known.get("account_type"), found.get("account_type")
    if now is not None:
        return bool(known) and now != before
    return before is not None and bool(found.keys() & {"leverage", "leverages"})


def _is_new_trade(groups: frozenset[str], known: Slots, found: Mapping[str, SlotValue]) -> bool:
    """Whether a message describes a whole position by itself, and not as a variation of the last one."""
    whole = {"side", "entry_price"} <= found.keys() and bool(
        found.keys() & {"leverage", "collateral", "size", "leverages"}
    )
    return bool(known) and whole and not groups & {"same", "correction"}


def _near(known: Slots, found: Mapping[str, SlotValue]) -> bool:
    """Whether two entries can be prices of the same coin."""
    before, after = known.get("entry_price"), found.get("entry_price")
    if not isinstance(before, Decimal) or not isinstance(after, Decimal):
        return before is None
    return before / 3 <= after <= before * 3

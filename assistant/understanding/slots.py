"""Amounts and names gathered into slots, each with its place in the message."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.understanding.accounts import of_account
from assistant.understanding.bare import place_bare
from assistant.understanding.changes import of_change
from assistant.understanding.claims import Claim
from assistant.understanding.dates import Named, of_day
from assistant.understanding.entities import Entity
from assistant.understanding.entries import of_entries
from assistant.understanding.gathered import Gathered, placed, price
from assistant.understanding.numbers import Amount, Item
from assistant.understanding.phrases import Match
from assistant.understanding.reading import SlotRead, Unmatched
from assistant.understanding.roles import assign, leverage_list, sign_of_move
from assistant.understanding.text import Text
from assistant.understanding.vocabulary import Role, Vocabulary

SINKS = frozenset(("observed_price", "lost_amount", "coins_as_margin"))
"""Roles whose amounts are told but are no part of a position."""
RENAMED = {
    "removed_margin": "added_margin",
    "funding_received": "funding_paid",
    "maintenance_share": "maintenance_margin_rate",
    "pledged": "collateral",
}
"""Roles that fill a slot of another name."""
_RATES = frozenset(
    ("maintenance_margin_rate", "fee_rate", "funding_rate", "annual_volatility", "liquidation_threshold", "annual_rate")
)
_SHARES = frozenset(("initial_margin_rate", "maintenance_share"))
"""Rates of share accounts: above 1 they are percent, with or without the sign."""
_PRICES = frozenset(("entry_price", "mark_price", "stop_price", "target_liquidation_price", "stated_liquidation_price"))
_MONEY = frozenset(("collateral", "pledged", "wallet_balance", "available_balance"))


def gather(
    text: Text,
    items: Sequence[Item],
    matches: Sequence[Match],
    entities: Sequence[Entity],
    groups: frozenset[str],
    vocabulary: Vocabulary,
    *,
    dates: Sequence[Named] = (),
) -> Gathered:
    """Every slot one message fills, the amounts nobody claimed, and the slots it contradicts itself in."""
    out = Gathered()
    claims, free = assign(items, matches, entities, vocabulary, groups)
    _names(out, text, items, entities, groups)
    _unknown_venue(out, text, items, vocabulary)
    symbol = out.slots.get("symbol")
    for slot, claim in claims.items():
        if slot not in SINKS:
            _claimed(out, slot, claim, text, items, vocabulary, None if symbol is None else str(symbol.value))
    _fixed(out, text, items, matches)
    _moves(out, claims, matches, items)
    _lists(out, text, items, groups)
    _wanted_price(out, groups)
    free = of_account(out, free, text, items, matches, vocabulary)
    entered = of_entries(out, text, items, vocabulary)
    free = tuple(index for index in free if index not in entered)
    if not entered:
        free = of_change(out, free, text, items, matches, vocabulary, as_margin="coins_as_margin" in claims)
    place_bare(out, free, text, items, vocabulary)
    of_day(out, dates, text, items, matches, groups)
    return out


def _names(
    out: Gathered, text: Text, items: Sequence[Item], entities: Sequence[Entity], groups: frozenset[str]
) -> None:
    """Side, symbol, venue, mode and contract, or the lists of them a comparison names."""
    for kind, slot, plural in (
        ("side", "side", "sides"),
        ("venue", "venue", "venues"),
        ("mode", "margin_mode", "margin_modes"),
    ):
        found = [entity for entity in entities if entity.kind == kind]
        if kind == "side" and any(entity.strong for entity in found):
            found = [entity for entity in found if entity.strong]
        elif kind == "side" and not any(item.amount is not None for item in items):
            found = []
        if kind == "side" and not any(entity.strong for entity in found):
            found = found[:1]
        values = tuple(dict.fromkeys(entity.value for entity in found))
        if len(values) == 1 or (values and "correction" in groups and "compare" not in groups):
            chosen = found[-1]
            out.slots[slot] = placed(text, items, chosen.first, chosen.last, chosen.value, kind)
        elif values and ("compare" in groups or kind != "side"):
            out.slots[plural] = placed(text, items, found[0].first, found[-1].last, values, kind)
        elif values and "hedge" not in groups:
            out.conflicts.append(slot)
    contract = next((entity for entity in entities if entity.kind == "contract"), None)
    if contract is not None:
        out.slots["contract"] = placed(text, items, contract.first, contract.last, contract.value, "contract")
    for entity in (entity for entity in entities if entity.kind == "symbol"):
        if _as_collateral(entity, items):
            out.slots["collateral_currency"] = placed(
                text, items, entity.first, entity.last, entity.value, "collateral"
            )
        else:
            known = out.slots.get("symbol")
            if known is None or (entity.strong and known.weight < 10):
                weight = 10 if entity.strong else 5
                out.slots["symbol"] = placed(text, items, entity.first, entity.last, entity.value, "symbol", weight)
    for index, item in enumerate(items):
        if (
            item.text in ("usdt", "usdc", "stablecoin")
            and index + 1 < len(items)
            and items[index + 1].text == "collateral"
        ):
            out.slots["collateral_currency"] = placed(text, items, index, index + 1, item.text.upper(), "collateral")


def _unknown_venue(out: Gathered, text: Text, items: Sequence[Item], vocabulary: Vocabulary) -> None:
    """The word after "on" that nobody knows, where no venue was named: kept so that it can be named back."""
    if out.slots.keys() & {"venue", "venues"}:
        return
    for index, item in enumerate(items[:-1]):
        name = items[index + 1]
        ends = index + 2 >= len(items) or not items[index + 2].text.isalpha()
        if item.text not in vocabulary.venue_words or not name.text.isalpha() or len(name.text) < 3 or not ends:
            continue
        if not vocabulary.knows(name.text):
            start, end = text.place(name.start), text.place(name.end)
            out.unmatched.append(Unmatched(text=text.raw[start:end], start=start, end=end, kind="venue"))


def _as_collateral(entity: Entity, items: Sequence[Item]) -> bool:
    """Whether a coin is named as the collateral, not as what is traded."""
    after = [item.text for item in items[entity.last : entity.last + 2]]
    return after[:1] == ["collateral"] or after == ["as", "collateral"] or after == ["as", "margin"]


def _claimed(
    out: Gathered,
    slot: str,
    claim: Claim,
    text: Text,
    items: Sequence[Item],
    vocabulary: Vocabulary,
    symbol: str | None,
) -> None:
    """One amount put into the slot that claimed it, in the slot's own unit."""
    amount = items[claim.index].amount
    assert amount is not None
    value = amount.value
    if slot in _RATES and (amount.unit == "percent" or value >= Decimal("0.05")):
        value = value / 100
    elif slot in _PRICES:
        value = price(amount, symbol, vocabulary)
    elif slot in _SHARES and (amount.unit == "percent" or value > 1):
        value = value / 100
    elif slot in ("removed_margin", "funding_received"):
        value = -abs(value)
    elif slot == "depth_bps":
        value = value * 100
    if slot == "size":
        unit = {"coins": "base", "contracts": "contracts", "money": "quote"}.get(amount.unit)
        if unit is None:
            unit = _counted(claim.cue, amount, vocabulary.roles["size"])
        out.slots["size_unit"] = placed(text, items, claim.index, claim.index + 1, unit, claim.cue, claim.weight)
    currency = "collateral_currency" if slot in _MONEY else "debt_currency" if slot == "debt" else None
    if amount.coin is not None and currency is not None:
        out.slots[currency] = placed(text, items, claim.index, claim.index + 1, amount.coin, claim.cue)
    slot = RENAMED.get(slot, slot)
    read = placed(text, items, claim.index, claim.index + 1, value, claim.cue, claim.weight)
    out.slots[slot] = replace(read, in_money=amount.unit == "money")


def _counted(cue: str, amount: Amount, role: Role) -> str:
    """What a bare size counts, from the words that made it one."""
    if cue in role.base_cues:
        return "base"
    if cue.split()[-1] in role.contract_cues:
        return "contracts"
    return "quote" if cue in role.quote_cues or amount.scaled else "base"


def _fixed(out: Gathered, text: Text, items: Sequence[Item], matches: Sequence[Match]) -> None:
    """Phrases that are amounts themselves: "half my margin", "this week"."""
    for match in matches:
        for meaning in match.meanings:
            if meaning.kind == "amount":
                slot, _, value = meaning.name.partition("=")
                if slot not in out.slots:
                    out.slots[slot] = placed(text, items, match.first, match.last, Decimal(value), "phrase")


def _moves(out: Gathered, claims: Mapping[str, Claim], matches: Sequence[Match], items: Sequence[Item]) -> None:
    """The sign of a stated move, from the words at it: a fall is negative."""
    read = out.slots.get("price_move_pct")
    if read is None or not isinstance(read.value, Decimal):
        return
    words: dict[str, frozenset[str]] = {}
    for name in ("down", "up"):
        words[name] = frozenset(
            " ".join(item.text for item in items[match.first : match.last])
            for match in matches
            if any(meaning.kind == "group" and meaning.name == name for meaning in match.meanings)
        )
    sign = sign_of_move(claims["price_move_pct"].cue, words)
    if sign == 0:
        sign = -1 if words["down"] and not words["up"] else 1 if words["up"] and not words["down"] else 0
    if sign:
        value = abs(read.value) * sign
        out.slots["price_move_pct"] = SlotRead(
            value=value, start=read.start, end=read.end, cue=read.cue, weight=read.weight
        )


def _lists(out: Gathered, text: Text, items: Sequence[Item], groups: frozenset[str]) -> None:
    """Several leverages joined to a list become `leverages`; one corrected by another stays one."""
    values = leverage_list(items)
    if not values:
        return
    places = [index for index, item in enumerate(items) if item.amount is not None and item.amount.value in values]
    if "correction" in groups and "compare" not in groups:
        out.slots["leverage"] = placed(text, items, places[-1], places[-1] + 1, values[-1], "correction")
        return
    out.slots.pop("leverage", None)
    for slot in [name for name, read in out.slots.items() if read.value in values and name != "leverages"]:
        out.slots.pop(slot)
    out.slots["leverages"] = placed(text, items, places[0], places[-1] + 1, values, "list")


def _wanted_price(out: Gathered, groups: frozenset[str]) -> None:
    """A liquidation price named while asking how to get there is the wanted one, unless it was said to be the case."""
    read = out.slots.get("stated_liquidation_price")
    asking = "max_leverage" in groups or (
        {"how_much"} <= groups and groups & {"add", "margin_ask", "move_liq", "survive"}
    )
    if read is None or not asking or out.slots.keys() & {"target_liquidation_price", "added_margin"}:
        return
    if not {"is", "shows", "says", "was", "reads"} & set(read.cue.split()):
        out.slots["target_liquidation_price"] = out.slots.pop("stated_liquidation_price")

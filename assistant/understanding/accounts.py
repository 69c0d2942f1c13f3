"""Loans, shares on margin and listed futures: which of them a message speaks of, and amounts only they have."""

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.understanding.gathered import Gathered, placed
from assistant.understanding.numbers import Item
from assistant.understanding.phrases import Match
from assistant.understanding.text import Text
from assistant.understanding.vocabulary import Vocabulary
from assistant.values import AccountType

_GROUPS = {"listed_futures": AccountType.FUTURES, "stocks": AccountType.STOCK, "loan": AccountType.LOAN}
"""Groups that name an account, the most particular first: shares are bought with a loan too."""
_OF_A_LOAN = frozenset(("debt", "liquidation_threshold", "health_factor", "target_health_factor"))
_OF_A_TRADE = frozenset(("leverage", "leverages", "side", "sides"))
_PAIR = re.compile(r"(\d+(?:\.\d+)?)/(\d+(?:\.\d+)?)")


def of_account(
    out: Gathered,
    free: Sequence[int],
    text: Text,
    items: Sequence[Item],
    matches: Sequence[Match],
    vocabulary: Vocabulary,
) -> tuple[int, ...]:
    """Names the account where the message has numbers of one, and reads what is only said there; the amounts left."""
    named = _named(out, items, matches)
    if named is None:
        return tuple(free)
    account, match = named
    out.slots["account_type"] = placed(text, items, match.first, match.last, account.value, "account")
    if account is AccountType.STOCK:
        _rates(out, text, items)
    if account is AccountType.LOAN:
        _lender(out, text, items, vocabulary)
    if account is AccountType.LOAN and out.slots.keys().isdisjoint(("liquidation_threshold", "health_factor")):
        percents = [index for index in free if items[index].text == "#%"]
        if len(percents) == 1:
            index = percents[0]
            amount = items[index].amount
            assert amount is not None  # free
            out.slots["liquidation_threshold"] = placed(
                text, items, index, index + 1, amount.value / 100, "percent of a loan", 1
            )
            return tuple(one for one in free if one != index)
    return tuple(free)


def _named(out: Gathered, items: Sequence[Item], matches: Sequence[Match]) -> tuple[AccountType, Match] | None:
    """The account whose words were met, where there are numbers; a loan where one of its own amounts was read."""
    if not any(item.amount is not None for item in items):
        return None
    loan = bool(out.slots.keys() & _OF_A_LOAN) or ("collateral" in out.slots and not out.slots.keys() & _OF_A_TRADE)
    for group, account in _GROUPS.items():
        for match in matches:
            met = any(meaning.kind == "group" and meaning.name == group for meaning in match.meanings)
            if met and (account is not AccountType.LOAN or loan):
                return account, match
    return None


def _lender(out: Gathered, text: Text, items: Sequence[Item], vocabulary: Vocabulary) -> None:
    """A lender that is called like a coin: "on aave" is a place, and no collateral."""
    lenders = set(vocabulary.names.venues.values())
    for index, item in enumerate(items):
        if index and item.text in lenders and items[index - 1].text in vocabulary.venue_words:
            out.slots.setdefault("venue", placed(text, items, index, index + 1, item.text, "venue"))
            symbol = out.slots.get("symbol")
            if symbol is not None and symbol.value == item.text.upper():
                del out.slots["symbol"]


def _rates(out: Gathered, text: Text, items: Sequence[Item]) -> None:
    """Initial and maintenance requirement written as a pair: 50/25."""
    for index, item in enumerate(items):
        found = _PAIR.fullmatch(item.text) if item.amount is None else None
        if found is None:
            continue
        initial, maintenance = (Decimal(part) for part in found.groups())
        if 0 < maintenance <= initial <= 100:
            for slot, value in (("initial_margin_rate", initial), ("maintenance_margin_rate", maintenance)):
                out.slots.setdefault(slot, placed(text, items, index, index + 1, value / 100, "pair"))

"""Coins, sides, venues, modes and contract types named in a message."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.understanding.numbers import Item
from assistant.understanding.phrases import Match
from assistant.understanding.text import Text
from assistant.understanding.vocabulary import Coin, Vocabulary

_QUOTES = ("usdtperp", "usdt", "usdc", "busd", "usd", "perp")


@dataclass(frozen=True, slots=True)
class Entity:
    """Something named: what it is and the items it covers."""

    kind: str
    """side | symbol | venue | mode | contract"""
    value: str
    first: int
    last: int
    strong: bool = True


def find_entities(
    text: Text, items: Sequence[Item], matches: Sequence[Match], vocabulary: Vocabulary
) -> tuple[Entity, ...]:
    """Every entity in order of appearance; a coin whose name is an ordinary word needs its context.

    A contract counts inside a venue's name as well: "binance coinm" is both.
    """
    covered: set[int] = set()
    found: list[Entity] = []
    for match in matches:
        for meaning in match.meanings:
            free = match.first not in covered or meaning.kind == "contract"
            if meaning.kind in ("side", "mode", "contract", "venue", "symbol") and free:
                words = " ".join(item.text for item in items[match.first : match.last])
                strong = meaning.kind != "side" or words not in vocabulary.weak_sides
                found.append(Entity(meaning.kind, meaning.name, match.first, match.last, strong))
        if any(meaning.kind in ("venue", "symbol") for meaning in match.meanings):
            covered.update(range(match.first, match.last))
    found += _letters(items, found, vocabulary)
    sides = {index for entity in found if entity.kind == "side" for index in range(entity.first, entity.last)}
    shouting = text.raw.isupper()
    for index, item in enumerate(items):
        if index not in covered and item.amount is None:
            coin, pair = _coin(item.text, vocabulary)
            if coin is not None and (pair or _meant(coin, index, items, sides, text, shouting)):
                found.append(Entity("symbol", coin.symbol, index, index + 1, strong=pair or not coin.word))
    return tuple(sorted(found, key=lambda entity: (entity.first, entity.kind)))


def _letters(items: Sequence[Item], found: Sequence[Entity], vocabulary: Vocabulary) -> list[Entity]:
    """L and S as sides, where none is named and an amount or a coin stands right beside the letter."""
    if any(entity.kind == "side" for entity in found):
        return []
    letters = []
    for index, item in enumerate(items):
        side = vocabulary.side_letters.get(item.text)
        beside = [items[place] for place in (index - 1, index + 1) if 0 <= place < len(items)]
        if side is not None and any(
            near.amount is not None or near.text in (",", "|") or _coin(near.text, vocabulary)[0] is not None
            for near in beside
        ):
            letters.append(Entity("side", side, index, index + 1))
    return letters[:1]


def _coin(word: str, vocabulary: Vocabulary) -> tuple[Coin | None, bool]:
    """The coin a word names, and whether it stood in a pair such as ethusdt."""
    coins = vocabulary.names.coins
    if word in coins:
        return coins[word], False
    for quote in _QUOTES:
        if word.endswith(quote) and word[: -len(quote)] in coins:
            return coins[word[: -len(quote)]], True
    return None, False


def _meant(coin: Coin, index: int, items: Sequence[Item], sides: set[int], text: Text, shouting: bool) -> bool:
    """Whether an ordinary word stands for the coin here."""
    if not coin.word:
        return True
    item = items[index]
    before = items[index - 1] if index else None
    after = items[index + 1] if index + 1 < len(items) else None
    if before is not None and before.text == "$":
        return True
    if len(item.text) == 1 or (shouting and coin.word == "strict"):
        return False
    if after is not None and (
        after.text in _QUOTES or (after.text == "/" and index + 2 < len(items) and items[index + 2].text in _QUOTES)
    ):
        return True
    behind = before is not None and (
        index - 1 in sides or (before.amount is not None and before.amount.unit in ("leverage", "plain", "coins"))
    )
    capital = text.raw[text.place(item.start) : text.place(item.end)].isupper() and not shouting and len(item.text) > 1
    ahead = after is not None and (index + 1 in sides or after.amount is not None)
    if coin.word == "strict" and index + 1 in sides and (before is None or before.text in ("a", "an", "my", ".", ",")):
        return True
    if behind and coin.least is not None and coin.most is not None and after is not None and after.amount is not None:
        return coin.least <= after.amount.value <= coin.most
    if coin.word == "strict":
        return (behind and not (after is not None and after.amount is not None and not capital)) or (capital and ahead)
    return behind or capital or ahead

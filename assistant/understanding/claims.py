"""What every slot claims of an amount: its unit, the words before and behind it, and the order they stand in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.understanding.entities import Entity
from assistant.understanding.numbers import Amount, Item
from assistant.understanding.phrases import Match, Meaning
from assistant.understanding.vocabulary import Role, Vocabulary

_REACH = 6
"""Items a cue may stand away from its amount."""
_LEAST = 2
"""A cue weaker than this after its distance is no cue."""
_BY_UNIT = {"leverage": ("leverage", 10), "coins": ("size", 5), "contracts": ("size", 8), "days": ("horizon_days", 6)}
_MONEY = frozenset(("collateral", "pledged", "wallet_balance", "debt"))
_SMALL = frozenset(
    ["of", "is", "the", "a", "an", "about", "around", "at", ":", "=", "@", "was", "my", "~", "approx", "just", "only"]
)
_STOPS = frozenset((".", "?", "!", "|", ";", "\n"))


@dataclass(frozen=True, slots=True)
class Claim:
    """One slot's claim on one amount."""

    slot: str
    index: int
    weight: int
    cue: str


@dataclass(frozen=True, slots=True)
class Scene:
    """A message laid out for claims: phrases by where they end and begin, entities by where they begin."""

    items: Sequence[Item]
    entities: Sequence[Entity]
    vocabulary: Vocabulary
    groups: frozenset[str]
    ending: Mapping[int, Sequence[Match]]
    starting: Mapping[int, Sequence[Match]]
    named: Mapping[int, str]


def scene(
    items: Sequence[Item],
    matches: Sequence[Match],
    entities: Sequence[Entity],
    vocabulary: Vocabulary,
    groups: frozenset[str],
) -> Scene:
    """The scene of one message; only phrases that are cues are laid out."""
    ending: dict[int, list[Match]] = {}
    starting: dict[int, list[Match]] = {}
    for match in matches:
        if any(meaning.kind in ("before", "after") for meaning in match.meanings):
            ending.setdefault(match.last, []).append(match)
            starting.setdefault(match.first, []).append(match)
    named = {entity.first: entity.kind for entity in entities}
    return Scene(items, entities, vocabulary, groups, ending, starting, named)


def claims(index: int, here: Scene) -> Iterator[Claim]:
    """Every slot that may claim one amount, with its weight."""
    amount = here.items[index].amount
    assert amount is not None
    by_unit = _BY_UNIT.get(amount.unit)
    if by_unit is not None:
        coin = here.vocabulary.names.coins.get((amount.coin or "").lower())
        rich = coin is not None and coin.least is not None and amount.value >= coin.least
        yield Claim(by_unit[0], index, by_unit[1] - (2 if rich else 0), amount.unit)
    if amount.plus and amount.unit in ("money", "plain"):
        yield Claim("added_margin", index, 13, "+")
    yield from _by_structure(index, here)
    for step in range(_REACH):
        for match in here.ending.get(index - step, ()):
            yield from _by_cue(index, amount, match, "before", here)
        for match in here.starting.get(index + 1 + step, ()):
            yield from _by_cue(index, amount, match, "after", here)


def _by_cue(index: int, amount: Amount, match: Match, kind: str, here: Scene) -> Iterator[Claim]:
    """The claims of one phrase before or behind an amount."""
    between = here.items[match.last : index] if kind == "before" else here.items[index + 1 : match.first]
    cost = _cost(between, kind)
    for meaning in match.meanings:
        if meaning.kind != kind or not _fits(amount, here.vocabulary.roles[meaning.name], here.groups):
            continue
        weight = meaning.weight - cost - _doubt(index, amount, match, meaning, here)
        if weight >= _LEAST:
            yield Claim(
                meaning.name, index, weight, " ".join(item.text for item in here.items[match.first : match.last])
            )


def _doubt(index: int, amount: Amount, match: Match, meaning: Meaning, here: Scene) -> int:
    """How far a cue rather belongs to something else."""
    if amount.unit == "coins" and meaning.name in _MONEY and meaning.weight < 8:
        return meaning.weight
    owner = _owner(match, here)
    doubt = 3 if amount.spelled else 0
    if meaning.kind == "after":
        if _asks_size(match, here):
            return meaning.weight
        return doubt + (9 if owner == "next" else 0)
    if owner == "previous":
        doubt += 6
    if meaning.name in ("stated_liquidation_price", "collateral", "added_margin", "mark_price") or (
        meaning.name == "leverage" and amount.unit == "plain"
    ):
        doubt += 4 * sum(1 for place in range(match.last, index) if place in here.named)
    return doubt


def _owner(match: Match, here: Scene) -> str | None:
    """Whether a cue with amounts right before and behind it speaks of the "previous" or the "next" one.

    "1% risk on a 20k account": previous. "at 2,233 margin=350": next. Where both could be, a cue right before the
    previous amount leaves this one to the next, and a cue right behind the next amount leaves it to the previous.
    """
    items, first, last = here.items, match.first - 1, match.last
    if last < len(items) and items[last].text in (":", "=", "is", "of"):
        last += 1
    previous = first >= 0 and _may(match, first, "after", here)
    following = last < len(items) and _may(match, last, "before", here)
    if not previous or not following:
        return "previous" if previous else "next" if following else None
    if any(_may(other, first, "before", here) for other in here.ending.get(first, ())):
        return "next"
    closed = any(
        _may(other, last, "after", here)
        and not _asks_size(other, here)
        and not (other.last < len(items) and _may(other, other.last, "before", here))
        for other in here.starting.get(last + 1, ())
    )
    return "previous" if closed else "next"


def _asks_size(match: Match, here: Scene) -> bool:
    """Whether the word is the question itself: "stop 61,800, size?"."""
    ends = match.last >= len(here.items) or here.items[match.last].text == "?"
    return ends and here.items[match.last - 1].text == "size"


def _may(match: Match, index: int, kind: str, here: Scene) -> bool:
    """Whether a cue of this kind could claim the amount at a place."""
    amount = here.items[index].amount
    return amount is not None and any(
        meaning.kind == kind and _fits(amount, here.vocabulary.roles[meaning.name], here.groups)
        for meaning in match.meanings
    )


def _by_structure(index: int, here: Scene) -> Iterator[Claim]:
    """What order alone says: money before a coin is the worth of a position, money at a leverage is its margin."""
    items, named = here.items, here.named
    amount = items[index].amount
    if amount is None or not (amount.unit == "money" or (amount.unit == "plain" and amount.scaled)):
        return
    after = index + 1
    linked = after < len(items) and items[after].text in ("of", "in", "worth")
    follower = named.get(after + 1 if linked else after)
    if amount.unit == "plain" and not (linked and follower == "symbol"):
        return
    if follower == "symbol":
        yield Claim("size", index, 6 if linked else 4, "value of a coin")
    elif follower == "side" and named.get(index - 1) != "symbol":
        yield Claim("size", index, 3, "value of a side")
    elif after + 1 < len(items) and items[after].text in ("at", "on", "@", "with") and items[after + 1].text == "#x":
        held = named.get(index - 1) in ("side", "symbol")
        yield Claim("size" if held else "collateral", index, 4, "money at a leverage")


def _fits(amount: Amount, role: Role, groups: frozenset[str]) -> bool:
    """Whether an amount of this unit can fill a role at all."""
    if amount.unit not in role.units or (role.needs and not role.needs & groups):
        return False
    return not (amount.unit == "plain" and role.max_plain is not None and abs(amount.value) > role.max_plain)


def _cost(between: Sequence[Item], kind: str) -> int:
    """How much the items between a cue and its amount weaken it."""
    cost = 0
    for item in between:
        if item.amount is not None:
            cost += 9
        elif item.text == ",":
            cost += 4
        elif item.text in _STOPS:
            cost += 9
        elif item.text not in _SMALL:
            cost += 1 if kind == "before" else 3
        elif kind == "after":
            cost += 1
    return cost

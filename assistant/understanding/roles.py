"""Which slot every amount belongs to, by its unit and the words around it: best cue first, each once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.understanding.entities import Entity
from assistant.understanding.numbers import Amount, Item
from assistant.understanding.phrases import Match
from assistant.understanding.vocabulary import Role, Vocabulary

_REACH = 6
"""Items a cue may stand away from its amount."""
_LEAST = 2
"""A cue weaker than this after its distance is no cue."""
_BY_UNIT = {"leverage": ("leverage", 10), "coins": ("size", 5), "contracts": ("size", 8), "days": ("horizon_days", 6)}
_SMALL = frozenset(
    (
        "of",
        "is",
        "the",
        "a",
        "an",
        "about",
        "around",
        "at",
        ":",
        "=",
        "@",
        "was",
        "my",
        "~",
        "approx",
        "roughly",
        "just",
        "only",
        "in",
        "be",
    )
)
_STOPS = frozenset((".", "?", "!", "|", ";", "\n"))


@dataclass(frozen=True, slots=True)
class Claim:
    """One slot's claim on one amount."""

    slot: str
    index: int
    weight: int
    cue: str


def assign(
    items: Sequence[Item],
    matches: Sequence[Match],
    entities: Sequence[Entity],
    vocabulary: Vocabulary,
    groups: frozenset[str],
) -> tuple[dict[str, Claim], tuple[int, ...]]:
    """Claims by slot, and the item indexes of amounts nobody claimed."""
    amounts = [index for index, item in enumerate(items) if item.amount is not None]
    denied = _denied(items, matches, amounts)
    free = [index for index in amounts if index not in denied]
    claims = sorted(
        (claim for index in free for claim in _claims(index, items, matches, entities, vocabulary, groups)),
        key=lambda claim: (-claim.weight, claim.index, claim.slot),
    )
    taken: dict[str, Claim] = {}
    used: set[int] = set()
    for claim in claims:
        if claim.slot not in taken and claim.index not in used:
            taken[claim.slot] = claim
            used.add(claim.index)
    return taken, tuple(index for index in free if index not in used)


def _claims(
    index: int,
    items: Sequence[Item],
    matches: Sequence[Match],
    entities: Sequence[Entity],
    vocabulary: Vocabulary,
    groups: frozenset[str],
) -> Iterator[Claim]:
    """Every slot that may claim one amount, with its weight."""
    amount = items[index].amount
    assert amount is not None
    by_unit = _BY_UNIT.get(amount.unit)
    if by_unit is not None:
        yield Claim(by_unit[0], index, by_unit[1], amount.unit)
    yield from _by_structure(index, items, entities)
    for match in matches:
        if match.last <= index and index - match.last < _REACH:
            kind, between = "before", items[match.last : index]
        elif match.first > index and match.first - index <= _REACH:
            kind, between = "after", items[index + 1 : match.first]
        else:
            continue
        cost = _cost(between, kind)
        for meaning in match.meanings:
            if meaning.kind == kind and _fits(amount, vocabulary.roles[meaning.name], groups):
                weight = meaning.weight - cost
                if weight >= _LEAST:
                    cue = " ".join(item.text for item in items[match.first : match.last])
                    yield Claim(meaning.name, index, weight, cue)


def _by_structure(index: int, items: Sequence[Item], entities: Sequence[Entity]) -> Iterator[Claim]:
    """What order alone says: money before a coin is the worth of a position, money at a leverage is its margin."""
    amount = items[index].amount
    if amount is None or amount.unit != "money":
        return
    starts = {entity.first: entity.kind for entity in entities}
    after = index + 1
    linked = after < len(items) and items[after].text in ("of", "in", "worth")
    follower = starts.get(after + 1 if linked else after)
    if follower == "symbol":
        yield Claim("size", index, 6 if linked else 4, "value of a coin")
    elif follower == "side" and starts.get(index - 1) != "symbol":
        yield Claim("size", index, 3, "value of a side")
    elif after + 1 < len(items) and items[after].text in ("at", "on", "@", "with") and items[after + 1].text == "#x":
        held = starts.get(index - 1) in ("side", "symbol")
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
            cost += 6
        elif item.text == ",":
            cost += 4
        elif item.text in _STOPS:
            cost += 9
        elif item.text not in _SMALL:
            cost += 1 if kind == "before" else 2
        elif kind == "after":
            cost += 1
    return cost


def _denied(items: Sequence[Item], matches: Sequence[Match], amounts: Sequence[int]) -> frozenset[int]:
    """Amounts somebody took back: "4x, not 40"."""
    ends = {
        match.last
        for match in matches
        if any(meaning.kind == "group" and meaning.name == "negation" for meaning in match.meanings)
    }
    denied = frozenset(
        index
        for index in amounts
        if index in ends or (index - 1 in ends and items[index - 1].text in ("at", "a", "the"))
    )
    return denied if len(denied) < len(amounts) else frozenset()


_JOINTS = frozenset((",", "and", "or", "vs", "versus", "/", "&", "against", "to", "then"))
_OPENERS = frozenset(
    ("compare", "at", "between", "either", "for", "leverage", "try", "of", "with", "do", "on", "is", "?", ".", ":")
)


def leverage_list(items: Sequence[Item]) -> tuple[Decimal, ...]:
    """Two or more leverages joined to a list (10x, 20 and 50x), in order, or nothing."""
    best: list[Decimal] = []
    run: list[Item] = []
    joined = True
    for index, item in enumerate(items):
        amount = item.amount
        if amount is not None and joined and _listed(index, items, bool(run)):
            run.append(item)
            joined = False
        elif item.text in _JOINTS and run:
            joined = True
        else:
            best, run = max(best, _leverages(run), key=len), []
            joined = True
            if amount is not None and _listed(index, items, False):
                run, joined = [item], False
    best = max(best, _leverages(run), key=len)
    return tuple(dict.fromkeys(best)) if len(set(best)) > 1 else ()


def _listed(index: int, items: Sequence[Item], inside: bool) -> bool:
    """Whether an amount can be a leverage in a list: marked as one, or a small bare number nothing else claims."""
    amount = items[index].amount
    if amount is None or amount.spelled:
        return False
    if amount.unit == "leverage":
        return True
    before = items[index - 1].text if index else "?"
    return (
        amount.unit == "plain"
        and 0 < amount.value <= 500
        and (inside or before in _OPENERS)
        and amount.value == int(amount.value)
    )


def _leverages(run: Sequence[Item]) -> list[Decimal]:
    """The values of a run whose last member is marked as a leverage."""
    amounts = [item.amount for item in run if item.amount is not None]
    return [amount.value for amount in amounts] if amounts and amounts[-1].unit == "leverage" else []


def sign_of_move(cue: str, words: Mapping[str, frozenset[str]]) -> int:
    """-1 where the words around a percentage speak of a fall, +1 of a rise, 0 of neither."""
    if cue in words["down"]:
        return -1
    return 1 if cue in words["up"] else 0

"""Which slot every amount belongs to: the strongest claim first, each once; and lists of leverages."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from assistant.understanding.claims import Claim, claims, scene
from assistant.understanding.entities import Entity
from assistant.understanding.numbers import Item
from assistant.understanding.phrases import Match
from assistant.understanding.vocabulary import Vocabulary


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
    here = scene(items, matches, entities, vocabulary, groups)
    ordered = sorted(
        (claim for index in free for claim in claims(index, here)),
        key=lambda claim: (-claim.weight, claim.index, claim.slot),
    )
    taken: dict[str, Claim] = {}
    used: set[int] = set()
    for claim in ordered:
        if claim.slot not in taken and claim.index not in used:
            taken[claim.slot] = claim
            used.add(claim.index)
    return taken, tuple(index for index in free if index not in used)


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


_JOINTS = frozenset((",", "and", "or", "vs", "versus", "/", "&", "against", "then"))
_FIRM = frozenset(("compare", "between", "either", "leverage", "lev", "leverages", "try", "do", "?"))
"""Words after which a bare number opens a list of leverages."""
_LOOSE = frozenset(("at", "with", "on", "for", "of", ":"))
"""Words after which it does so only where the list ends in "and" or "or"."""


def leverage_list(items: Sequence[Item]) -> tuple[Decimal, ...]:
    """Two or more leverages joined to a list (10x, 20 and 50x), in order, or nothing."""
    best: tuple[Decimal, ...] = ()
    for start in range(len(items)):
        if items[start].amount is not None and (
            start == 0 or items[start - 1].text not in _JOINTS or not _small(start - 2, items)
        ):
            best = max(best, _run(start, items), key=len)
    return best if len(best) > 1 else ()


def _run(start: int, items: Sequence[Item]) -> tuple[Decimal, ...]:
    """The leverages of the list that begins at one item; () where it is none."""
    places, joint, at = [start], "", start + 1
    while at < len(items):
        if items[at].text == "#x" and items[at - 1].text == "#x":
            places.append(at)
        elif items[at].text in _JOINTS and at + 1 < len(items) and _small(at + 1, items):
            joint = items[at].text
            at += 1
            places.append(at)
        else:
            break
        at += 1
    marked = [place for place in places if items[place].text == "#x"]
    bare = [place for place in places if items[place].text == "#"]
    opener = items[start - 1].text if start else "?"
    if not _small(start, items) or len(places) < 2:
        return ()
    named = opener in ("leverage", "lev", "leverages") and len(places) > 2
    firm = opener in _FIRM or (opener in _LOOSE and joint in ("and", "or", "vs"))
    if bare and not named and not (marked and marked[-1] == places[-1] and (firm or items[start].text == "#x")):
        places = marked if len(marked) > 1 else []
    amounts = (items[place].amount for place in places)
    return tuple(dict.fromkeys(amount.value for amount in amounts if amount is not None))


def _small(place: int, items: Sequence[Item]) -> bool:
    """Whether an item can be a leverage of a list: marked as one, or a bare whole number up to 200."""
    amount = items[place].amount if 0 <= place < len(items) else None
    if amount is None or amount.spelled:
        return False
    return amount.unit == "leverage" or (
        amount.unit == "plain" and not amount.scaled and 1 <= amount.value <= 200 and amount.value == int(amount.value)
    )


def sign_of_move(cue: str, words: Mapping[str, frozenset[str]]) -> int:
    """-1 where the words around a percentage speak of a fall, +1 of a rise, 0 of neither."""
    if cue in words["down"]:
        return -1
    return 1 if cue in words["up"] else 0

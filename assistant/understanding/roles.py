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
        elif amount is not None and run and amount.unit == "leverage" and run[-1].text == "#x":
            run.append(item)
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

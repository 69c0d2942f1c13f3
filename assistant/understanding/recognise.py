"""Text in, Reading out."""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.understanding.dates import Named, find_dates
from assistant.understanding.entities import find_entities
from assistant.understanding.gathered import Gathered
from assistant.understanding.intents import Rule, rank
from assistant.understanding.language import Languages, detect
from assistant.understanding.numbers import Item, read_amounts
from assistant.understanding.phrases import Match
from assistant.understanding.positions import read_positions, take_rows, without
from assistant.understanding.reading import Reading
from assistant.understanding.slots import gather
from assistant.understanding.text import fold
from assistant.understanding.tokens import tokenise
from assistant.understanding.typos import repair
from assistant.understanding.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Understanding:
    """Everything needed to read a message, loaded once."""

    vocabularies: Mapping[str, Vocabulary]
    rules: Mapping[str, tuple[Rule, ...]]
    languages: Languages
    ranks: Mapping[str, int]
    known: frozenset[str]
    """Every word the languages that are there know."""
    default: str = "en"


def recognise(message: str, understanding: Understanding, *, language: str | None = None) -> Reading:
    """What one message says, without looking at earlier ones; never fails, linear in the length of the text."""
    text = fold(message)
    tokens = tokenise(text)
    hint = (language or understanding.default).split("-")[0].lower()
    if hint not in understanding.vocabularies:
        hint = understanding.default
    spoken = detect(tokens, understanding.languages, understanding.known, hint)
    vocabulary = understanding.vocabularies.get(spoken) or understanding.vocabularies[understanding.default]
    pasted = read_positions(message, vocabulary)
    if pasted is not None:
        text = without(text, pasted.grid.start, pasted.grid.end)
        tokens = tokenise(text)
    tokens = repair(tokens, vocabulary)
    items = read_amounts(tokens, vocabulary.style, vocabulary.amount_coins)
    dates = find_dates(text.folded, vocabulary.style.months)
    items = tuple(item for item in items if item.amount is None or not _within(item, dates))
    matches = vocabulary.book.find([item.text for item in items])
    groups = _groups(matches)
    entities = find_entities(text, items, matches, vocabulary)
    found = gather(text, items, matches, entities, groups, vocabulary, dates=dates)
    if pasted is not None:
        take_rows(found, pasted)
    return Reading(
        language=spoken,
        slots=found.slots,
        intents=rank(groups, _met(found), understanding.rules[vocabulary.language], understanding.ranks),
        groups=groups,
        amounts=tuple(found.bare),
        unmatched=tuple(found.unmatched),
        conflicts=tuple(found.conflicts),
        notes=frozenset(found.notes),
        words=sum(1 for token in tokens if token.kind == "word"),
        foreign=spoken not in understanding.vocabularies,
    )


def _within(item: Item, dates: tuple[Named, ...]) -> bool:
    """Whether an amount is a part of a date: 2025 in "march 3, 2025"."""
    return any(named.start <= item.start and item.end <= named.end for named in dates)


def _met(found: Gathered) -> frozenset[str]:
    """The slots the rules weigh: of a pasted row its prices of now are told, and ask for nothing by themselves."""
    told = {"entry_price", "size"} if "entries" in found.slots else set()
    return frozenset(told) | frozenset(
        slot
        for slot, read in found.slots.items()
        if not (read.cue.startswith("column ") and slot in ("mark_price", "stated_liquidation_price"))
    )


def _groups(matches: tuple[Match, ...]) -> frozenset[str]:
    """The vocabulary groups met anywhere in the message."""
    return frozenset(meaning.name for match in matches for meaning in match.meanings if meaning.kind == "group")

"""Text in, Reading out."""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.understanding.dates import place_day, read_days
from assistant.understanding.entities import find_entities
from assistant.understanding.intents import Rule, rank
from assistant.understanding.language import Languages, detect
from assistant.understanding.numbers import read_amounts
from assistant.understanding.phrases import Match
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
    tokens = repair(tokens, vocabulary)
    days = read_days(tokens, vocabulary.style)
    items = read_amounts(days.tokens, vocabulary.style, vocabulary.amount_coins)
    matches = vocabulary.book.find([item.text for item in items])
    groups = _groups(matches)
    entities = find_entities(text, items, matches, vocabulary)
    found = gather(text, items, matches, entities, groups, vocabulary)
    place_day(found, days, text)
    return Reading(
        language=spoken,
        slots=found.slots,
        intents=rank(groups, found.slots.keys(), understanding.rules[vocabulary.language], understanding.ranks),
        groups=groups,
        amounts=tuple(found.bare),
        unmatched=tuple(found.unmatched),
        conflicts=tuple(found.conflicts),
        words=sum(1 for token in tokens if token.kind == "word"),
        foreign=spoken not in understanding.vocabularies,
    )


def _groups(matches: tuple[Match, ...]) -> frozenset[str]:
    """The vocabulary groups met anywhere in the message."""
    return frozenset(meaning.name for match in matches for meaning in match.meanings if meaning.kind == "group")

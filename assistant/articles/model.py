"""The shape of one article of the knowledge base, as parse.py reads it and answers/ shows it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.values import Arguments, Source


class Level(StrEnum):
    """Whom an article is written for."""

    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"


class Confidence(StrEnum):
    """How well a fact is known: checked against a number, stated by the venue, or put together by us."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One claim an article rests on; either sourced or derived."""

    id: str
    text: str
    confidence: Confidence
    source: str | None = None
    """Id of a source of the same article."""
    retrieved: date | None = None
    """The day the source was read; given exactly where `source` is."""
    derived: str | None = None
    """Arithmetic that yields the number: `60000 * (1 - 1/20) / (1 - 0.004) = 57228.92`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Misconception:
    """What is often believed, and what is true instead."""

    belief: str
    truth: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolExample:
    """A calculation worth offering below the article."""

    name: str
    arguments: Arguments


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A subheading of the long answer."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text with inline Markdown."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    """A list without order."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of cells below a header."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Bullets | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One question of the field, answered briefly and at length."""

    id: str
    """File name without ending: the topic id with hyphens."""
    language: str
    """Name of the folder the file stands in."""
    title: str
    level: Level
    reviewed: date
    review_due: date
    questions: tuple[str, ...]
    terms: tuple[str, ...]
    related: tuple[str, ...]
    misconception: Misconception
    tool: ToolExample | None
    facts: tuple[Fact, ...]
    sources: tuple[Source, ...]
    short_answer: str
    blocks: tuple[Block, ...]
    """The long answer."""

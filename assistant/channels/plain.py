"""A terminal: a line of text -> Message, a SealedAnswer -> lines without markup."""

import textwrap
from collections.abc import Iterable, Iterator
from datetime import date
from typing import assert_never

from assistant.answers.model import (
    Block,
    Bullets,
    Caveat,
    Figures,
    Headline,
    Paragraph,
    SealedAnswer,
    Sources,
    Steps,
    Table,
)
from assistant.values import Message

_WIDTH = 88


def parse(line: str, *, as_of: date, language: str | None = None) -> Message:
    """The message of one typed line."""
    return Message(text=line.strip(), as_of=as_of, language=language)


def text(sealed: SealedAnswer, *, width: int = _WIDTH) -> str:
    """The answer for a terminal so many columns wide; the disclaimer is its last paragraph."""
    paragraphs = ("\n".join(_lines(block, width)) for block in sealed.answer.blocks)
    return "\n\n".join((*paragraphs, "\n".join(_wrapped(sealed.disclaimer, width)))) + "\n"


def _lines(block: Block, width: int) -> Iterable[str]:
    match block:
        case Headline():
            lines = _wrapped(block.text, width)
            return (*lines, "=" * max(map(len, lines))) if block.level == 1 else lines
        case Paragraph():
            return _wrapped(block.text, width)
        case Caveat():
            return _wrapped(block.text, width, "! ", "  ")
        case Bullets():
            return _bulleted(block.items, width)
        case Figures():
            return _columns([(item.label, item.text) for item in block.items])
        case Steps():
            return _working(block)
        case Table():
            return _columns([block.columns, *block.rows])
        case Sources():
            return (
                block.title,
                *(line for item in block.items for line in _source(item.title, item.url, item.retrieved)),
            )
    assert_never(block)


def _wrapped(words: str, width: int, first: str = "", rest: str = "") -> list[str]:
    return textwrap.wrap(
        words, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False, break_long_words=False
    )


def _bulleted(items: Iterable[str], width: int) -> Iterator[str]:
    for item in items:
        yield from _wrapped(item, width, "- ", "  ")


def _working(block: Steps) -> Iterator[str]:
    yield block.title
    for number, item in enumerate(block.items, 1):
        yield f"{number:>2}. {item.label}: {item.text}"
        yield f"      {item.equation}"
        yield f"    = {item.numbers}"


def _columns(rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Cells in columns: words to the left, everything behind the first column to the right."""
    table = list(rows)
    widths = [max(len(cell) for cell in column) for column in zip(*table, strict=True)]
    return [
        "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in table
    ]


def _source(title: str, url: str, retrieved: date) -> tuple[str, str]:
    return (f"- {title}, {retrieved.isoformat()}", f"  {url}")

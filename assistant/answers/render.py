"""Blocks -> Markdown: bold headlines, plain lists, code for working, nothing a chat program would bring to life."""

from collections.abc import Iterable
from typing import assert_never

from assistant.answers.model import Block, Bullets, Caveat, Figures, Headline, Paragraph, Sources, Steps, Table


def markdown(blocks: Iterable[Block]) -> str:
    """The blocks as Markdown paragraphs, an empty line between them."""
    return "\n\n".join(map(_written, blocks))


def _written(block: Block) -> str:
    match block:
        case Headline():
            return f"**{block.text}**"
        case Paragraph():
            return block.text
        case Caveat():
            return f"> {block.text}"
        case Bullets():
            return "\n".join(f"- {item}" for item in block.items)
        case Figures():
            return "\n".join(f"- {item.label}: {item.text}" for item in block.items)
        case Steps():
            lines = (
                f"{number}. {item.label}: `{item.equation}` = `{item.numbers}` = {item.text}"
                for number, item in enumerate(block.items, 1)
            )
            return "\n".join((f"{block.title}:", "", *lines))
        case Table():
            rows = (block.columns, tuple("---" for _ in block.columns), *block.rows)
            return "\n".join(f"| {' | '.join(row)} |" for row in rows)
        case Sources():
            lines = (f"- [{item.title}]({item.url}), {item.retrieved.isoformat()}" for item in block.items)
            return "\n".join((f"{block.title}:", "", *lines))
    assert_never(block)

"""The few forms of Markdown an article may use, read into blocks: paragraphs, `- ` lists, `|` tables, `## ` heads."""

import re
from collections.abc import Callable, Iterator

from assistant.articles.model import Block, Bullets, Heading, Paragraph, Table

_FOREIGN = ("#", ">", "*", "`", "<", "  ", "![", "+", "1.")

_WORD = re.compile(r"\S*\w\S*")

Fail = Callable[[int, str], Exception]
"""Makes the error for a line (counted from the body's first as 0) and a rule."""


def words(text: str) -> int:
    """How many words a reader counts; marks that stand alone are none."""
    return len(_WORD.findall(text))


def prose(block: Block) -> str:
    """The words of a block, one line for each item or row."""
    match block:
        case Heading(text=text) | Paragraph(text=text):
            return text
        case Bullets(items=items):
            return "\n".join(items)
        case Table(header=header, rows=rows):
            return "\n".join(" ".join(row) for row in (header, *rows))


def read(body: str, fail: Fail) -> tuple[Block, ...]:
    """The blocks of a body in order; `fail` is raised for a form that is not allowed."""
    return tuple(_block(start, lines, fail) for start, lines in _stretches(body))


def _stretches(body: str) -> Iterator[tuple[int, list[str]]]:
    """Runs of lines without a blank one, each with the number of its first."""
    start, lines = 0, list[str]()
    for number, line in enumerate(body.split("\n")):
        if line.strip():
            start = start if lines else number
            lines.append(line.rstrip())
        elif lines:
            yield start, lines
            lines = []
    if lines:
        yield start, lines


def _block(start: int, lines: list[str], fail: Fail) -> Block:
    match lines[0][:2]:
        case "##" if lines[0].startswith("## ") and len(lines) == 1:
            return Heading(text=lines[0][3:].strip())
        case "- ":
            return Bullets(items=_items(start, lines, fail))
        case first if first.startswith("|"):
            return _table(start, lines, fail)
        case _ if lines[0].startswith(_FOREIGN) and not lines[0].startswith("**"):
            raise fail(start, "allowed are paragraphs, '- ' lists, '|' tables and '## ' headings between blank lines")
    for offset, line in enumerate(lines):
        if line.startswith(("- ", "|", "#")):
            raise fail(start + offset, "a list, a table or a heading stands between blank lines")
    return Paragraph(text=" ".join(line.strip() for line in lines))


def _items(start: int, lines: list[str], fail: Fail) -> tuple[str, ...]:
    items: list[str] = []
    for offset, line in enumerate(lines):
        if line.startswith("- "):
            items.append(line[2:].strip())
        elif line.startswith("  "):
            items[-1] += " " + line.strip()
        else:
            raise fail(start + offset, "a line of a list starts with '- ' or is indented by two spaces")
    return tuple(items)


def _table(start: int, lines: list[str], fail: Fail) -> Table:
    rows = [tuple(cell.strip() for cell in line.strip().strip("|").split("|")) for line in lines]
    if len(rows) < 3 or any(set(cell) - set(":- ") or not cell for cell in rows[1]):
        raise fail(start, "a table is a header, a line of dashes and at least one row")
    for offset, row in enumerate(rows):
        if len(row) != len(rows[0]):
            raise fail(start + offset, f"this row has {len(row)} cells, the header has {len(rows[0])}")
    return Table(header=rows[0], rows=tuple(rows[2:]))

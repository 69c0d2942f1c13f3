"""Rendered template text -> blocks: the few line forms of docs/answers.md, nothing inline."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from assistant.answers.model import Block, Bullets, Caveat, Headline, Paragraph, Table
from assistant.errors import ContentError

Insert = Callable[[str, tuple[str, ...]], Iterable[Block]]
"""Blocks of a directive: its name and the words behind it."""

_RULE = re.compile(r"[|\s:-]+")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)\s]*\)")
_CODE = re.compile(r"`([^`]*)`")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])(.+?)(?<=[^\s*_])\1(?![\w*])")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def _none(name: str, words: tuple[str, ...]) -> Iterable[Block]:
    raise ContentError(file="answers", line=0, rule=f":::{name} has nothing to show here")


def blocks(text: str, insert: Insert = _none) -> Iterator[Block]:
    """The blocks of a rendered template, in order; `insert` makes those of directives, without it they are refused."""
    for kind, group in groupby(map(str.strip, text.splitlines()), key=_kind):
        if kind == "text":
            yield Paragraph(text=" ".join(group))
        elif kind == "caveat":
            yield Caveat(text=" ".join(line[2:].strip() for line in group))
        elif kind == "list":
            yield Bullets(items=tuple(line[2:].strip() for line in group))
        elif kind == "table":
            yield _table(group)
        elif kind == "headline":
            for line in group:
                hashes, _, title = line.partition(" ")
                yield Headline(text=title.strip(), level=min(len(hashes), 2))
        elif kind == "directive":
            for line in group:
                name, *words = line[3:].split()
                yield from insert(name, tuple(words))


def _kind(line: str) -> str:
    if not line:
        return "gap"
    if line.startswith(("# ", "## ", "### ")):
        return "headline"
    if line.startswith("> "):
        return "caveat"
    if line.startswith("- "):
        return "list"
    if line.startswith("|"):
        return "table"
    if line.startswith(":::"):
        return "directive"
    return "text"


def _table(lines: Iterable[str]) -> Table:
    columns, *rows = (
        tuple(cell.strip() for cell in line.removeprefix("|").removesuffix("|").split("|"))
        for line in lines
        if not _RULE.fullmatch(line)
    )
    return Table(columns=columns, rows=tuple(rows))


def bare(text: str) -> str:
    """Inline Markdown of an article as plain words: no emphasis, code marks, escapes or link addresses."""
    text = _CODE.sub(r"\1", _LINK.sub(r"\1", text))
    return _ESCAPE.sub(r"\1", _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", text)))

"""What the files of knowledge/venues/ rest on: their sources, and dated blocks that do not contradict one another."""

from collections.abc import Collection, Mapping

from assistant.margin.rulebook import Dated
from assistant.tables import Table
from assistant.values import Source


def sources_of(top: Table) -> dict[str, Source]:
    """The sources by id."""
    found: dict[str, Source] = {}
    for table in top.tables("sources"):
        source = source_of(table)
        if source.id in found:
            raise table.refuse(f"{source.id} is declared once", "id")
        found[source.id] = source
    return found


def source_of(table: Table) -> Source:
    """One source; its note says what was read there and is for readers of the file only."""
    table.only(("id", "title", "url", "retrieved"), ("note",))
    table.optional(table.text, "note")
    source = Source(
        id=table.text("id"),
        title=table.text("title"),
        url=table.text("url"),
        retrieved=table.day("retrieved"),
    )
    if not source.url.startswith("https://"):
        raise table.refuse("url is an https address", "url")
    return source


def evidence(table: Table, sources: Collection[str]) -> tuple[str, ...]:
    """The sources of a dated block; ContentError where one is not declared or the note is empty."""
    table.text("note")
    named = table.texts("sources")
    for index, source in enumerate(named):
        if source not in sources:
            raise table.refuse(f"{source} is one of the [[sources]]", "sources", index)
    return named


def check_overlap(top: Table, key: str, blocks: Mapping[int, Dated]) -> None:
    """Nothing, or ContentError where a block ends before it begins or two of them claim the same day."""
    for index, block in blocks.items():
        if block.effective_to is not None and block.effective_to < block.effective_from:
            raise top.refuse("effective_to is not before effective_from", key, index)
        for other, later in blocks.items():
            if other > index and (block.covers(later.effective_from) or later.covers(block.effective_from)):
                raise top.refuse(f"{block.span} and {later.span} do not overlap", key, other)

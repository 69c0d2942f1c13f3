"""One product's rulebook, from its TOML file and the CSV file of its tiers beside it."""

from collections.abc import Collection, Mapping
from pathlib import Path

from assistant.margin.maintenance import Joins, TierBasis
from assistant.margin.rulebook import (
    Dated,
    Display,
    Level,
    Rounding,
    Rule,
    Rulebook,
    SymbolFigure,
    TierBlock,
    Trigger,
    Unlisted,
)
from assistant.tables import Table
from assistant.values import Contract, MarginMode, Source
from assistant.venues import table_file

_NAMES = ("id", "venue", "venue_name", "name", "product", "quote", "settlement")
_KEYS = (*_NAMES, "aliases", "contracts", "modes", "level", "trigger", "unlisted", "rules", "sources")
_OPTIONAL = (
    "assumed_rate",
    "estimated_modes",
    "symbols",
    "contract_sizes",
    "tiers",
    "ticks",
    "display",
    "special",
    "review_days",
)
_DATED = ("effective_from", "sources", "note")


def read(file: Path) -> Rulebook:
    """The rulebook in a file.

    ContentError where a key is unknown, missing or wrong, a source is not declared, or the level is not earned.
    """
    top = Table.read(file).only(_KEYS, _OPTIONAL)
    if top.text("id") != file.stem:
        raise top.refuse(f"id is the file's name, {file.stem}", "id")
    sources = _sources(top)
    rules = tuple(_rule(table, sources) for table in top.tables("rules"))
    tables = _tables(top, file, sources)
    contracts = top.choices("contracts", Contract)
    sizes, ticks = (_of_symbols(top, key, sources) for key in ("contract_sizes", "ticks"))
    if sizes and len(contracts) > 1:
        raise top.refuse("[[contract_sizes]] stands only where there is one kind of contract", "contract_sizes")
    unlisted, assumed_rate = top.choice("unlisted", Unlisted), top.optional(top.rate, "assumed_rate")
    if (unlisted is Unlisted.ESTIMATE) is (assumed_rate is None):
        raise top.refuse("assumed_rate stands where, and only where, unlisted is estimate", "assumed_rate")
    _check_overlap(top, "rules", dict(enumerate(rules)))
    review_days = top.optional(top.whole, "review_days")
    if (review_days is None and tables) or (review_days is not None and review_days <= 0):
        raise top.refuse("review_days is a number of days, and stands where there are tier tables", "review_days")
    book = Rulebook(
        **{name: top.text(name) for name in _NAMES},
        aliases=top.texts("aliases"),
        contracts=contracts,
        modes=top.choices("modes", MarginMode),
        level=top.choice("level", Level),
        trigger=top.choice("trigger", Trigger),
        rules=rules,
        tables=tables,
        sources=sources,
        unlisted=unlisted,
        assumed_rate=assumed_rate,
        estimated_modes=top.optional(lambda key: top.choices(key, MarginMode), "estimated_modes") or (),
        symbols=top.table("symbols").words() if "symbols" in top else {},
        contract_sizes=sizes,
        ticks=ticks,
        display=_display(top.table("display")) if "display" in top else None,
        special=top.optional(top.texts, "special") or (),
        review_days=review_days,
    )
    for rule in book.unearned:
        raise top.refuse(rule, "level")
    return book


def _display(table: Table) -> Display:
    """How the venue writes liquidation prices."""
    table.only(("none", "rounding"), ("nearer_ticks", "value_step"))
    return Display(
        none=table.text("none"),
        rounding=table.choice("rounding", Rounding),
        nearer_ticks=table.optional(table.whole, "nearer_ticks") or 0,
        value_step=table.optional(table.number, "value_step"),
    )


def _sources(top: Table) -> dict[str, Source]:
    """The sources by id."""
    found: dict[str, Source] = {}
    for table in top.tables("sources"):
        source = _source(table)
        if source.id in found:
            raise table.refuse(f"{source.id} is declared once", "id")
        found[source.id] = source
    return found


def _source(table: Table) -> Source:
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


def _rule(table: Table, sources: Collection[str]) -> Rule:
    """One dated block of rules; its note says which evidence the dates rest on."""
    table.only((*_DATED, "formula"), ("effective_to", "taker_fee_rate", "parameters"))
    parameters = table.table("parameters") if "parameters" in table else None
    return Rule(
        effective_from=table.day("effective_from"),
        effective_to=table.optional(table.day, "effective_to"),
        formula=table.text("formula"),
        taker_fee_rate=table.optional(table.rate, "taker_fee_rate"),
        parameters={} if parameters is None else {name: parameters.number(name) for name in parameters},
        sources=_evidence(table, sources),
    )


def _of_symbols(top: Table, key: str, sources: Collection[str]) -> tuple[SymbolFigure, ...]:
    """The dated figures of some coins under [[key]]; ContentError where two claim one coin and day."""
    found = tuple(_symbol_figure(table, sources) for table in top.optional(top.tables, key) or ())
    for symbol in sorted({symbol for one in found for symbol in one.symbols}):
        _check_overlap(top, key, {index: one for index, one in enumerate(found) if symbol in one.symbols})
    return found


def _symbol_figure(table: Table, sources: Collection[str]) -> SymbolFigure:
    """One figure of some coins; its note says how that is known."""
    table.only((*_DATED, "size", "symbols"), ("effective_to",))
    size = table.number("size")
    if size <= 0:
        raise table.refuse("size is a number above 0", "size")
    return SymbolFigure(
        effective_from=table.day("effective_from"),
        effective_to=table.optional(table.day, "effective_to"),
        size=size,
        symbols=table.texts("symbols"),
        sources=_evidence(table, sources),
    )


def _evidence(table: Table, sources: Collection[str]) -> tuple[str, ...]:
    """The sources of a dated block; ContentError where one is not declared or the note is empty."""
    table.text("note")
    named = table.texts("sources")
    for index, source in enumerate(named):
        if source not in sources:
            raise table.refuse(f"{source} is one of the [[sources]]", "sources", index)
    return named


def _tables(top: Table, file: Path, sources: Collection[str]) -> tuple[TierBlock, ...]:
    """The snapshots of the tiers file, or none where the product has no such file."""
    tiers = file.with_suffix(".tiers.csv")
    shape = top.optional(top.table, "tiers")
    if (shape is not None) is not tiers.is_file():
        raise top.refuse(f"[tiers] stands where, and only where, {tiers.name} does", "tiers")
    if shape is None:
        return ()
    shape.only(("basis", "joins"))
    basis, joins = shape.choice("basis", TierBasis), shape.choice("joins", Joins)
    return table_file.read(tiers, basis=basis, joins=joins, sources=sources)


def _check_overlap(top: Table, key: str, blocks: Mapping[int, Dated]) -> None:
    """Nothing, or ContentError where a block ends before it begins or two of them claim the same day."""
    for index, block in blocks.items():
        if block.effective_to is not None and block.effective_to < block.effective_from:
            raise top.refuse("effective_to is not before effective_from", key, index)
        for other, later in blocks.items():
            if other > index and (block.covers(later.effective_from) or later.covers(block.effective_from)):
                raise top.refuse(f"{block.span} and {later.span} do not overlap", key, other)

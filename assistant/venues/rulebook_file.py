"""One product's rulebook, from its TOML file and the CSV file of its tiers beside it."""

from collections.abc import Collection
from pathlib import Path

from assistant.margin.maintenance import CrossTiers, Joins, TierBasis
from assistant.margin.rulebook import (
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
from assistant.values import Contract, MarginMode
from assistant.venues import table_file
from assistant.venues.evidence import check_overlap, evidence, sources_of

_NAMES = ("id", "venue", "venue_name", "name", "product", "quote", "settlement")
_KEYS = (*_NAMES, "aliases", "contracts", "modes", "level", "trigger", "unlisted", "rules", "sources")
_OPTIONAL = (
    "assumed_rate",
    "estimated_modes",
    "cross_tiers",
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
    sources = sources_of(top)
    rules = tuple(_rule(table, sources) for table in top.tables("rules"))
    tables = _tables(top, file, sources)
    contracts = top.choices("contracts", Contract)
    sizes, ticks = (_of_symbols(top, key, sources) for key in ("contract_sizes", "ticks"))
    if sizes and len(contracts) > 1:
        raise top.refuse("[[contract_sizes]] stands only where there is one kind of contract", "contract_sizes")
    unlisted, assumed_rate = top.choice("unlisted", Unlisted), top.optional(top.rate, "assumed_rate")
    if (unlisted is Unlisted.ESTIMATE) is (assumed_rate is None):
        raise top.refuse("assumed_rate stands where, and only where, unlisted is estimate", "assumed_rate")
    check_overlap(top, "rules", dict(enumerate(rules)))
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
        cross_tiers=top.optional(lambda key: top.choice(key, CrossTiers), "cross_tiers"),
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
        sources=evidence(table, sources),
    )


def _of_symbols(top: Table, key: str, sources: Collection[str]) -> tuple[SymbolFigure, ...]:
    """The dated figures of some coins under [[key]]; ContentError where two claim one coin and day."""
    found = tuple(_symbol_figure(table, sources) for table in top.optional(top.tables, key) or ())
    for symbol in sorted({symbol for one in found for symbol in one.symbols}):
        check_overlap(top, key, {index: one for index, one in enumerate(found) if symbol in one.symbols})
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
        sources=evidence(table, sources),
    )


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

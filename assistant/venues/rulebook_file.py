"""One product's rulebook, from its TOML file and the CSV file of its tiers beside it."""

from collections.abc import Collection, Sequence
from pathlib import Path

from assistant.errors import ContentError
from assistant.margin.maintenance import Joins, TierBasis
from assistant.margin.rulebook import ContractSize, Dated, Level, Rule, Rulebook, TierBlock, Trigger, Unlisted
from assistant.values import Contract, MarginMode, Source
from assistant.venues import table_file
from assistant.venues.document import Section
from assistant.venues.document import read as read_document


def read(file: Path) -> Rulebook:
    """The rulebook in a file; ContentError where a key is unknown, missing or wrong, or a source is not declared."""
    top = read_document(file)
    identity = top.string("id")
    if identity != file.stem:
        raise top.wrong("id", f"id is the file's name, {file.stem}")
    sources = _sources(top)
    rules = tuple(_rule(section, sources) for section in top.sections("rules"))
    if not rules:
        raise top.wrong("rules", "there is at least one [[rules]] block")
    tables = _tables(top, file, sources)
    contracts = top.choices("contracts", Contract)
    sizes = tuple(_contract_size(section, sources) for section in top.sections("contract_sizes"))
    if sizes and len(contracts) > 1:
        raise top.wrong("contract_sizes", "[[contract_sizes]] stands only where there is one kind of contract")
    unlisted, assumed_rate = top.choice("unlisted", Unlisted), top.optional_rate("assumed_rate")
    if (unlisted is Unlisted.ESTIMATE) is (assumed_rate is None):
        raise top.wrong("assumed_rate", "assumed_rate stands where, and only where, unlisted is estimate")
    rulebook = Rulebook(
        id=identity,
        venue=top.string("venue"),
        venue_name=top.string("venue_name"),
        name=top.string("name"),
        product=top.string("product"),
        aliases=top.strings("aliases"),
        contracts=contracts,
        modes=top.choices("modes", MarginMode),
        level=top.choice("level", Level),
        trigger=top.choice("trigger", Trigger),
        quote=top.string("quote"),
        settlement=top.string("settlement"),
        rules=rules,
        tables=tables,
        sources=sources,
        unlisted=unlisted,
        assumed_rate=assumed_rate,
        estimated_modes=top.choices("estimated_modes", MarginMode) if "estimated_modes" in top.values else (),
        symbols=top.mapping("symbols"),
        contract_sizes=sizes,
    )
    top.finish()
    _check_overlap(top, "rules", rules)
    for symbol in sorted({symbol for held in sizes for symbol in held.symbols}):
        _check_overlap(top, "contract_sizes", [held for held in sizes if symbol in held.symbols])
    return rulebook


def _sources(top: Section) -> dict[str, Source]:
    """The sources by id."""
    found: dict[str, Source] = {}
    for section in top.sections("sources"):
        source = _source(section)
        if source.id in found:
            raise section.wrong("id", f"{source.id} is declared once")
        found[source.id] = source
    return found


def _source(section: Section) -> Source:
    """One source; its note says what was read there and is for readers of the file only."""
    source = Source(
        id=section.string("id"),
        title=section.string("title"),
        url=section.string("url"),
        retrieved=section.day("retrieved"),
    )
    if not source.url.startswith("https://"):
        raise section.wrong("url", "url is an https address")
    section.values.pop("note", None)
    section.finish()
    return source


def _rule(section: Section, sources: Collection[str]) -> Rule:
    """One dated block of rules; its note says which evidence the dates rest on."""
    rule = Rule(
        effective_from=section.day("effective_from"),
        effective_to=section.optional_day("effective_to"),
        formula=section.string("formula"),
        taker_fee_rate=section.optional_rate("taker_fee_rate"),
        sources=section.strings("sources"),
    )
    _finish_dated(section, rule, sources)
    return rule


def _contract_size(section: Section, sources: Collection[str]) -> ContractSize:
    """What a contract of some coins holds; its note says how that is known."""
    size = section.optional_decimal("size")
    if size is None or size <= 0:
        raise section.wrong("size", "size is a number above 0")
    held = ContractSize(
        effective_from=section.day("effective_from"),
        effective_to=section.optional_day("effective_to"),
        size=size,
        symbols=section.strings("symbols"),
        sources=section.strings("sources"),
    )
    _finish_dated(section, held, sources)
    return held


def _finish_dated(section: Section, dated: Dated, sources: Collection[str]) -> None:
    """Nothing, or ContentError where a source is not declared, the note is missing or a key is unknown."""
    for source in dated.sources:
        if source not in sources:
            raise section.wrong("sources", f"{source} is one of the [[sources]]")
    section.string("note")
    section.finish()


def _tables(top: Section, file: Path, sources: Collection[str]) -> tuple[TierBlock, ...]:
    """The snapshots of the tiers file, or none where the product has no such file."""
    tiers = file.with_suffix(".tiers.csv")
    shape = top.section("tiers")
    if (shape is not None) is not tiers.is_file():
        raise top.wrong("tiers", f"[tiers] stands where, and only where, {tiers.name} does")
    if shape is None:
        return ()
    blocks = table_file.read(tiers, basis=shape.choice("basis", TierBasis), joins=shape.choice("joins", Joins))
    shape.finish()
    for source in (source for block in blocks for source in block.sources):
        if source not in sources:
            raise ContentError(file=str(tiers), line=0, rule=f"{source} is one of the [[sources]] of {file.name}")
    return blocks


def _check_overlap(top: Section, key: str, blocks: Sequence[Dated]) -> None:
    """Nothing, or ContentError where a block ends before it begins or two of them claim the same day."""
    for number, block in enumerate(blocks):
        if block.effective_to is not None and block.effective_to < block.effective_from:
            raise top.wrong(key, "effective_to is not before effective_from")
        for other in blocks[number + 1 :]:
            if block.covers(other.effective_from) or other.covers(block.effective_from):
                raise ContentError(file=str(top.file), line=0, rule=f"{block.span} and {other.span} do not overlap")

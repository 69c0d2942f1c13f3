"""Lenders and brokers, from the TOML files in knowledge/venues/credit/."""

from collections.abc import Collection
from decimal import Decimal
from pathlib import Path

from assistant.margin.credit import AssetRule, CloseRule, Credit, Lender, StockRule, StockRulebook
from assistant.margin.lending import CloseFactor
from assistant.margin.stock import ShareFloor
from assistant.tables import Table
from assistant.values import Source
from assistant.venues.evidence import check_overlap, evidence, source_of, sources_of

_METHODS = "methods"
"""The file of equations that are nobody's own."""
_DATED = ("effective_from", "sources", "note")
_CLOSE = ("close_factor", "full_close_at", "full_close_below_value")
_STOCK_RATES = ("initial_margin_rate", "long_maintenance_rate", "short_maintenance_rate")


def read(directory: Path) -> Credit:
    """Everything in a directory; ContentError where a key is unknown, missing or wrong, or a source is not declared."""
    lenders: dict[str, Lender] = {}
    stocks: dict[str, StockRulebook] = {}
    methods: dict[str, tuple[Source, ...]] = {}
    for file in sorted(directory.glob("*.toml")):
        top = Table.read(file)
        if file.stem == _METHODS:
            top.only(("loan", "futures"))
            methods = {name: tuple(map(source_of, top.tables(name))) for name in top}
            continue
        if top.text("id") != file.stem:
            raise top.refuse(f"id is the file's name, {file.stem}", "id")
        if "venue" in top:
            lenders[file.stem] = _lender(top)
        else:
            stocks[file.stem] = _stock_rulebook(top)
    return Credit(lenders=lenders, stocks=stocks, methods=methods)


def _lender(top: Table) -> Lender:
    """A file with a venue is a lender's."""
    top.only(("id", "venue", "name", "rules", "assets", "sources"))
    sources = sources_of(top)
    rules = tuple(_close_rule(table, sources) for table in top.tables("rules"))
    assets = tuple(_asset(table, sources) for table in top.tables("assets"))
    check_overlap(top, "rules", dict(enumerate(rules)))
    for symbol in sorted({symbol for asset in assets for symbol in asset.symbols}):
        named = {index: asset for index, asset in enumerate(assets) if symbol in asset.symbols}
        check_overlap(top, "assets", named)
    return Lender(
        id=top.text("id"), venue=top.text("venue"), name=top.text("name"), rules=rules, assets=assets, sources=sources
    )


def _close_rule(table: Table, sources: Collection[str]) -> CloseRule:
    """How much of a debt one liquidation may repay."""
    table.only((*_DATED, *_CLOSE), ("effective_to",))
    factor = CloseFactor(
        usual=table.rate("close_factor"),
        full_at=table.rate("full_close_at"),
        small=_not_negative(table, "full_close_below_value"),
    )
    return CloseRule(
        effective_from=table.day("effective_from"),
        effective_to=table.optional(table.day, "effective_to"),
        sources=evidence(table, sources),
        close_factor=factor,
    )


def _asset(table: Table, sources: Collection[str]) -> AssetRule:
    """A coin as collateral; its note says where the figures hold."""
    table.only((*_DATED, "symbols", "liquidation_threshold", "liquidation_bonus"), ("effective_to",))
    threshold, bonus = table.rate("liquidation_threshold"), table.rate("liquidation_bonus")
    if not threshold:
        raise table.refuse("liquidation_threshold is above 0", "liquidation_threshold")
    if threshold * (1 + bonus) >= 1:
        raise table.refuse("threshold and bonus leave something of the collateral", "liquidation_bonus")
    return AssetRule(
        effective_from=table.day("effective_from"),
        effective_to=table.optional(table.day, "effective_to"),
        sources=evidence(table, sources),
        symbols=table.texts("symbols"),
        liquidation_threshold=threshold,
        liquidation_bonus=bonus,
    )


def _stock_rulebook(top: Table) -> StockRulebook:
    """A file without a venue holds the minimums of a country's brokers."""
    top.only(("id", "name", "rules", "sources"))
    sources = sources_of(top)
    rules = tuple(_stock_rule(table, sources) for table in top.tables("rules"))
    check_overlap(top, "rules", dict(enumerate(rules)))
    return StockRulebook(id=top.text("id"), name=top.text("name"), rules=rules, sources=sources)


def _stock_rule(table: Table, sources: Collection[str]) -> StockRule:
    """The minimums of one period, no maintenance rate above the initial one."""
    table.only((*_DATED, *_STOCK_RATES, "short_floor_low", "short_floor_high"), ("effective_to",))
    rates = {name: table.rate(name) for name in _STOCK_RATES}
    for name, rate in rates.items():
        if not 0 < rate <= rates["initial_margin_rate"]:
            raise table.refuse(f"{name} is above 0 and at most initial_margin_rate", name)
    low, high = _not_negative(table, "short_floor_low"), _not_negative(table, "short_floor_high")
    if low > high:
        raise table.refuse("short_floor_low is at most short_floor_high", "short_floor_low")
    return StockRule(
        effective_from=table.day("effective_from"),
        effective_to=table.optional(table.day, "effective_to"),
        sources=evidence(table, sources),
        short_floor=ShareFloor(low=low, high=high),
        **rates,
    )


def _not_negative(table: Table, key: str) -> Decimal:
    """A number, 0 or more."""
    value = table.number(key)
    if value < 0:
        raise table.refuse(f"{key} is a number, 0 or more", key)
    return value

"""What knowledge/venues/ says, read without the product: rules, and the rows of tier tables."""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

TODAY = date(2026, 11, 22)
VENUES = Path(__file__).parents[2] / "knowledge" / "venues"


@dataclass(frozen=True)
class Row:
    """One tier."""

    floor: Decimal
    cap: Decimal | None
    rate: Decimal
    amount: Decimal | None
    growth: Decimal


@dataclass(frozen=True)
class Ladder:
    """The tiers of one symbol and what their edges count."""

    basis: str
    joins: str
    rows: tuple[Row, ...]
    leverage: Decimal | None = None
    """The chosen leverage it holds for; None: any."""


@lru_cache
def rulebooks() -> Mapping[str, Mapping[str, Any]]:
    """Every rulebook's file by id."""
    files = sorted(VENUES.glob("*.toml"))
    return {file.stem: tomllib.loads(file.read_text("utf-8"), parse_float=Decimal) for file in files}


def rule_on(book: str, day: date) -> Mapping[str, Any]:
    """The rule in force on a day."""
    return next(rule for rule in rulebooks()[book]["rules"] if _covers(rule, day))


@lru_cache
def ladders(book: str, day: date) -> Mapping[str, tuple[Ladder, ...]]:
    """The newest tables of a day by symbol; more than one where they depend on the leverage chosen."""
    shape = rulebooks()[book].get("tiers", {})
    cells = [row for row in _cells(book) if _covers(row, day)]
    newest = {row["symbol"]: row["effective_from"] for row in sorted(cells, key=lambda row: row["effective_from"])}
    found: dict[str, dict[str, list[Row]]] = {}
    for row in cells:
        if row["effective_from"] == newest[row["symbol"]]:
            found.setdefault(row["symbol"], {}).setdefault(row.get("leverage") or "", []).append(_row(row))
    return {
        symbol: tuple(
            Ladder(shape["basis"], shape["joins"], tuple(rows), Decimal(leverage) if leverage else None)
            for leverage, rows in tables.items()
        )
        for symbol, tables in sorted(found.items())
    }


@lru_cache
def _cells(book: str) -> tuple[Mapping[str, str], ...]:
    """The lines of a tiers file; none where the product has no such file."""
    file = VENUES / f"{book}.tiers.csv"
    if not file.is_file():
        return ()
    with file.open(newline="", encoding="utf-8") as lines:
        return tuple(csv.DictReader(lines))


@lru_cache
def days(book: str) -> tuple[tuple[date, str], ...]:
    """Last days of rules and tables, and today, each with the formula of its rule."""
    rules = rulebooks()[book]["rules"]
    ends = {block.get("effective_to", TODAY) for block in rules}
    ends |= {row["effective_to"] or TODAY for row in _cells(book)}
    found = {end if isinstance(end, date) else date.fromisoformat(end) for end in ends}
    return tuple((day, rule["formula"]) for day in sorted(found) for rule in rules if _covers(rule, day))


def _covers(block: Mapping[str, Any], day: date) -> bool:
    first, last = block["effective_from"], block.get("effective_to") or None
    first = first if isinstance(first, date) else date.fromisoformat(first)
    last = date.fromisoformat(last) if isinstance(last, str) else last
    return first <= day and (last is None or day <= last)


def _row(cells: Mapping[str, str]) -> Row:
    rate = Decimal(cells["rate"]) if cells["rate"] else 1 / Decimal(cells["max_leverage"]) / 2
    return Row(
        floor=Decimal(cells["floor"]),
        cap=Decimal(cells["cap"]) if cells["cap"] else None,
        rate=rate,
        amount=Decimal(cells["amount"]) if cells["amount"] else None,
        growth=Decimal(cells.get("growth") or 0),
    )

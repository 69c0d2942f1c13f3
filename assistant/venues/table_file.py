"""The tier tables of a product, from its CSV file."""

import csv
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from assistant.errors import ContentError, InputOutOfRange
from assistant.margin.listed import ListedTier, tier_of
from assistant.margin.maintenance import Joins, Tier, TierBasis, TierTable
from assistant.margin.quantities import ZERO
from assistant.margin.rulebook import TierBlock
from assistant.tables import text_of

COLUMNS = ("effective_from", "effective_to", "symbol", "floor", "cap", "rate", "amount", "max_leverage", "source")
"""One tier a line. Rates are fractions; floor and cap in the unit of the table's basis; an empty effective_to or cap is
open; an empty rate is half of the initial margin rate 1 / max_leverage; an empty amount is 0 in a stepped table and
follows from continuity in the others."""
LARGEST = 30
"""The power of ten above which a cell is no figure of any venue."""
OPTIONAL = ("growth", "leverage")
"""Columns a file may have behind the others: what the rate gains per unit of the measure, and the chosen leverage that
a table holds for where a venue's rates depend on it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file."""

    file: Path
    line: int
    cells: Mapping[str, str]

    def number(self, column: str) -> Decimal:
        """A finite number that is there."""
        value = self.optional_number(column)
        if value is None:
            raise self.wrong(f"{column} is a number")
        return value

    def optional_number(self, column: str) -> Decimal | None:
        """A finite number, or None where the cell is empty."""
        text = self.cells[column]
        if not text:
            return None
        try:
            value = Decimal(text)
        except InvalidOperation as error:
            raise self.wrong(f"{column} is a number") from error
        if not value.is_finite() or value.adjusted() > LARGEST:
            raise self.wrong(f"{column} is a number")
        return value

    def listed(self) -> ListedTier:
        """What the line says of a tier: a rate, or the leverage it is half of the initial margin of."""
        rate = self.optional_number("rate")
        if rate is None and self.number("max_leverage") <= 0:
            raise self.wrong("max_leverage is positive")
        return ListedTier(
            symbol=self.cells["symbol"],
            floor=self.number("floor"),
            cap=self.optional_number("cap"),
            rate=rate,
            amount=self.optional_number("amount"),
            max_leverage=self.optional_number("max_leverage"),
            growth=self.optional_number("growth") or ZERO,
        )

    def optional_day(self, column: str) -> date | None:
        """A date, or None where the cell is empty."""
        text = self.cells[column]
        try:
            return date.fromisoformat(text) if text else None
        except ValueError as error:
            raise self.wrong(f"{column} is a date") from error

    def wrong(self, rule: str) -> ContentError:
        """The complaint about this line."""
        return ContentError(file=str(self.file), line=self.line, rule=rule)


def read(file: Path, *, basis: TierBasis, joins: Joins, sources: Collection[str]) -> tuple[TierBlock, ...]:
    """Every snapshot in the file, in its order; ContentError for no line, a wrong cell or a broken table.

    The lines of one snapshot stand together, and in it the lines of one symbol; each names a source of the rulebook.
    """
    snapshot = itemgetter("effective_from", "effective_to", "source", "leverage")
    blocks = groupby(_rows(file), lambda row: snapshot(row.cells))
    read = tuple(_block(list(rows), basis=basis, joins=joins, sources=sources) for _, rows in blocks)
    if not read:
        raise ContentError(file=str(file), line=1, rule="holds at least one tier")
    return read


def _block(rows: list[Row], *, basis: TierBasis, joins: Joins, sources: Collection[str]) -> TierBlock:
    """One snapshot: the lines of one first day, last day, source and, where that matters, chosen leverage."""
    effective_from = rows[0].optional_day("effective_from")
    effective_to = rows[0].optional_day("effective_to")
    if effective_from is None or not rows[0].cells["source"]:
        raise rows[0].wrong("a tier has an effective_from and a source")
    if rows[0].cells["source"] not in sources:
        raise rows[0].wrong(f"{rows[0].cells['source']} is one of the [[sources]] of the rulebook")
    if effective_to is not None and effective_to < effective_from:
        raise rows[0].wrong("effective_to is not before effective_from")
    tables: dict[str, TierTable] = {}
    for symbol, lines in groupby(rows, lambda row: row.cells["symbol"]):
        tiers = list(lines)
        if symbol in tables or not symbol:
            raise tiers[0].wrong("the lines of a symbol stand together in its snapshot, and it has a name")
        tables[symbol] = _table(tiers, basis=basis, joins=joins)
    return TierBlock(
        effective_from=effective_from,
        effective_to=effective_to,
        sources=(rows[0].cells["source"],),
        tables=tables,
        leverage=rows[0].optional_number("leverage"),
    )


def _rows(file: Path) -> Iterator[Row]:
    """The lines of the file, each with the columns of its file; an optional one it lacks is empty."""
    reader = csv.reader(text_of(file).splitlines(), strict=True)
    try:
        lines = list(reader)
    except csv.Error as error:
        raise ContentError(file=str(file), line=reader.line_num, rule=f"is CSV: {error}") from error
    columns = tuple(lines[0]) if lines else ()
    further = columns[len(COLUMNS) :]
    if columns[: len(COLUMNS)] != COLUMNS or further != tuple(name for name in OPTIONAL if name in further):
        raise ContentError(file=str(file), line=1, rule=f"the columns are {', '.join(COLUMNS)}")
    absent = dict.fromkeys(OPTIONAL, "")
    for line, cells in enumerate(lines[1:], start=2):
        if len(cells) != len(columns):
            raise ContentError(file=str(file), line=line, rule=f"a line has {len(columns)} cells")
        yield Row(file, line, absent | dict(zip(columns, cells, strict=True)))


def _table(rows: list[Row], *, basis: TierBasis, joins: Joins) -> TierTable:
    """The table of one symbol."""
    tiers: list[Tier] = []
    for row in rows:
        try:
            tiers.append(tier_of(row.listed(), below=tiers[-1] if tiers else None, joins=joins))
        except InputOutOfRange as error:
            raise row.wrong(f"{error.data['argument']}: {error.data['reason']}") from error
    try:
        return TierTable(basis=basis, tiers=tuple(tiers), joins=joins)
    except InputOutOfRange as error:
        row = next(row for row, tier in zip(rows, tiers, strict=True) if tier.floor == error.data["value"])
        raise row.wrong(f"tiers: {error.data['reason']}") from error

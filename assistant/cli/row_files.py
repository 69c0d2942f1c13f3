"""Files of rows for `bulk`, in pieces: CSV, and Parquet where pyarrow is installed."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from io import TextIOWrapper
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

from assistant.errors import AssistantError

PIECE = 32_768
"""Rows read, answered and written at a time."""
_DOUBLES = ("liquidation_price", "distance_pct")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class BadFile(AssistantError):
    """Raised for a file that cannot be read as rows; data: file, line, rule."""

    code = "bad_file"

    def __str__(self) -> str:
        """File, line and the rule that was broken, the way compilers print it."""
        return f"{self.data['file']}:{self.data['line']}: {self.data['rule']}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some rows of a file."""

    columns: Mapping[str, Sequence[str]]
    """Cells by column, an empty one where nothing is said."""
    lines: Sequence[int]
    """Where each row begins: the line of a CSV file, the number of the row in a Parquet file, from 1."""
    broken: Mapping[int, str]
    """What is wrong with a row as such, by its place in this piece."""
    share: float
    """How much of the file has been read."""
    typed: Any = None
    """The rows of a Parquet file with their types."""


class Source(AbstractContextManager["Source"], Protocol):
    """A file that is read."""

    @property
    def header(self) -> Sequence[str]:
        """The names of the columns; BadFile where they cannot be read."""

    def pieces(self) -> Iterator[Piece]:
        """The rows; BadFile where they cannot be read further."""


class Sink(AbstractContextManager["Sink"], Protocol):
    """A file that is written; it has its name only once it is whole."""

    def write(self, piece: Piece, results: Mapping[str, Sequence[str]]) -> None:
        """The rows with their results behind them."""


def source(file: Path) -> Source:
    """The reader of a file by its ending; BadFile where it has no header or pyarrow is missing, OSError."""
    return ParquetSource(file) if file.suffix == ".parquet" else CsvSource(file)


def sink(file: Path, header: Sequence[str], results: Sequence[str]) -> Sink:
    """The writer of a file by its ending; BadFile where pyarrow is missing, OSError."""
    return ParquetSink(file, [*header, *results]) if file.suffix == ".parquet" else CsvSink(file, [*header, *results])


class CsvSource:
    """Comma-separated UTF-8, with or without a byte order mark; bytes that are not UTF-8 are carried along."""

    def __init__(self, file: Path) -> None:
        self._file, self._size = file, file.stat().st_size
        with file.open("rb") as beginning:
            if beginning.read(2) in _UTF_16:
                raise BadFile(file=file, line=1, rule="is UTF-8, not UTF-16: save it as CSV UTF-8")
        self._bytes = file.open("rb")
        self._text = TextIOWrapper(self._bytes, "utf-8-sig", errors="surrogateescape", newline="")
        self._reader = csv.reader(self._text, strict=True)

    def __enter__(self) -> "CsvSource":
        return self

    def __exit__(self, *_error: object) -> None:
        self._text.close()

    @cached_property
    def header(self) -> Sequence[str]:
        """The names of the columns; BadFile where they cannot be read."""
        try:
            return [name.strip() for name in next(self._reader, [])]
        except csv.Error as error:
            raise BadFile(file=self._file, line=1, rule=f"is CSV: {error}") from error

    def pieces(self) -> Iterator[Piece]:
        """The rows, blank lines left out."""
        rows: list[list[str]] = []
        lines: list[int] = []
        line = self._reader.line_num + 1
        while True:
            try:
                row = next(self._reader, None)
            except csv.Error as error:
                if rows:
                    yield self._piece(rows, lines)
                raise BadFile(file=self._file, line=self._reader.line_num, rule=f"is CSV: {error}") from error
            if row:
                rows.append(row)
                lines.append(line)
            if rows and (row is None or len(rows) == PIECE):
                yield self._piece(rows, lines)
                rows, lines = [], []
            if row is None:
                return
            line = self._reader.line_num + 1

    def _piece(self, rows: list[list[str]], lines: list[int]) -> Piece:
        width = len(self.header)
        broken: dict[int, str] = {}
        for place, row in enumerate(rows):
            if len(row) != width:
                broken[place] = f"malformed row: {len(row)} cells under {width} columns"
                rows[place] = [*row, *[""] * width][:width]
        return Piece(
            columns=dict(zip(self.header, zip(*rows, strict=True), strict=True)),
            lines=lines,
            broken=broken,
            share=self._bytes.tell() / self._size,
        )


class CsvSink:
    """The same rows with more columns; quoted where needed, lines end with a line feed."""

    def __init__(self, file: Path, header: Sequence[str]) -> None:
        self._file, self._part = file, file.with_name(f"{file.name}.part")
        self._text = self._part.open("w", encoding="utf-8", errors="surrogateescape", newline="")
        self._writer = csv.writer(self._text, lineterminator="\n")
        self._writer.writerow(header)

    def __enter__(self) -> "CsvSink":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_error: object) -> None:
        self._text.close()
        _finish(self._part, self._file, kind)

    def write(self, piece: Piece, results: Mapping[str, Sequence[str]]) -> None:
        """The rows with their results behind them."""
        self._writer.writerows(zip(*piece.columns.values(), *results.values(), strict=True))


class ParquetSource:
    """A Parquet file; every cell is read as text."""

    def __init__(self, file: Path) -> None:
        self._file = _parquet(file).ParquetFile(file)

    def __enter__(self) -> "ParquetSource":
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()

    @cached_property
    def header(self) -> Sequence[str]:
        """The names of the columns."""
        return list(self._file.schema_arrow.names)

    def pieces(self) -> Iterator[Piece]:
        """The rows, batch by batch."""
        read, total = 0, max(1, self._file.metadata.num_rows)
        for batch in self._file.iter_batches(batch_size=PIECE):
            lines = range(read + 1, read + batch.num_rows + 1)
            read += batch.num_rows
            columns = {name: [_text(cell) for cell in batch.column(name).to_pylist()] for name in self.header}
            yield Piece(columns=columns, lines=lines, broken={}, share=read / total, typed=batch)


class ParquetSink:
    """The same columns with more: price and distance as doubles, everything else as text."""

    def __init__(self, file: Path, header: Sequence[str]) -> None:
        self._parquet = _parquet(file)
        self._file, self._part, self._header = file, file.with_name(f"{file.name}.part"), header
        self._writer: Any = None

    def __enter__(self) -> "ParquetSink":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_error: object) -> None:
        if self._writer is None:
            self._append({name: [] for name in self._header})
        self._writer.close()
        _finish(self._part, self._file, kind)

    def write(self, piece: Piece, results: Mapping[str, Sequence[str]]) -> None:
        """The rows with their results behind them."""
        read = piece.columns if piece.typed is None else {name: piece.typed.column(name) for name in piece.columns}
        said = {name: [cell or None for cell in cells] for name, cells in results.items()}
        numbers = {name: [cell and float(cell) for cell in said[name]] for name in _DOUBLES if name in said}
        self._append({**read, **said, **numbers})

    def _append(self, columns: Mapping[str, Any]) -> None:
        import pyarrow

        arrays = {
            name: pyarrow.array(cells, pyarrow.float64() if name in _DOUBLES else pyarrow.string())
            if isinstance(cells, list | tuple)
            else cells
            for name, cells in columns.items()
        }
        table = pyarrow.table(arrays)
        if self._writer is None:
            self._writer = self._parquet.ParquetWriter(self._part, table.schema)
        self._writer.write_table(table)


def _finish(part: Path, file: Path, kind: type[BaseException] | None) -> None:
    """The part gets its name, or goes away where writing was broken off."""
    if kind is None:
        part.replace(file)
    else:
        part.unlink(missing_ok=True)


def _parquet(file: Path) -> ModuleType:
    """The Parquet module of pyarrow; BadFile where it is not installed."""
    try:
        from pyarrow import parquet
    except ImportError as error:
        rule = "needs pyarrow: pip install 'liquidation-assistant[parquet]', or use CSV"
        raise BadFile(file=file, line=0, rule=rule) from error
    return parquet  # type: ignore[no-any-return]


def _text(cell: object) -> str:
    """A cell as it would stand in a CSV file."""
    if cell is None or cell != cell:  # a NaN says nothing
        return ""
    return cell if isinstance(cell, str) else str(cell)

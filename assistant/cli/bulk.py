"""`bulk`: a file of positions in, the same file with liquidation prices out."""

import argparse
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from assistant.answers.model import Tone
from assistant.cli.row_files import BadFile, Piece, sink, source
from assistant.tools.columns import COLUMNS, NOT_TAKEN, RESULTS
from assistant.wiring import open_clock, open_content

_SHOWN = 20
"""Rows without an answer that are named on the terminal; the column `error` has them all."""
_NEEDED = ("side", "entry_price")


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The arguments of the command."""
    parser = commands.add_parser("bulk", help="liquidation prices for a CSV or Parquet file of positions")
    parser.add_argument("input", type=Path, help="columns as the arguments of the tool liquidation_price, and any more")
    parser.add_argument("output", type=Path, help="the same rows with status, price, distance, rules and error")
    parser.add_argument(
        "--as-of", type=date.fromisoformat, metavar="DATE", help="the date whose venue rules apply; default today"
    )


def run(parsed: argparse.Namespace) -> int:
    """0 with every row answered, 1 where some could not be; the others are written all the same."""
    from assistant.bulk.prices import ERROR_BOUND
    from assistant.tools.many import Many
    from assistant.tools.rules import Rules

    if parsed.output.exists() and parsed.output.samefile(parsed.input):
        raise BadFile(file=parsed.output, line=0, rule="is not the input itself")
    report, broken_off = _Report(parsed.input), ""
    try:
        with source(parsed.input) as read:
            _check(parsed.input, read.header)
            assistant = open_content(compiled=False)
            many = Many(Rules(rulebooks=assistant.rulebooks, as_of=parsed.as_of or open_clock().today()))
            with sink(parsed.output, read.header, RESULTS) as written:
                try:
                    for piece in read.pieces():
                        cells = {name: piece.columns[name] for name in COLUMNS if name in piece.columns}
                        found = many.answers(cells, len(piece.lines))
                        for row, wrong in piece.broken.items():
                            found.refuse(row, wrong)
                        written.write(piece, found.results)
                        report.add(piece, found.results["status"], found.results["error"], found.exact)
                except BadFile as error:
                    broken_off = str(error)
    except OSError as error:
        raise BadFile(file=error.filename or parsed.input, line=0, rule=(error.strerror or "can be read")) from error
    report.end()
    if broken_off:
        print(f"{broken_off}; the rows before are written", file=sys.stderr)
    print(f"prices: float64, within {ERROR_BOUND:g} of the entry price of the exact ones", file=sys.stderr)
    print(assistant.shelves[assistant.understanding.default].book.disclaimers[Tone.PLAIN], file=sys.stderr)
    return 1 if report.refused or broken_off else 0


def _check(file: Path, header: Sequence[str]) -> None:
    """Nothing, or BadFile for columns that could not be understood as they are meant."""

    def refuse(rule: str) -> BadFile:
        return BadFile(file=file, line=1, rule=rule)

    missing = [name for name in _NEEDED if name not in header]
    if missing:
        hint = "; cells are separated by commas" if len(header) == 1 else ""
        raise refuse(f"has the columns {', '.join(_NEEDED)}, here {', '.join(missing)} is missing{hint}")
    for name in header:
        if header.count(name) > 1:
            raise refuse(f"has every column once, {name} stands there again")
        if name in RESULTS:
            raise refuse(f"has no column {name} yet: it is what is written here")
        if name in NOT_TAKEN:
            raise refuse(f"cannot take {name} from a cell: use the tool liquidation_price for such positions")


class _Report:
    """What is said on the terminal while rows go by."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._began = time.monotonic()
        self._moving = sys.stderr.isatty()
        self._rows = self._exact = self.refused = 0

    def add(self, piece: Piece, statuses: Sequence[str], errors: Sequence[str], exact: int) -> None:
        """One more piece."""
        for line, status, error in zip(piece.lines, statuses, errors, strict=True):
            if error:
                self.refused += 1
                if self.refused <= _SHOWN:
                    self._print(f"{self._file}:{line}: {status}: {error.encode('ascii', 'backslashreplace').decode()}")
        self._rows += len(statuses)
        self._exact += exact
        if self._moving:
            done = round(piece.share * 30)
            speed = self._rows / max(time.monotonic() - self._began, 0.001)
            bar = f"\r[{'#' * done}{' ' * (30 - done)}] {piece.share:4.0%}  {self._rows:,} rows, {speed:,.0f}/s"
            print(bar, end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """The sum of it."""
        if self.refused > _SHOWN:
            self._print(f"{self._file}: {self.refused - _SHOWN} more, see the column error")
        self._print(f"{self._rows} rows, {self.refused} without an answer, {self._exact} by the exact solver")

    def _print(self, line: str) -> None:
        print(f"\r\033[K{line}" if self._moving else line, file=sys.stderr)

"""Positions that differ in numbers only: the rules run once for each way through them, arrays do the rest."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from assistant.bulk.block import REFUSED, UNSURE, Codes
from assistant.bulk.formula import Formulas
from assistant.bulk.prices import ERROR_BOUND, coded, estimated
from assistant.bulk.schedule import Floats
from assistant.bulk.trace import Describe, Trace, Way, trace
from assistant.margin.liquidation import solve

Rows = NDArray[np.intp]
Numbers = Callable[[int], Mapping[str, Decimal]]
"""The numbers of a row as they were written."""

_FEW = 6
"""Rows for which running the rules themselves is faster than finding their formulas."""
_MOST = 256
"""Ways through the rules that are kept; what goes none of them is solved row by row."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Answers:
    """What was found for some rows, each array as long as they are many."""

    price: Floats
    status: Codes
    start_price: Floats
    """Where the walk began, NaN where the rules refused."""
    note: list[object]
    """The case's note, or the exception that ended it."""
    exact: int = 0
    """Rows the exact solver answered one by one."""


@dataclass(slots=True)
class Group:
    """One group and the ways found so far."""

    describe: Describe
    refusals: tuple[type[Exception], ...]
    ways: list[Trace] = field(default_factory=list)
    is_traceable: bool = True

    def answers(self, columns: Mapping[str, Floats], numbers: Numbers, blurred: NDArray[np.bool_]) -> Answers:
        """The answers of the rows, within ERROR_BOUND of the exact ones or exact.

        `blurred` says which rows have numbers of more digits than float64 holds: those are solved exactly.
        """
        count = len(blurred)
        found = Answers(
            price=np.full(count, np.nan),
            status=np.full(count, UNSURE, dtype=np.int8),
            start_price=np.full(count, np.nan),
            note=[None] * count,
        )
        with np.errstate(all="ignore"):
            left = np.flatnonzero(~blurred)
            for way in tuple(self.ways):
                left = self._follow(way, left, columns, found)
            while self.is_traceable and len(left) > _FEW and len(self.ways) < _MOST:
                first = left[0]
                found_way = trace(self.describe, numbers(int(first)), self.refusals)
                if found_way is None:
                    self.is_traceable = False
                    break
                others = self._follow(found_way, left, columns, found)
                taken = np.setdiff1d(left, others)
                if not self._agrees(taken, numbers, found):
                    found.status[taken] = UNSURE
                    self.is_traceable = False
                    break
                self.ways.append(found_way)
                left = others[others != first]
        unsure = np.flatnonzero(found.status == UNSURE)
        for row in map(int, unsure):
            self._exactly(row, numbers(row), found)
        return Answers(
            price=found.price,
            status=found.status,
            start_price=found.start_price,
            note=found.note,
            exact=len(unsure),
        )

    def _follow(self, way: Trace, rows: Rows, columns: Mapping[str, Floats], found: Answers) -> Rows:
        """The rows that do not go this way; those that do are answered, doubtful ones left to the exact solver."""
        formulas = Formulas({name: column[rows] for name, column in columns.items()})
        certain, doubtful = way.takes(formulas, len(rows))
        taken = rows[certain]
        if len(taken):
            if isinstance(way.end, Way):
                here = Formulas({name: column[taken] for name, column in columns.items()})
                positions, kept = way.end.positions(here, len(taken))
                prices = estimated(way.end.schedule, positions)
                found.price[taken] = prices.price
                found.status[taken] = np.where(kept, prices.status, UNSURE)
                found.start_price[taken] = positions.start_price
                note = way.end.note
            else:
                found.status[taken] = REFUSED
                note = way.end
            for row in taken.tolist():
                found.note[row] = note
        return rows[~certain & ~doubtful]

    def _agrees(self, taken: Rows, numbers: Numbers, found: Answers) -> bool:
        """Whether rows of a new way end alike when the rules are run for them: the first, one between and the last.

        Rules that hand a traced number to a decimal context get one back that no longer says where it comes from.
        """
        told = taken[found.status[taken] != UNSURE]
        for row in {int(told[place]) for place in (0, len(told) // 2, -1)} if len(told) else ():
            price, status, start = found.price[row], found.status[row], found.start_price[row]
            self._exactly(row, numbers(row), found)
            if status != found.status[row] or abs(price - found.price[row]) > ERROR_BOUND * start:
                return False
        return True

    def _exactly(self, row: int, numbers: Mapping[str, Decimal], found: Answers) -> None:
        """One row, by the rules and the exact solver."""
        try:
            case = self.describe(numbers)
            found.start_price[row], found.note[row] = float(case.start_price), case.note
            found.price[row], found.status[row] = coded(solve(case.position, case.terms, start_price=case.start_price))
        except self.refusals as reason:
            found.price[row], found.status[row], found.note[row] = np.nan, REFUSED, reason

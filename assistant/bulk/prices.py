"""Liquidation prices of arrays of positions under one schedule: float64, in pieces that stay in the cache."""

from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from assistant.bulk.block import UNSURE, Block, Codes
from assistant.bulk.schedule import Floats, Schedule
from assistant.errors import InputOutOfRange
from assistant.margin.liquidation import Liquidation, solve
from assistant.margin.position import Position
from assistant.values import Side, Status

STATUSES = (Status.OK, Status.NOT_LIQUIDATABLE, Status.BEYOND_MAINTENANCE, Status.REFUSED)
"""What the numbers of a status array mean."""
ERROR_BOUND = 1e-9
"""Largest difference to the exact solver, as a fraction of the entry price."""
BLOCK = 16_384
"""Positions a piece: its arrays fit the second cache."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Positions:
    """Open positions of one contract, one element a position in every array; ValueError for unequal lengths."""

    long: NDArray[np.bool_]
    """True long, False short."""
    entry_price: Floats
    size: Floats
    """As `Position.size`."""
    margin: Floats
    """As `Terms.margin`, in settlement currency."""
    start_price: Floats | None = None
    """Where the walk begins; left out: at entry."""

    def __post_init__(self) -> None:
        if len({len(array) for array in (self.long, self.entry_price, self.size, self.margin)}) != 1:
            raise ValueError("the arrays of positions differ in length")
        if self.start_price is not None and len(self.start_price) != len(self.long):
            raise ValueError("the arrays of positions differ in length")

    def __len__(self) -> int:
        return len(self.long)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Prices:
    """What was found; each price lies within ERROR_BOUND of the exact solver's, relative to entry."""

    price: Floats
    """NaN where the status is not ok."""
    status: Codes
    """Numbers of STATUSES."""


def liquidation_prices(schedule: Schedule, positions: Positions) -> Prices:
    """The liquidation price of every position.

    A position that float64 cannot place for certain, near an edge or near no price at all, is solved exactly from the
    shortest decimals of its numbers; so is every one with a value no position can have, which ends as refused.
    """
    found = estimated(schedule, positions)
    for row in np.flatnonzero(found.status == UNSURE):
        found.price[row], found.status[row] = _exactly(schedule, positions, int(row))
    return found


def estimated(schedule: Schedule, positions: Positions) -> Prices:
    """The same with UNSURE where only the exact solver can tell."""
    count = len(positions)
    prices, codes = np.empty(count), np.empty(count, dtype=np.int8)
    start, block = positions.start_price, None
    with np.errstate(all="ignore"):
        for low in range(0, count, BLOCK):
            part = slice(low, min(low + BLOCK, count))
            if block is None or part.stop - part.start < BLOCK:
                block = Block(schedule, part.stop - part.start)
            block.solve(
                positions.long[part],
                positions.entry_price[part],
                positions.size[part],
                positions.margin[part],
                None if start is None else start[part],
                price=prices[part],
                status=codes[part],
            )
    return Prices(price=prices, status=codes)


def coded(liquidation: Liquidation) -> tuple[float, int]:
    """Price and status number of an exact result."""
    price = np.nan if liquidation.price is None else float(liquidation.price)
    return price, STATUSES.index(liquidation.status)


def _exactly(schedule: Schedule, positions: Positions, row: int) -> tuple[float, int]:
    """Price and status number of one position from the exact solver."""
    start = positions.start_price
    try:
        position = Position(
            contract=schedule.contract,
            side=Side.LONG if positions.long[row] else Side.SHORT,
            size=_decimal(positions.size[row]),
            entry_price=_decimal(positions.entry_price[row]),
        )
        terms = replace(schedule.terms, margin=_decimal(positions.margin[row]))
        return coded(solve(position, terms, start_price=None if start is None else _decimal(start[row])))
    except InputOutOfRange:
        return np.nan, STATUSES.index(Status.REFUSED)


def _decimal(number: np.float64) -> Decimal:
    """The shortest decimal that is this float."""
    return Decimal(repr(float(number)))

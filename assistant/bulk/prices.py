"""Liquidation prices of arrays of positions under one schedule: float64, in pieces that stay in the cache."""

from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from assistant.bulk.block import UNSURE, Block, Codes
from assistant.bulk.positions import Positions
from assistant.bulk.schedule import Floats, Schedule
from assistant.errors import InputOutOfRange
from assistant.margin.liquidation import Liquidation, solve
from assistant.margin.maintenance import TierTable
from assistant.margin.position import Position
from assistant.values import Side, Status

STATUSES = (Status.OK, Status.NOT_LIQUIDATABLE, Status.BEYOND_MAINTENANCE, Status.REFUSED)
"""What the numbers of a status array mean."""
ERROR_BOUND = 1e-9
"""Largest difference to the exact solver, as a fraction of the entry price."""
BLOCK = 32_768
"""Positions a piece: its arrays fit the second cache."""


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
    block = None
    with np.errstate(all="ignore"):
        for low in range(0, count, BLOCK):
            high = min(low + BLOCK, count)
            if block is None or high - low < BLOCK:
                block = Block(schedule, high - low)
            block.solve(positions.part(low, high), price=prices[low:high], status=codes[low:high])
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
        terms = replace(schedule.terms, margin=_decimal(positions.margin[row]), tiers=_tiers(schedule, positions, row))
        return coded(solve(position, terms, start_price=None if start is None else _decimal(start[row])))
    except InputOutOfRange:
        return np.nan, STATUSES.index(Status.REFUSED)


def _tiers(schedule: Schedule, positions: Positions, row: int) -> TierTable:
    """The table of one position: the schedule's, or the rate and amount of its own."""
    tiers = schedule.terms.tiers
    rate, amount = positions.maintenance_margin_rate, positions.maintenance_amount
    own = {} if rate is None else {"rate": _decimal(rate[row])}
    own |= {} if amount is None else {"amount": _decimal(amount[row])}
    return replace(tiers, tiers=(replace(tiers.tiers[0], **own),)) if own else tiers


def _decimal(number: np.float64) -> Decimal:
    """The shortest decimal that is this float."""
    return Decimal(repr(float(number)))

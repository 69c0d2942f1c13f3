"""One piece of positions solved in place: its arrays are made once and written over, piece after piece.

    (k - a) v - g v^2 = (k + e) v_E - M - D          searched is v, the notional at the liquidation price

with k = +1 where profit grows with v, else -1. The tier of the root follows from (k + e) v_E - M alone.
"""

import numpy as np
from numpy.typing import NDArray

from assistant.bulk.positions import Positions
from assistant.bulk.schedule import STEEPEST, Floats, Schedule
from assistant.margin.maintenance import MaintenanceBasis

Codes = NDArray[np.int8]
Number = Floats | float

OK, NOT_LIQUIDATABLE, BEYOND_MAINTENANCE, REFUSED, UNSURE = range(5)
"""Numbers of a status; UNSURE: only the exact solver can tell."""
_NEAR = 1e-12
"""Share of the amounts involved below which a difference of two of them may be rounding."""
_SMALLEST = 1e-4
"""Notional at entry / amounts involved from which a price is within the bound; of an inverse contract v^2 / v_E."""
_FEW = 40
"""Edges up to which comparing with each is faster than a binary search."""


class Block:
    """Working arrays for `count` positions under one schedule."""

    def __init__(self, schedule: Schedule, count: int) -> None:
        self._rules = schedule
        self._k, self._value, self._begin, self._known, self._root, self._scale, self._near = np.empty((7, count))
        self._slope, self._share, self._amount, self._spare = np.empty((4, count))
        self._sure, self._good, self._flag = np.empty((3, count), dtype=np.bool_)
        self._below, self._above = np.empty((2, count), dtype=np.int16)
        self._tier = np.empty(count, dtype=np.intp)
        self._lowest_root = np.concatenate([[-np.inf], schedule.floors[1:]])
        self._next_fall = np.concatenate([schedule.falls, [np.inf]])

    def solve(self, positions: Positions, *, price: Floats, status: Codes) -> None:
        """Prices and status numbers of the positions, written into the arrays given."""
        size, entry, start = positions.size, positions.entry_price, positions.start_price
        rules, follows = self._rules, self._rules.contract.follows_price
        notional = np.multiply if follows else np.divide
        np.copyto(self._k, positions.long)
        self._k *= 2.0 if follows else -2.0
        self._k += -1.0 if follows else 1.0
        notional(size, entry, out=self._value)
        begin = self._value if start is None else notional(size, start, out=self._begin)
        np.greater(size, 0.0, out=self._sure)
        self._sure &= np.greater(self._value, 0.0, out=self._flag)
        if start is not None:
            self._sure &= np.greater(begin, 0.0, out=self._flag)
        np.abs(positions.margin, out=self._scale)
        self._scale += self._value if start is None else np.add(self._value, begin, out=self._spare)
        np.multiply(self._k, self._value, out=self._known)
        self._known -= positions.margin
        measure = begin if rules.moving else size if rules.counts_size else self._value
        slope, amount = self._line(measure, positions.maintenance_margin_rate, positions.maintenance_amount)
        np.multiply(self._scale, _NEAR, out=self._near)
        self._solve_line(slope, amount)
        if rules.moving and rules.stepped:
            self._keep_to_steps()
        np.divide(*((self._root, size) if follows else (size, self._root)), out=price)
        away = self._judge(begin, status)
        if not self._good.all():
            self._tell(np.flatnonzero(~self._good), away, price=price, status=status)

    def _line(self, measure: Floats, own_rate: Floats | None, own_amount: Floats | None) -> tuple[Number, Number]:
        """A and D of each position's tier, or of its own rate and amount; the known side is completed on the way."""
        rules = self._rules
        if np.isfinite(rules.ceiling):
            self._sure &= np.less(measure, rules.ceiling, out=self._flag)
        slope: Number = float(rules.slopes[0])
        share: Number = float(rules.shares[0])
        amount: Number = float(rules.amounts[0]) if own_amount is None else own_amount
        if not rules.is_single and not rules.moving:
            self._find_tier(measure)
            slope, share, amount = self._of_tier()
        gained = np.multiply(measure, rules.growth, out=self._near) if rules.growth and not rules.moving else own_rate
        if gained is not None:
            self._sure &= (gained >= 0) & (gained < float(STEEPEST) - slope - share)
            if rules.terms.basis is MaintenanceBasis.MARK:
                slope = np.add(slope, gained, out=self._slope)
            else:
                share = np.add(share, gained, out=self._share)
        if own_amount is not None:
            self._sure &= own_amount >= 0
        if isinstance(share, np.ndarray) or share:
            self._known += np.multiply(share, self._value, out=self._spare)
        if not rules.is_single and rules.moving:
            self._find_tier_of_root()
            slope, _, amount = self._of_tier()
        if isinstance(amount, np.ndarray) or amount:
            self._scale += amount
        return slope, amount

    def _find_tier(self, measure: Floats) -> None:
        """The tier of a measure that no price moves; unsure within rounding of an edge."""
        rules = self._rules
        self._count(rules.caps[np.isfinite(rules.caps)], measure, self._below)
        np.copyto(self._tier, self._below)
        slack = np.multiply(measure, _NEAR, out=self._near)
        distance = np.take(rules.caps, self._tier, out=self._spare, mode="clip")
        distance -= measure
        self._sure &= np.greater(distance, slack, out=self._flag)
        distance = np.take(self._lowest_root, self._tier, out=self._spare, mode="clip")
        np.subtract(measure, distance, out=distance)
        self._sure &= np.greater(distance, slack, out=self._flag)

    def _find_tier_of_root(self) -> None:
        """The tier in which the walk ends.

        Downwards the highest one whose root is above its floor; upwards the first whose root is not above its cap.
        """
        self._count(self._rules.falls, self._known, self._below)
        np.negative(self._known, out=self._spare)
        self._count(self._rules.rises, self._spare, self._above)
        np.copyto(self._below, self._above, where=np.less(self._k, 0.0, out=self._flag))
        np.copyto(self._tier, self._below)

    def _count(self, edges: Floats, measure: Floats, into: NDArray[np.int16]) -> None:
        """How many edges lie below each measure."""
        if len(edges) > _FEW:
            into[:] = np.searchsorted(edges, measure)
            return
        into.fill(0)
        for edge in edges:
            into += np.greater(measure, edge, out=self._flag)

    def _of_tier(self) -> tuple[Floats, Floats, Floats]:
        """a, e and D of each position's tier."""
        rules = self._rules
        return (
            np.take(rules.slopes, self._tier, out=self._slope, mode="clip"),
            np.take(rules.shares, self._tier, out=self._share, mode="clip"),
            np.take(rules.amounts, self._tier, out=self._amount, mode="clip"),
        )

    def _solve_line(self, slope: Number, amount: Number) -> None:
        """The root v; a straight line has (known - D) / (k - a), the parabola 2 c / (b + sqrt(b^2 - 4 k g c))."""
        rules = self._rules
        if isinstance(amount, np.ndarray) or amount:
            self._known -= amount
        if not (rules.growth and rules.moving):
            np.divide(self._known, np.subtract(self._k, slope, out=self._spare), out=self._root)
            return
        self._known *= self._k
        bend = np.multiply(self._k, slope, out=self._spare)
        np.subtract(1.0, bend, out=bend)
        np.multiply(bend, bend, out=self._root)
        turned = np.multiply(self._known, self._k, out=self._amount)
        turned *= 4.0 * rules.growth
        self._root -= turned
        np.sqrt(self._root, out=self._root)
        self._root += bend
        np.divide(self._known, self._root, out=self._root)
        self._root *= 2.0

    def _keep_to_steps(self) -> None:
        """Upwards a step that jumps past the root ends the walk; downwards a root at a step is unsure."""
        rules = self._rules
        rising = np.less(self._k, 0.0, out=self._flag)
        floor = np.take(rules.floors, self._tier, out=self._spare, mode="clip")
        np.maximum(self._root, floor, out=self._root, where=rising)
        floor = np.take(self._lowest_root, self._tier, out=self._spare, mode="clip")
        np.subtract(self._root, floor, out=floor)
        clear = np.greater(floor, self._near, out=self._good)
        next_fall = np.take(self._next_fall, self._tier, out=self._spare, mode="clip")
        next_fall -= self._near
        next_fall -= self._amount
        clear &= np.less(self._known, next_fall)
        clear |= rising
        self._sure &= clear

    def _judge(self, begin: Floats, status: Codes) -> Floats:
        """The way from the start to the root; `good` where that is a price within the bound, by any rounding."""
        away = np.subtract(begin, self._root, out=self._share)
        away *= self._k
        np.greater(away, self._near, out=self._good)
        self._good &= self._sure
        self._good &= np.greater(self._root, self._near, out=self._flag)
        if self._rules.contract.follows_price:
            np.multiply(self._scale, _SMALLEST, out=self._spare)
            self._good &= np.less(self._spare, self._value, out=self._flag)
        else:
            np.multiply(self._scale, self._value, out=self._spare)
            self._spare *= _SMALLEST
            np.multiply(self._root, self._root, out=self._amount)
            self._good &= np.less(self._spare, self._amount, out=self._flag)
        status.fill(OK)
        return away

    def _tell(self, rows: NDArray[np.intp], away: Floats, *, price: Floats, status: Codes) -> None:
        """Status numbers of the rows without a sure price."""
        near, sure = self._near[rows], self._sure[rows] & np.isfinite(self._scale[rows])
        begun = away[rows] > near
        beyond = sure & (away[rows] < -near)
        if self._rules.moving and self._rules.stepped:
            beyond &= self._k[rows] < 0  # downwards the root may have been sought above the tier of the start
        none = sure & begun & (self._root[rows] < -near)
        price[rows] = np.nan
        status[rows] = np.select([beyond, none], [BEYOND_MAINTENANCE, NOT_LIQUIDATABLE], UNSURE)

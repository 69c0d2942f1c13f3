"""Equity and requirement in plain formulas, and the first price at which they meet, by bisection."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from tests.oracle.raw import Ladder, Row

CLOSE = Decimal("1e-25")
FAR = Decimal("1e12")

Price = Decimal | str
"""A price, or `not_liquidatable`, `beyond_maintenance`, `beyond_table`, `beyond_one`."""


@dataclass(frozen=True)
class Condition:
    """One position and what its venue asks of it; every amount in settlement currency."""

    contract: str
    side: str
    size: Decimal
    entry: Decimal
    start: Decimal
    """Where the market stands."""
    margin: Decimal
    ladder: Ladder
    maintenance_at: str
    """`mark` or `entry`: which value the rate is taken of."""
    fee: Decimal = Decimal(0)
    fee_at: str = "mark"
    minimum: Decimal = Decimal(0)
    """Below which the maintenance margin does not fall."""

    @property
    def sign(self) -> int:
        return 1 if self.side == "long" else -1

    def value(self, price: Decimal) -> Decimal:
        return self.size / price if self.contract == "inverse" else self.size * price

    def equity(self, price: Decimal) -> Decimal:
        if self.contract == "inverse":
            return self.margin + self.sign * self.size * (1 / self.entry - 1 / price)
        return self.margin + self.sign * self.size * (price - self.entry)

    def measure(self, price: Decimal) -> Decimal:
        """What the edges of the ladder count."""
        if self.ladder.basis == "quote_notional":
            return self.size if self.contract == "inverse" else self.size * price
        return self.size / price if self.contract == "inverse" else self.size

    def maintenance(self, number: int, price: Decimal) -> Decimal:
        """Maintenance at that price by tier `number`: the rate on all of it, or each slice at its own rate."""
        at = self.entry if self.maintenance_at == "entry" else price
        row, value, measured = self.ladder.rows[number], self.value(at), self.measure(at)
        if self.ladder.joins == "stepped" or value != measured:
            return value * (row.rate + row.growth * measured) - (row.amount or 0)
        below = sum((_slice(lower) for lower in self.ladder.rows[:number]), start=Decimal(0))
        extra = (measured - row.floor) * row.rate + row.growth * measured * measured
        return below + extra - (self.ladder.rows[0].amount or 0)

    def gap(self, number: int, price: Decimal) -> Decimal:
        """Equity less what is required."""
        charged = self.value(self.entry if self.fee_at == "entry" else price) * self.fee
        return self.equity(price) - max(self.maintenance(number, price), self.minimum) - charged


def _slice(row: Row) -> Decimal:
    assert row.cap is not None
    return (row.cap - row.floor) * row.rate


def liquidation(condition: Condition) -> Price:
    """The first price on the losing side at which equity no longer exceeds the requirement.

    `beyond_one`: the rate grown with the size takes the whole position at the start, where nobody can hold it.
    """
    if condition.ladder.rows[-1].growth * condition.measure(condition.start) + condition.fee >= Decimal("0.9"):
        return "beyond_one"
    stops = list(_stops(condition))
    for number, (near, far) in enumerate(pairwise(stops)):
        tier = _tier(condition, (near + far) / 2)
        if tier is None:
            return "beyond_table"
        if condition.gap(tier, near) <= 0:
            return near if number else "beyond_maintenance"
        if condition.gap(tier, far) <= 0:
            return _bisect(lambda price, tier=tier: condition.gap(tier, price), near, far)
    return "not_liquidatable"


def _stops(condition: Condition) -> Iterator[Decimal]:
    """Prices from the start away from profit: every tier edge on the way, and each doubling or halving."""
    step = Decimal("0.5") if condition.side == "long" else Decimal(2)
    bound = condition.start * (1 / FAR if condition.side == "long" else FAR)
    stops = {condition.start}
    price = condition.start
    while (price > bound) if condition.side == "long" else (price < bound):
        price *= step
        stops.add(price)
    if condition.maintenance_at == "mark":
        edges = [row.floor for row in condition.ladder.rows[1:]] + [condition.ladder.rows[-1].cap or Decimal(0)]
        prices = [_price_at(condition, edge) for edge in edges if edge]
        stops |= {price for price in prices if price and (condition.start - price) * condition.sign > 0}
    return iter(sorted(stops, reverse=condition.side == "long"))


def _price_at(condition: Condition, edge: Decimal) -> Decimal | None:
    """The price at which the ladder's measure reaches an edge, or None where no price moves it."""
    if (condition.ladder.basis == "quote_notional") is (condition.contract == "inverse"):
        return None
    return condition.size / edge if condition.contract == "inverse" else edge / condition.size


def _tier(condition: Condition, price: Decimal) -> int | None:
    """The number of the tier that counts there; None beyond the last known one."""
    measured = condition.measure(condition.entry if condition.maintenance_at == "entry" else price)
    for number, row in enumerate(condition.ladder.rows):
        if row.cap is None or measured <= row.cap:
            return number
    return None


def _bisect(gap: Callable[[Decimal], Decimal], near: Decimal, far: Decimal) -> Decimal:
    """Where the gap vanishes between a price at which it is above 0 and one at which it is not."""
    while abs(far - near) > CLOSE * max(near, far):
        middle = (near + far) / 2
        if gap(middle) > 0:
            near = middle
        else:
            far = middle
    return (near + far) / 2

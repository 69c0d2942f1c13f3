"""The one solver: the first price, walking against the position, at which equity no longer exceeds what is required."""

from dataclasses import dataclass
from decimal import Decimal

from assistant.errors import InputOutOfRange
from assistant.margin.maintenance import MaintenanceBasis, Tier, TierTable
from assistant.margin.position import Position
from assistant.margin.quantities import ONE, exact, require_fraction, require_positive
from assistant.values import Contract, Status

NEGLIGIBLE = Decimal("1e-20")
"""Fraction of the notional at entry below which a root is the rounding of a division, not a price."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a venue says about one position; raises InputOutOfRange where rate and fee leave nothing to lose."""

    margin: Decimal
    """M, in settlement currency, without the position's own unrealized PnL; in cross it may be negative."""
    fee_rate: Decimal
    """f, counted inside the trigger at the value on the price searched; 0 where the venue counts none."""
    basis: MaintenanceBasis
    tiers: TierTable

    def __post_init__(self) -> None:
        if not self.margin.is_finite():
            raise InputOutOfRange(argument="margin", reason="not_finite", value=self.margin)
        require_fraction("fee_rate", self.fee_rate)
        steepest = self.tiers.tiers[-1].rate + self.fee_rate
        if steepest >= 1:
            raise InputOutOfRange(argument="fee_rate", reason="rate_and_fee_reach_one", value=steepest, bound=ONE)

    def tier_at(self, position: Position, price: Decimal) -> Tier:
        """The tier that counts when the market stands at `price`: of the value there, or of the value at entry."""
        where = price if self.basis is MaintenanceBasis.MARK else position.entry_price
        return self.tiers.at(self.tiers.basis.measure(position, where))


@dataclass(frozen=True, slots=True, kw_only=True)
class Liquidation:
    """What the solver found; only `Status.OK` carries a price."""

    price: Decimal | None
    tier: Tier
    """The tier at that price; without a price, the last one looked at."""
    status: Status
    reason: str | None = None
    """Of NOT_LIQUIDATABLE: `no_positive_price` (linear) or `collateral_covers` (inverse short)."""


@exact
def solve(position: Position, terms: Terms, *, start_price: Decimal | None = None) -> Liquidation:
    """The liquidation price, unrounded, and the tier it lies in; BEYOND_MAINTENANCE where the start is past it.

    In notional v of the settlement currency (linear v = q P, inverse v = Q / P; v_E at entry; k = +1 where profit
    grows with v, else -1) the condition is  M + k (v - v_E) = v (m + f) - D,  with the maintenance part taken at v_E
    where the venue takes it at entry. Every piece of it between two tier edges is a straight line with one root.

    Walks from `start_price` (left out: entry). Raises InputOutOfRange where the walk leaves the last known tier.
    """
    start = position.entry_price if start_price is None else start_price
    require_positive("start_price", start)
    value = position.notional(start)
    first = terms.tier_at(position, start)
    if _gap(position, terms, first, value=value) <= 0:
        return Liquidation(price=None, tier=first, status=Status.BEYOND_MAINTENANCE)
    moving = terms.basis is MaintenanceBasis.MARK and terms.tiers.basis.moves_with_price(position.contract)
    if not moving:
        return _found(position, first, _root(position, terms, first))
    walk = _downwards if position.direction > 0 else _upwards
    return walk(position, terms, terms.tiers.index(value))


def _downwards(position: Position, terms: Terms, number: int) -> Liquidation:
    """The root when losses shrink the notional: from tier `number` down, each tier open at its floor."""
    for tier in reversed(terms.tiers.tiers[1 : number + 1]):
        root = _root(position, terms, tier)
        if root > tier.floor:
            return _found(position, tier, root)
    lowest = terms.tiers.tiers[0]
    return _found(position, lowest, _root(position, terms, lowest))


def _upwards(position: Position, terms: Terms, number: int) -> Liquidation:
    """The root when losses swell the notional: from tier `number` up, or the edge where a step jumps past it."""
    for above, tier in enumerate(terms.tiers.tiers[number:]):
        if above and _gap(position, terms, tier, value=tier.floor) <= 0:
            return _found(position, tier, tier.floor)
        root = _root(position, terms, tier)
        if tier.cap is None or root <= tier.cap:
            return _found(position, tier, root)
    last = terms.tiers.tiers[-1]
    raise InputOutOfRange(argument="size", reason="beyond_last_tier", value=root, bound=last.cap)


def _line(position: Position, terms: Terms, tier: Tier) -> tuple[Decimal, Decimal]:
    """What is required at notional v, as (a, b) of a v + b."""
    if terms.basis is MaintenanceBasis.MARK:
        return tier.rate + terms.fee_rate, -tier.amount
    return terms.fee_rate, position.notional(position.entry_price) * tier.rate - tier.amount


def _gap(position: Position, terms: Terms, tier: Tier, *, value: Decimal) -> Decimal:
    """Equity less what the tier requires at that notional."""
    slope, level = _line(position, terms, tier)
    equity = terms.margin + position.direction * (value - position.notional(position.entry_price))
    return equity - (slope * value + level)


def _root(position: Position, terms: Terms, tier: Tier) -> Decimal:
    """The notional at which the tier's line is met: v = (k v_E - M + b) / (k - a)."""
    slope, level = _line(position, terms, tier)
    at_entry = position.direction * position.notional(position.entry_price)
    return (at_entry - terms.margin + level) / (position.direction - slope)


def _found(position: Position, tier: Tier, value: Decimal) -> Liquidation:
    """The result for a root in notional; a notional that is not positive is no price at all."""
    price = price_of(position, value)
    if price is None:
        reason = "no_positive_price" if position.contract is Contract.LINEAR else "collateral_covers"
        return Liquidation(price=None, tier=tier, status=Status.NOT_LIQUIDATABLE, reason=reason)
    return Liquidation(price=price, tier=tier, status=Status.OK)


def price_of(position: Position, value: Decimal) -> Decimal | None:
    """The price at which the position is worth that notional, linear v / q, inverse Q / v; None where there is none."""
    if value <= NEGLIGIBLE * position.notional(position.entry_price):
        return None
    return value / position.size if position.contract is Contract.LINEAR else position.size / value

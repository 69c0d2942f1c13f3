"""The one solver: the first price, walking against the position, at which equity no longer exceeds what is required."""

from dataclasses import dataclass
from decimal import Decimal

from assistant.errors import InputOutOfRange
from assistant.margin.maintenance import MaintenanceBasis, Tier, TierTable
from assistant.margin.position import Position
from assistant.margin.quantities import ONE, ZERO, exact, require_fraction, require_not_negative, require_positive
from assistant.values import Contract, Status

NEGLIGIBLE = Decimal("1e-20")
"""Fraction of the notional at entry below which a root is the rounding of a division, not a price."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a venue says about one position; raises InputOutOfRange where rate and fee leave nothing to lose."""

    margin: Decimal
    """M, in settlement currency, without the position's own unrealized PnL; in cross it may be negative."""
    fee_rate: Decimal
    """f, counted inside the trigger; 0 where the venue counts none."""
    basis: MaintenanceBasis
    tiers: TierTable
    fee_basis: MaintenanceBasis = MaintenanceBasis.MARK
    """Whether the fee is taken of the value at the price searched, or of the value at entry."""
    coin_margin: Decimal = ZERO
    """C, coins that back a linear position beside M and count at the price searched, haircut taken off."""

    posted_fee_rate: Decimal = ZERO
    """Of a venue that has the fee to close posted too, as part of M: its rate, taken of the value at bankruptcy."""

    def __post_init__(self) -> None:
        if not self.margin.is_finite():
            raise InputOutOfRange(argument="margin", reason="not_finite", value=self.margin)
        require_fraction("fee_rate", self.fee_rate)
        require_not_negative("coin_collateral", self.coin_margin)
        steepest = self.tiers.tiers[-1].rate + self.fee_rate
        if steepest >= 1:
            raise InputOutOfRange(argument="fee_rate", reason="rate_and_fee_reach_one", value=steepest, bound=ONE)

    def measured(self, position: Position, price: Decimal) -> Decimal:
        """What the tier edges count when the market stands at `price`: the value there, or at entry."""
        where = price if self.basis is MaintenanceBasis.MARK else position.entry_price
        return self.tiers.basis.measure(position, where)

    def tier_at(self, position: Position, price: Decimal) -> Tier:
        """The tier that counts when the market stands at `price`: of the value there, or of the value at entry."""
        return self.tiers.at(self.measured(position, price))

    def rate_at(self, position: Position, price: Decimal) -> Decimal:
        """The maintenance rate that counts when the market stands at `price`."""
        measure = self.measured(position, price)
        return self.tiers.at(measure).rate_at(measure)


@dataclass(frozen=True, slots=True, kw_only=True)
class Liquidation:
    """What the solver found; only `Status.OK` carries a price."""

    price: Decimal | None
    tier: Tier
    """The tier at that price; without a price, the last one looked at."""
    status: Status
    reason: str | None = None
    """Of NOT_LIQUIDATABLE: `no_positive_price`, or `collateral_covers` (an inverse short, coins behind a short)."""


@dataclass(frozen=True, slots=True)
class _Curve:
    """Equity less requirement over the notional v inside one tier: constant + slope v - bend v^2."""

    constant: Decimal
    slope: Decimal
    bend: Decimal

    def at(self, value: Decimal) -> Decimal:
        """The gap at a notional."""
        return self.constant + (self.slope - self.bend * value) * value

    def root(self, *, falling: bool) -> Decimal | None:
        """The notional of gap 0 that a walk down (falling) or up meets; None where the gap never closes that way.

        A straight line has -c / b; the parabola -2 c / (b +- sqrt(b^2 + 4 g c)), the sign that of the walk.
        """
        if not self.bend:
            return -self.constant / self.slope if (self.slope > 0) is falling and self.slope else None
        reach = (self.slope * self.slope + 4 * self.bend * self.constant).sqrt()
        return -2 * self.constant / (self.slope + (reach if falling else -reach))


@exact
def solve(position: Position, terms: Terms, *, start_price: Decimal | None = None) -> Liquidation:
    """The liquidation price, unrounded, and the tier it lies in; BEYOND_MAINTENANCE where the start is past it.

    In notional v of the settlement currency (linear v = q P, inverse v = Q / P; v_E at entry; k = +1 where profit
    grows with v, else -1) the condition is  M + v C / q + k (v - v_E) = v (m + f) - D,  with the maintenance or the fee
    taken at v_E where the venue takes it at entry, and m = m_0 + g v where the rate grows with the size. Every piece of
    it between two tier edges is a line or a parabola with one root ahead.

    Walks from `start_price` (left out: entry). Raises InputOutOfRange where the walk leaves the last known tier, where
    the rate at the start takes the whole position, and for coins behind an inverse contract, which settles in them.
    """
    start = position.entry_price if start_price is None else start_price
    require_positive("start_price", start)
    if terms.coin_margin and position.contract is not Contract.LINEAR:
        raise InputOutOfRange(argument="coin_collateral", reason="not_linear", value=terms.coin_margin)
    if terms.coin_margin and position.direction < 0 and terms.margin < 0:
        raise InputOutOfRange(argument="margin", reason="debt_beside_coins", value=terms.margin)
    value, rate = position.notional(start), terms.rate_at(position, start)
    if rate + terms.fee_rate >= 1:
        raise InputOutOfRange(argument="size", reason="rate_and_fee_reach_one", value=rate + terms.fee_rate, bound=ONE)
    first = terms.tier_at(position, start)
    if _curve(position, terms, first).at(value) <= 0:
        return Liquidation(price=None, tier=first, status=Status.BEYOND_MAINTENANCE)
    if not _moves(position, terms):
        return _found(position, first, _curve(position, terms, first).root(falling=position.direction > 0))
    walk = _downwards if position.direction > 0 else _upwards
    return walk(position, terms, terms.tiers.index(value))


def _downwards(position: Position, terms: Terms, number: int) -> Liquidation:
    """The root when losses shrink the notional: from tier `number` down, each tier open at its floor."""
    for tier in reversed(terms.tiers.tiers[1 : number + 1]):
        root = _curve(position, terms, tier).root(falling=True)
        if root is not None and root > tier.floor:
            return _found(position, tier, root)
    lowest = terms.tiers.tiers[0]
    return _found(position, lowest, _curve(position, terms, lowest).root(falling=True))


def _upwards(position: Position, terms: Terms, number: int) -> Liquidation:
    """The root when losses swell the notional: from tier `number` up, or the edge where a step jumps past it."""
    for above, tier in enumerate(terms.tiers.tiers[number:]):
        curve = _curve(position, terms, tier)
        if above and curve.at(tier.floor) <= 0:
            return _found(position, tier, tier.floor)
        root = curve.root(falling=False)
        if tier.cap is None or (root is not None and root <= tier.cap):
            return _found(position, tier, root)
    last = terms.tiers.tiers[-1]
    raise InputOutOfRange(argument="size", reason="beyond_last_tier", value=root or last.floor, bound=last.cap)


def _moves(position: Position, terms: Terms) -> bool:
    """Whether the tier, and a rate that grows with the size, can change on the way to liquidation."""
    return terms.basis is MaintenanceBasis.MARK and terms.tiers.basis.moves_with_price(position.contract)


def _curve(position: Position, terms: Terms, tier: Tier) -> _Curve:
    """The gap of one tier over the notional."""
    entry, direction = position.notional(position.entry_price), position.direction
    constant, slope = terms.margin - direction * entry + tier.amount, Decimal(direction)
    bend = ZERO
    if terms.coin_margin:
        slope += terms.coin_margin / position.size
    if _moves(position, terms):
        slope, bend = slope - tier.rate, tier.growth
    else:
        rate = terms.rate_at(position, position.entry_price)
        if terms.basis is MaintenanceBasis.MARK:
            slope -= rate
        else:
            constant -= rate * entry
    if terms.fee_basis is MaintenanceBasis.MARK:
        slope -= terms.fee_rate
    else:
        constant -= terms.fee_rate * entry
    return _Curve(constant, slope, bend)


@exact
def root_in(position: Position, terms: Terms, tier: Tier) -> Decimal | None:
    """The price at which one tier's own line is met, whether or not it lies in that tier; None where there is none."""
    value = _curve(position, terms, tier).root(falling=position.direction > 0)
    return None if value is None else price_of(position, value)


def _found(position: Position, tier: Tier, value: Decimal | None) -> Liquidation:
    """The result for a root in notional; a notional that is not positive is no price at all."""
    price = None if value is None else price_of(position, value)
    if price is None:
        covered = value is None or not position.contract.follows_price
        reason = "collateral_covers" if covered else "no_positive_price"
        return Liquidation(price=None, tier=tier, status=Status.NOT_LIQUIDATABLE, reason=reason)
    return Liquidation(price=price, tier=tier, status=Status.OK)


def price_of(position: Position, value: Decimal) -> Decimal | None:
    """The price at which the position is worth that notional, linear v / q, inverse Q / v; None where there is none."""
    if value <= NEGLIGIBLE * position.notional(position.entry_price):
        return None
    return value / position.size if position.contract.follows_price else position.size / value

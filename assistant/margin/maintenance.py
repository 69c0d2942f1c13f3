"""The maintenance tiers of a symbol: which rate and amount belong to a position of a given size."""

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from assistant.errors import InputOutOfRange
from assistant.margin.position import Position
from assistant.margin.quantities import ZERO, exact, require_fraction, require_not_negative
from assistant.values import Contract


class MaintenanceBasis(StrEnum):
    """Which value of the position the maintenance rate is taken of."""

    MARK = "mark"
    ENTRY = "entry"


class TierBasis(StrEnum):
    """What the edges of a tier table count."""

    QUOTE_NOTIONAL = "quote_notional"
    """Value in quote currency: moves with the price of a linear contract, not of an inverse one."""
    BASE_NOTIONAL = "base_notional"
    """Value in coins, as coin-margined brackets: moves with the price of an inverse contract."""
    BASE_SIZE = "base_size"
    """Coins held, as contract-count tiers: no price moves it in a linear contract."""

    def moves_with_price(self, contract: Contract) -> bool:
        """Whether the measure of a position changes with the price."""
        return (self is TierBasis.QUOTE_NOTIONAL) is contract.follows_price

    def measure(self, position: Position, price: Decimal) -> Decimal:
        """The position's size in the unit of the tier edges."""
        return position.quote_notional(price) if self is TierBasis.QUOTE_NOTIONAL else position.base_size(price)


class Joins(StrEnum):
    """How the maintenance margin passes from one tier to the next."""

    CONTINUOUS = "continuous"
    """Amounts make it seamless: D_n = D_(n-1) + floor_n (m_n - m_(n-1))."""
    STEPPED = "stepped"
    """The tier's rate counts for the whole position: the margin jumps at an edge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """One tier: from just above `floor` up to and including `cap`."""

    floor: Decimal
    cap: Decimal | None
    """None: open."""
    rate: Decimal
    """Maintenance margin rate m, a fraction of the notional."""
    amount: Decimal = ZERO
    """Maintenance amount D taken off, in settlement currency."""
    max_leverage: Decimal | None = None
    growth: Decimal = ZERO
    """What the rate gains per unit of the measure, where it rises with the size itself instead of in steps."""

    def __post_init__(self) -> None:
        require_not_negative("tier_floor", self.floor)
        require_fraction("maintenance_margin_rate", self.rate)
        require_not_negative("growth", self.growth)
        require_not_negative("maintenance_amount", self.amount)
        if self.cap is not None and self.cap <= self.floor:
            raise InputOutOfRange(argument="tiers", reason="cap_not_above_floor", value=self.cap, bound=self.floor)

    @exact
    def rate_at(self, measure: Decimal) -> Decimal:
        """The rate of a position of that measure: m + growth x measure."""
        return self.rate + self.growth * measure if self.growth else self.rate


@dataclass(frozen=True, slots=True, kw_only=True)
class TierTable:
    """The tiers of one symbol, lowest first; InputOutOfRange for a gap, an overlap, a falling rate or a break."""

    basis: TierBasis
    tiers: tuple[Tier, ...]
    joins: Joins = Joins.CONTINUOUS

    def __post_init__(self) -> None:
        if not self.tiers or self.tiers[0].floor != 0:
            raise broken("does_not_start_at_zero", self.tiers[0].floor if self.tiers else ZERO)
        for below, above in pairwise(self.tiers):
            if below.cap is None or above.floor < below.cap:
                raise broken("overlap", above.floor)
            if below.cap < above.floor:
                raise broken("gap", above.floor)
            if above.rate < below.rate:
                raise broken("falling_rate", above.floor)
            if below.growth or above.growth:
                raise broken("growth_in_more_than_one_tier", above.floor)
            if self.joins is Joins.CONTINUOUS and above.amount != continuous_amount(below, above.floor, above.rate):
                raise broken("not_continuous", above.floor)

    def at(self, measure: Decimal) -> Tier:
        """The tier a size belongs to, an edge to the tier below it; InputOutOfRange beyond the last known cap."""
        return self.tiers[self.index(measure)]

    def index(self, measure: Decimal) -> int:
        """The number of that tier, from 0; InputOutOfRange beyond the last known cap."""
        for number, tier in enumerate(self.tiers):
            if tier.cap is None or measure <= tier.cap:
                return number
        raise InputOutOfRange(argument="size", reason="beyond_last_tier", value=measure, bound=self.tiers[-1].cap)

    def lowest(self) -> "TierTable":
        """The first tier alone, open upwards: for a position whose size nobody said."""
        return replace(self, tiers=(replace(self.tiers[0], cap=None, growth=ZERO),))


def broken(reason: str, floor: Decimal) -> InputOutOfRange:
    """The complaint about the tier that begins at `floor`."""
    return InputOutOfRange(argument="tiers", reason=reason, value=floor)


@exact
def continuous_amount(below: Tier, floor: Decimal, rate: Decimal) -> Decimal:
    """The amount that makes the margin seamless at `floor`: D_n = D_(n-1) + floor_n (m_n - m_(n-1))."""
    return below.amount + floor * (rate - below.rate)


def flat_table(
    rate: Decimal,
    amount: Decimal = ZERO,
    *,
    basis: TierBasis = TierBasis.QUOTE_NOTIONAL,
    max_leverage: Decimal | None = None,
) -> TierTable:
    """A table of one open tier, for a rate that was stated or assumed."""
    tier = Tier(floor=ZERO, cap=None, rate=rate, amount=amount, max_leverage=max_leverage)
    return TierTable(basis=basis, tiers=(tier,))

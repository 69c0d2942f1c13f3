"""One maintenance tier as a venue publishes it, before anything is derived from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from assistant.margin.estimate import initial_half
from assistant.margin.maintenance import Joins, Tier, TierBasis, TierTable, broken, continuous_amount
from assistant.margin.quantities import ZERO, require_positive


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedTier:
    """A tier of one symbol in the venue's own words; None where the venue says nothing."""

    symbol: str
    """The key of its table: the coin as the venue writes it, `BTC`, `1000PEPE`."""
    floor: Decimal
    cap: Decimal | None
    """None: open."""
    rate: Decimal | None
    """A fraction; None: half of the initial margin rate 1 / max_leverage."""
    amount: Decimal | None = None
    """Maintenance amount taken off; None: not stated, so it follows from how the tiers join."""
    max_leverage: Decimal | None = None
    growth: Decimal = ZERO
    """What the rate gains per unit of the measure."""


def table_of(listed: Iterable[ListedTier], *, basis: TierBasis, joins: Joins) -> TierTable:
    """The table of one symbol's tiers, lowest first; InputOutOfRange where they do not hold together."""
    tiers: list[Tier] = []
    for one in listed:
        tiers.append(tier_of(one, below=tiers[-1] if tiers else None, joins=joins))
    return TierTable(basis=basis, tiers=tuple(tiers), joins=joins)


def tier_of(one: ListedTier, *, below: Tier | None, joins: Joins) -> Tier:
    """The tier with what follows from the one below it; InputOutOfRange for a value no tier can have."""
    rate, amount = one.rate, one.amount
    if rate is None:
        leverage = one.max_leverage or ZERO
        require_positive("max_leverage", leverage)
        rate = initial_half(leverage)
    if below is not None and rate < below.rate:
        raise broken("falling_rate", one.floor)
    if amount is None:
        amount = continuous_amount(below, one.floor, rate) if below and joins is Joins.CONTINUOUS else ZERO
    return Tier(
        floor=one.floor, cap=one.cap, rate=rate, amount=amount, max_leverage=one.max_leverage, growth=one.growth
    )

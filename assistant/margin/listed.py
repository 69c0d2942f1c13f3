"""One maintenance tier as a venue publishes it, before anything is derived from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from assistant.margin.estimate import initial_half
from assistant.margin.maintenance import Joins, Tier, TierBasis, TierTable, continuous_amount
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


def table_of(listed: Iterable[ListedTier], *, basis: TierBasis, joins: Joins) -> TierTable:
    """The table of one symbol's tiers, lowest first; InputOutOfRange where they do not hold together."""
    tiers: list[Tier] = []
    for one in listed:
        rate, amount = _rate(one), one.amount
        if amount is None:
            amount = continuous_amount(tiers[-1], one.floor, rate) if tiers and joins is Joins.CONTINUOUS else ZERO
        tiers.append(Tier(floor=one.floor, cap=one.cap, rate=rate, amount=amount, max_leverage=one.max_leverage))
    return TierTable(basis=basis, tiers=tuple(tiers), joins=joins)


def _rate(one: ListedTier) -> Decimal:
    """The maintenance margin rate: stated, or half of 1 / max_leverage; InputOutOfRange where neither can be."""
    if one.rate is not None:
        return one.rate
    leverage = one.max_leverage or ZERO
    require_positive("max_leverage", leverage)
    return initial_half(leverage)

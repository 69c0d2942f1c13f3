"""A tier table compiled once into arrays: what each tier requires, and where the tier of the root changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import Joins, MaintenanceBasis, Tier, TierTable
from assistant.margin.quantities import ZERO, exact
from assistant.values import Contract

Floats = NDArray[np.float64]

STEEPEST = Decimal("0.95")
"""Rate and fee up to which a float64 root keeps the bound; a steeper table is left to the exact solver."""
EDGE = 1e-12
"""Relative distance to an edge below which float64 cannot say on which side of it a position is."""


class NotVectorised(Exception):
    """Raised for terms that have no array form; the exact solver answers their rows one by one."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Schedule:
    """What one table requires at notional v of the settlement currency, v_E at entry:  a_i v + g v^2 + e_i v_E - D_i.

    The arrays of lines have one element more than there are tiers: NaN, what is required beyond the last tier.
    """

    contract: Contract
    terms: Terms
    """What it was compiled from; the margin in it means nothing."""
    moving: bool
    """Whether the tier is that of the notional at the price searched, not of the position as it was opened."""
    counts_size: bool
    """Whether the edges count the size itself, whatever the price; otherwise the notional."""
    stepped: bool
    """Whether the requirement jumps at the edges."""
    floors: Floats
    caps: Floats
    slopes: Floats
    """a: rate and fee that are taken of v."""
    shares: Floats
    """e: rate and fee that are taken of v_E."""
    amounts: Floats
    """D."""
    growth: float
    """g: what the rate gains per unit of notional or of size; only in a table of one tier."""
    falls: Floats
    """Of every upper tier, k = +1: the k v_E - M above which the root lies in it."""
    rises: Floats
    """Of every tier, k = -1: the M + v_E up to which the root lies in it."""
    ceiling: float
    """Measure at the start up to which the lines hold."""

    @property
    def is_single(self) -> bool:
        """Whether there is one tier, and that open."""
        return len(self.floors) == 1 and bool(np.isinf(self.caps[0]))


def compiled(terms: Terms, contract: Contract) -> Schedule:
    """The schedule of a venue's terms, whatever their margin; NotVectorised where float64 could not be right."""
    if terms.coin_margin:
        raise NotVectorised
    return _compiled(terms.tiers, terms.basis, terms.fee_rate, terms.fee_basis, contract)


@lru_cache(maxsize=4096)
@exact
def _compiled(
    tiers: TierTable, basis: MaintenanceBasis, fee_rate: Decimal, fee_basis: MaintenanceBasis, contract: Contract
) -> Schedule:
    terms = Terms(margin=ZERO, fee_rate=fee_rate, basis=basis, tiers=tiers, fee_basis=fee_basis)
    of_mark, of_entry = MaintenanceBasis.MARK, MaintenanceBasis.ENTRY
    fees = {kind: fee_rate if fee_basis is kind else ZERO for kind in (of_mark, of_entry)}
    rates = {kind: [tier.rate if basis is kind else ZERO for tier in tiers.tiers] for kind in (of_mark, of_entry)}
    moving = basis is of_mark and tiers.basis.moves_with_price(contract)
    slopes = [rate + fees[of_mark] for rate in rates[of_mark]]
    if slopes[-1] > STEEPEST:
        raise NotVectorised
    edges = tuple(zip(tiers.tiers, slopes, strict=True))
    falls = [_falls(tier, slope) for tier, slope in edges[1:]]
    rises = [rise for tier, slope in edges for rise in _rises(tier, slope)]
    if moving and not (_in_order(falls) and _in_order(rises)):
        raise NotVectorised
    growth = tiers.tiers[0].growth
    last = tiers.tiers[-1].cap
    bounds = [] if last is None else [last]
    if growth:
        bounds.append((STEEPEST - slopes[0] - rates[of_entry][0]) / (2 * growth))
    return Schedule(
        contract=contract,
        terms=terms,
        moving=moving,
        counts_size=not tiers.basis.moves_with_price(contract),
        stepped=tiers.joins is Joins.STEPPED and len(slopes) > 1,
        floors=_floats([tier.floor for tier in tiers.tiers]),
        caps=_floats([np.inf if tier.cap is None else tier.cap for tier in tiers.tiers]),
        slopes=_floats([*slopes, np.nan]),
        shares=_floats([*(rate + fees[of_entry] for rate in rates[of_entry]), np.nan]),
        amounts=_floats([*(tier.amount for tier in tiers.tiers), np.nan]),
        growth=float(growth),
        falls=_floats(falls),
        rises=_floats(rises[::2]) * (1 - EDGE),
        ceiling=min(map(float, bounds), default=np.inf) * (1 - EDGE),
    )


def _falls(tier: Tier, slope: Decimal) -> Decimal:
    """K v_E - M of a root on the tier's floor, k = +1: floor (1 - a) + D."""
    return tier.floor * (1 - slope) + tier.amount


def _rises(tier: Tier, slope: Decimal) -> list[Decimal]:
    """M + v_E of a root on the tier's floor, but the first one's, and on its cap, k = -1: edge (1 + a) - D."""
    edges = ([tier.floor] if tier.floor else []) + ([tier.cap] if tier.cap is not None else [])
    return [edge * (1 + slope) - tier.amount for edge in edges]


def _in_order(numbers: list[Decimal]) -> bool:
    return all(below <= above for below, above in pairwise(numbers))


def _floats(numbers: Iterable[Decimal | float]) -> Floats:
    return np.array(list(map(float, numbers)), dtype=np.float64)

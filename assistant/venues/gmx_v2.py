"""GMX v2 perpetuals: the need and the close fee are taken of the size at entry; stable or index tokens back a position.

    remaining collateral < max(minimum, factor S),  S = size in USD at entry       source: gmx-position-utils

so that with stable collateral C and T = S/E tokens P = (S + need + F - C)/T for a long and (S + C - need - F)/T for a
short; with C tokens of the index itself (S + need + F)/(T + C) and (S - need - F)/(T - C).
"""

from dataclasses import replace
from decimal import Decimal

from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import MaintenanceBasis, TierTable, flat_table
from assistant.margin.quantities import exact
from assistant.margin.rulebook import PositionRequest, Rule
from assistant.margin.standard import standard_terms

FORMULAS = ("entry",)
PARAMETERS = ("minimum_collateral",)

ENTRY = MaintenanceBasis.ENTRY


def terms(request: PositionRequest, rule: Rule, tiers: TierTable) -> Terms:
    """What the protocol says about one position."""
    said = standard_terms(request, tiers, fee_rate=rule.taker_fee_rate, basis=ENTRY, fee_basis=ENTRY)
    if not request.size_is_known:
        return said
    return replace(said, tiers=_with_minimum(request, said, rule.parameters["minimum_collateral"]))


@exact
def _with_minimum(request: PositionRequest, said: Terms, minimum: Decimal) -> TierTable:
    """The factor of this size, or the rate at which it comes to the minimum in USD where that is more."""
    position = request.position()
    tier = said.tier_at(position, position.entry_price)
    rate = max(tier.rate, minimum / position.notional(position.entry_price))
    return flat_table(rate, basis=said.tiers.basis, max_leverage=tier.max_leverage)

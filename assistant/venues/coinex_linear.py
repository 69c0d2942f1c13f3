"""CoinEx linear futures: maintenance at the fair price, one rate for the whole position, no fee.

    P = E (1 - s r) / (1 - s m),  r = M / (q E)            source: coinex-help-liquidation-price

which is the house's equation with D = 0. Levels count coins, so that the maintenance margin jumps at an edge.
"""

from assistant.margin.collateral import margin_behind
from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import MaintenanceBasis, TierTable
from assistant.margin.quantities import ZERO
from assistant.margin.rulebook import PositionRequest, Rule

FORMULAS = ("mark",)


def terms(request: PositionRequest, rule: Rule, tiers: TierTable) -> Terms:
    """What the venue says about one position."""
    margin = margin_behind(request, request.position())
    fee_rate = ZERO if request.fee_rate is None else request.fee_rate
    return Terms(margin=margin, fee_rate=fee_rate, basis=MaintenanceBasis.MARK, tiers=tiers)

"""Phemex coin-margined perpetuals: inverse, maintenance on the open value, no fee.

    P = Q / (Q/E - s (m Q/E - M))                          source: phemex-help-liquidation-price-2020

Q contracts times contract size, M = Q / (E L). The rate of the risk limit counts for the whole position.
"""

from assistant.margin.collateral import margin_behind
from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import MaintenanceBasis, TierTable
from assistant.margin.quantities import ZERO
from assistant.margin.rulebook import PositionRequest, Rule

FORMULAS = ("entry",)


def terms(request: PositionRequest, rule: Rule, tiers: TierTable) -> Terms:
    """What the venue says about one position."""
    margin = margin_behind(request, request.position())
    fee_rate = ZERO if request.fee_rate is None else request.fee_rate
    return Terms(margin=margin, fee_rate=fee_rate, basis=MaintenanceBasis.ENTRY, tiers=tiers)

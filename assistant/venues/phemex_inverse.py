"""Phemex coin-margined perpetuals: inverse, maintenance on the open value, no fee.

    P = Q / (Q/E - s (m Q/E - M))                          source: phemex-help-liquidation-price-2020

Q contracts times contract size, M = Q / (E L). The rate of the risk limit counts for the whole position.
"""

from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import MaintenanceBasis, TierTable
from assistant.margin.rulebook import PositionRequest, Rule
from assistant.margin.standard import standard_terms

FORMULAS = ("entry",)


def terms(request: PositionRequest, rule: Rule, tiers: TierTable) -> Terms:
    """What the venue says about one position."""
    return standard_terms(request, tiers, basis=MaintenanceBasis.ENTRY)

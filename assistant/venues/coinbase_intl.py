"""Coinbase International Exchange: maintenance is two thirds of the initial margin, both of the size at entry.

    MM = 2/3 IM,  IM = max(base, RP sqrt(CoH)) of quantity x executed price       source: coinbase-intl-margin-policy

Below it the portfolio is closed in part, up to its initial margin again; below max(1/3 IM, MM - 12 %) others take it
over. The price is that at which the first of these begins: P = E - s (M - m q E) / q, M the portfolio's other equity.
"""

from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import MaintenanceBasis, TierTable
from assistant.margin.rulebook import PositionRequest, Rule
from assistant.margin.standard import standard_terms

FORMULAS = ("entry",)


def terms(request: PositionRequest, rule: Rule, tiers: TierTable) -> Terms:
    """What the venue says about one position."""
    return standard_terms(request, tiers, basis=MaintenanceBasis.ENTRY)

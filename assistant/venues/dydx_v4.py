"""dYdX v4 perpetuals: linear, maintenance at the oracle price, one fraction for any size, no fee.

    P = (e - s p) / (|s| MMF - s)                          source: dydx-docs-liquidations

e the subaccount's equity, s the signed size, p its price; other positions' requirements come off e in cross.
"""

from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import TierTable
from assistant.margin.rulebook import PositionRequest, Rule
from assistant.margin.standard import standard_terms

FORMULAS = ("mark",)


def terms(request: PositionRequest, rule: Rule, tiers: TierTable) -> Terms:
    """What the venue says about one position."""
    return standard_terms(request, tiers)

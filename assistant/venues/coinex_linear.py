"""CoinEx linear futures: maintenance at the fair price, one rate for the whole position, no fee.

    P = E (1 - s r) / (1 - s m),  r = M / (q E)            source: coinex-help-liquidation-price

which is the house's equation with D = 0. Levels count coins, so that the maintenance margin jumps at an edge.
"""

from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import TierTable
from assistant.margin.rulebook import PositionRequest, Rule
from assistant.margin.standard import standard_terms

FORMULAS = ("mark",)


def terms(request: PositionRequest, rule: Rule, tiers: TierTable) -> Terms:
    """What the venue says about one position."""
    return standard_terms(request, tiers)

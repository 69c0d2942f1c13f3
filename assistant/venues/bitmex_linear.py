"""BitMEX linear contracts: margin and maintenance of the value at entry, one rate for the whole position.

    P = E - s (M - m q E) / q                              source: bitmex-liquidation

The fee to close is reserved in the margin and in the maintenance and cancels; m rises by the base rate with every step
of the risk limit. In cross M is the balance with the others' PnL less what they hold.
"""

from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import MaintenanceBasis, TierTable
from assistant.margin.rulebook import PositionRequest, Rule
from assistant.margin.standard import standard_terms

FORMULAS = ("entry",)


def terms(request: PositionRequest, rule: Rule, tiers: TierTable) -> Terms:
    """What the venue says about one position."""
    return standard_terms(request, tiers, basis=MaintenanceBasis.ENTRY)

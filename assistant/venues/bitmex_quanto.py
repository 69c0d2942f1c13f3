"""BitMEX quanto contracts: linear in the price, margined and paid in XBT, maintenance of the value at entry.

    P = E - s (M - m N E) / N                              source: bitmex-quanto-perpetuals-guide

with N contracts times multiplier: XBT per USD of the price. The guide gives value and profit, N P and s N (P - E); the
condition is that of the venue's other contracts (bitmex-liquidation), the reserved fee cancelling.
"""

from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import MaintenanceBasis, TierTable
from assistant.margin.rulebook import PositionRequest, Rule
from assistant.margin.standard import standard_terms

FORMULAS = ("entry",)


def terms(request: PositionRequest, rule: Rule, tiers: TierTable) -> Terms:
    """What the venue says about one position."""
    return standard_terms(request, tiers, basis=MaintenanceBasis.ENTRY)

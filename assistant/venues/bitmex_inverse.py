"""BitMEX inverse contracts: margin and maintenance of the value at entry, one rate for the whole position.

    P = Q / (Q/E + s (M - m Q/E))                          source: bitmex-liquidation

from posMargin + unrealised PnL = posMaint with posMargin = Q/E max(1/L, IM) + fee and posMaint = m Q/E + fee: the fee
to close is reserved in both and cancels. m rises by the base rate with every step of the risk limit. In cross M is the
balance with the others' PnL less what they hold. The venue rounds the satoshis of each contract, then the tick, towards
the earlier liquidation.
"""

from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import MaintenanceBasis, TierTable
from assistant.margin.rulebook import PositionRequest, Rule
from assistant.margin.standard import standard_terms

FORMULAS = ("entry",)


def terms(request: PositionRequest, rule: Rule, tiers: TierTable) -> Terms:
    """What the venue says about one position."""
    return standard_terms(request, tiers, basis=MaintenanceBasis.ENTRY)

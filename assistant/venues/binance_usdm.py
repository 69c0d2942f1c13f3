"""Binance USDS-M futures: linear, maintenance at mark, tiers of the notional at the liquidation price, no fee.

    P = (WB - TMM + UPNL + D - s q E) / (q (m - s))        source: binance-faq-liquidation-price

One equation for isolated (TMM = UPNL = 0, WB the isolated wallet) and cross: M = WB - TMM + UPNL.
"""

from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import TierTable
from assistant.margin.rulebook import PositionRequest, Rule
from assistant.margin.standard import standard_terms

FORMULAS = ("mark",)


def terms(request: PositionRequest, rule: Rule, tiers: TierTable) -> Terms:
    """What the venue says about one position."""
    return standard_terms(request, tiers)

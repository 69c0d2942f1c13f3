"""Binance USDS-M futures: linear, maintenance at mark, tiers of the notional at the liquidation price, no fee.

    P = (WB - TMM + UPNL + D - s q E) / (q (m - s))        source: binance-faq-liquidation-price

One equation for isolated (TMM = UPNL = 0, WB the isolated wallet) and cross: M = WB - TMM + UPNL.
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

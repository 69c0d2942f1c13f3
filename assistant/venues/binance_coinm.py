"""Binance COIN-M futures: inverse, maintenance at mark, brackets counted in coins, no fee.

    P = Q (s + m) / (WB - TMM + UPNL + D + s Q/E)          source: binance-faq-coinm-liquidation-price

with Q taken as signed by s in the source; Q is contracts times contract size (100 USD for BTC, 10 USD for most others),
balances and amounts are in coin.
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

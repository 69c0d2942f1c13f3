"""Binance COIN-M futures: inverse, maintenance at mark, brackets counted in coins, no fee.

    P = Q (s + m) / (WB - TMM + UPNL + D + s Q/E)          source: binance-faq-coinm-liquidation-price

with Q taken as signed by s in the source; Q is contracts times contract size (100 USD for BTC, 10 USD for most others),
balances and amounts are in coin.
"""

from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import TierTable
from assistant.margin.rulebook import PositionRequest, Rule
from assistant.margin.standard import standard_terms

FORMULAS = ("mark",)


def terms(request: PositionRequest, rule: Rule, tiers: TierTable) -> Terms:
    """What the venue says about one position."""
    return standard_terms(request, tiers)

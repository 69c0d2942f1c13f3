"""Which venue serves the tier tables of which rulebook."""

from collections.abc import Mapping

from assistant.adapters.tiers.binance import Binance
from assistant.adapters.tiers.bitget import Bitget
from assistant.adapters.tiers.bybit import Bybit
from assistant.adapters.tiers.dydx import Dydx
from assistant.adapters.tiers.gate import Gate
from assistant.adapters.tiers.hyperliquid import Hyperliquid
from assistant.adapters.tiers.kucoin import Kucoin
from assistant.adapters.tiers.okx import Okx
from assistant.adapters.tiers.venue import Venue
from assistant.margin.maintenance import TierBasis

VENUES: Mapping[str, Venue] = {
    "binance_coinm": Binance(market="delivery", ending="USD_PERP", basis=TierBasis.BASE_NOTIONAL),
    "binance_usdm": Binance(market="future", ending="USDT", basis=TierBasis.QUOTE_NOTIONAL),
    "bitget_linear": Bitget(product="USDT-FUTURES", quote="USDT", basis=TierBasis.QUOTE_NOTIONAL),
    "bybit_inverse": Bybit(category="inverse", quote="USD", basis=TierBasis.BASE_NOTIONAL),
    "bybit_linear": Bybit(category="linear", quote="USDT", basis=TierBasis.QUOTE_NOTIONAL),
    "dydx_v4": Dydx(),
    "gate_linear": Gate(settle="usdt", ending="_USDT", basis=TierBasis.QUOTE_NOTIONAL),
    "hyperliquid": Hyperliquid(),
    "kucoin_linear": Kucoin(quote="USDT", inverse=False, basis=TierBasis.QUOTE_NOTIONAL),
    "okx_swap": Okx(kind="linear", quote="USDT", basis=TierBasis.BASE_SIZE),
}
"""By id of the rulebook."""

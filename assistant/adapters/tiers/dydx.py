"""dYdX's margin fractions.

GET /v4/perpetualMarkets of the indexer: every market with the fractions of its liquidity tier.
https://docs.dydx.xyz/indexer-client/http/markets/get_perpetual_markets
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from assistant.adapters.tiers.answer import Answer
from assistant.adapters.tiers.venue import Request, Requests, coin_of
from assistant.margin.listed import ListedTier
from assistant.margin.maintenance import TierBasis

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dydx:
    """The markets that are open."""

    basis: TierBasis = TierBasis.QUOTE_NOTIONAL
    base: str = "https://indexer.dydx.trade"
    pause_s: float = 0.1
    source: str = "dydx-perpetual-markets"
    title: str = "dYdX perpetual markets"
    documentation: str = "https://docs.dydx.xyz/indexer-client/http"
    caution: str | None = None

    def requests(self) -> Requests:
        """One request holds everything."""
        yield Request(path="/v4/perpetualMarkets")

    def tiers(self, answers: Sequence[Answer]) -> Iterator[ListedTier]:
        """One open tier a market: its maintenance fraction is the same for any size."""
        for answer in answers:
            for name, market in answer["markets"].fields():
                market["ticker"].expect(name)
                coin = coin_of(market["ticker"].text, "-USD")
                if coin is None or market["status"].text != "ACTIVE":
                    continue
                initial = market["initialMarginFraction"].number
                if not 0 < initial <= 1:
                    market["initialMarginFraction"].refuse("is above 0 and at most 1")
                yield ListedTier(
                    symbol=coin,
                    floor=Decimal(0),
                    cap=None,
                    rate=market["maintenanceMarginFraction"].number,
                    max_leverage=(1 / initial).quantize(_CENT, ROUND_DOWN),
                )

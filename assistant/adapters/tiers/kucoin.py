"""KuCoin's risk limits of isolated margin.

GET /api/v1/contracts/active lists the contracts, GET /api/v1/contracts/risk-limit/{symbol} the levels of one:
https://www.kucoin.com/docs/rest/futures-trading/risk-limit/get-futures-risk-limit-level
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.adapters.tiers.answer import Answer
from assistant.adapters.tiers.venue import Request, Requests, coin_of
from assistant.margin.listed import ListedTier
from assistant.margin.maintenance import TierBasis

_PERPETUAL = "FFWCSX"
_SUCCESS = "200000"
_RENAMED = {"XBT": "BTC"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kucoin:
    """The open perpetual contracts that are quoted in one currency."""

    quote: str
    inverse: bool
    basis: TierBasis
    base: str = "https://api-futures.kucoin.com"
    pause_s: float = 0.1
    source: str = "kucoin-risk-limit"
    title: str = "KuCoin risk limit levels"
    documentation: str = "https://www.kucoin.com/docs/rest/futures-trading/risk-limit/get-futures-risk-limit-level"
    caution: str | None = None

    def requests(self) -> Requests:
        """The list of contracts, then one request for each."""
        listed = yield Request(path="/api/v1/contracts/active")
        for contract in _data(listed):
            if (
                contract["type"].text == _PERPETUAL
                and contract["status"].text == "Open"
                and contract["quoteCurrency"].text == self.quote
                and contract["isInverse"].value is self.inverse
            ):
                levels = yield Request(path=f"/api/v1/contracts/risk-limit/{contract['symbol'].text}")
                if not _data(levels):
                    levels["data"].refuse(f"has a level of {contract['symbol'].text}")

    def tiers(self, answers: Sequence[Answer]) -> Iterator[ListedTier]:
        """Every level; `maxRiskLimit` belongs to it. Of the list of contracts nothing is taken."""
        for answer in answers:
            for row in _data(answer):
                coin = coin_of(row["symbol"].text, f"{self.quote}M")
                if "level" not in row or coin is None:
                    continue
                yield ListedTier(
                    symbol=_RENAMED.get(coin, coin),
                    floor=row["minRiskLimit"].number,
                    cap=row["maxRiskLimit"].number,
                    rate=row["maintainMargin"].number,
                    max_leverage=row["maxLeverage"].number,
                )


def _data(answer: Answer) -> tuple[Answer, ...]:
    """What is inside the envelope."""
    answer["code"].expect(_SUCCESS)
    return answer["data"].items()

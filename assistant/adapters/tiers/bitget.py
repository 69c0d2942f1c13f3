"""Bitget's position tiers.

GET /api/v2/mix/market/contracts lists the contracts, GET /api/v2/mix/market/query-position-lever the tiers of one:
https://www.bitget.com/api-doc/contract/position/Get-Query-Position-Lever
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.adapters.tiers.answer import Answer
from assistant.adapters.tiers.venue import Request, Requests, coin_of
from assistant.margin.listed import ListedTier
from assistant.margin.maintenance import TierBasis

_SUCCESS = "00000"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bitget:
    """The perpetual contracts of one product type that can be traded."""

    product: str
    """`USDT-FUTURES`, as the interface names it."""
    quote: str
    basis: TierBasis
    base: str = "https://api.bitget.com"
    pause_s: float = 0.12
    source: str = "bitget-position-tiers"
    title: str = "Bitget position tiers"
    documentation: str = "https://www.bitget.com/api-doc/contract/position/Get-Query-Position-Lever"
    caution: str | None = None

    def requests(self) -> Requests:
        """The list of contracts, then one request for each."""
        listed = yield Request(path="/api/v2/mix/market/contracts", query={"productType": self.product})
        for contract in _data(listed):
            if contract["symbolType"].text == "perpetual" and contract["symbolStatus"].text == "normal":
                query = {"productType": self.product, "symbol": contract["symbol"].text}
                levels = yield Request(path="/api/v2/mix/market/query-position-lever", query=query)
                if not _data(levels):
                    levels["data"].refuse(f"has a tier of {contract['symbol'].text}")

    def tiers(self, answers: Sequence[Answer]) -> Iterator[ListedTier]:
        """Every tier; the edges count quote currency. Of the list of contracts nothing is taken."""
        for answer in answers:
            for row in _data(answer):
                coin = coin_of(row["symbol"].text, self.quote)
                if "level" not in row or coin is None:
                    continue
                yield ListedTier(
                    symbol=coin,
                    floor=row["startUnit"].number,
                    cap=row["endUnit"].number,
                    rate=row["keepMarginRate"].number,
                    max_leverage=row["leverage"].number,
                )


def _data(answer: Answer) -> tuple[Answer, ...]:
    """What is inside the envelope."""
    answer["code"].expect(_SUCCESS)
    return answer["data"].items()

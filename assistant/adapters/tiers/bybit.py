"""Bybit's risk limits, linear and inverse.

GET /v5/market/risk-limit, 15 symbols a page in the linear category, with a cursor to the next page:
https://bybit-exchange.github.io/docs/v5/market/risk-limit
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.adapters.tiers.answer import Answer
from assistant.adapters.tiers.venue import Request, Requests, Step, coin_of, stacked
from assistant.margin.listed import ListedTier
from assistant.margin.maintenance import TierBasis

_SLACK = Decimal("0.1")
"""Highest leverage and initial margin are rounded: their product is 1, or 100 in percent, but for this share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bybit:
    """The contracts of one category that are quoted in one currency, without those that expire."""

    category: str
    quote: str
    basis: TierBasis
    base: str = "https://api.bybit.com"
    pause_s: float = 0.1
    source: str = "bybit-risk-limit"
    title: str = "Bybit risk limits"
    documentation: str = "https://bybit-exchange.github.io/docs/v5/market/risk-limit"
    caution: str | None = None

    def requests(self) -> Requests:
        """Page after page until the cursor is empty."""
        query, seen = {"category": self.category}, {""}
        while True:
            result = self._result((yield Request(path="/v5/market/risk-limit", query=query)))
            if "nextPageCursor" not in result or result["nextPageCursor"].value == "":
                return
            cursor = result["nextPageCursor"].text
            if cursor in seen:
                result["nextPageCursor"].refuse("leads to a new page")
            seen.add(cursor)
            query = {"category": self.category, "cursor": cursor}

    def tiers(self, answers: Sequence[Answer]) -> Iterator[ListedTier]:
        """Every tier; `riskLimitValue` is an upper edge that belongs to it."""
        steps: dict[str, list[Step]] = defaultdict(list)
        for answer in answers:
            for row in self._result(answer)["list"].items():
                coin = coin_of(row["symbol"].text, self.quote)
                if coin is not None:
                    steps[coin].append(_step(row))
        for coin, found in steps.items():
            yield from stacked(coin, found)

    def _result(self, answer: Answer) -> Answer:
        """What is inside the envelope."""
        answer["retCode"].expect(0)
        answer["result"]["category"].expect(self.category)
        return answer["result"]


def _step(row: Answer) -> Step:
    """One tier; the documentation's sample has rates in percent, the interface fractions: the leverage tells which."""
    initial, leverage = row["initialMargin"].number, row["maxLeverage"].number
    rate = row["maintenanceMargin"].number
    if abs(initial * leverage / 100 - 1) <= _SLACK:
        rate = rate / 100
    elif abs(initial * leverage - 1) > _SLACK:
        row["initialMargin"].refuse(f"is 1 / maxLeverage, as a fraction or in percent, not {initial} at {leverage}x")
    return Step(
        cap=row["riskLimitValue"].number,
        rate=rate,
        amount=row["mmDeduction"].number_or_none,
        max_leverage=leverage,
    )

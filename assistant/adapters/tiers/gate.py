"""Gate's risk limit tiers.

GET /api/v4/futures/{settle}/risk_limit_tiers; without a contract, limit and offset count markets, not rows:
https://www.gate.com/docs/developers/apiv4/en/#query-risk-limit-tiers
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.adapters.tiers.answer import Answer
from assistant.adapters.tiers.venue import Request, Requests, Step, coin_of, stacked
from assistant.margin.listed import ListedTier
from assistant.margin.maintenance import TierBasis

_PAGE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """The perpetual contracts that settle in one currency."""

    settle: str
    ending: str
    """How the names of these contracts end: `_USDT`."""
    basis: TierBasis
    base: str = "https://api.gateio.ws"
    pause_s: float = 0.1
    source: str = "gate-risk-limit-tiers"
    title: str = "Gate risk limit tiers"
    documentation: str = "https://www.gate.com/docs/developers/apiv4/en/#query-risk-limit-tiers"
    caution: str | None = None

    def requests(self) -> Requests:
        """A hundred markets a page, until one holds fewer."""
        seen: set[str] = set()
        while True:
            query = {"limit": str(_PAGE), "offset": str(len(seen))}
            answer = yield Request(path=f"/api/v4/futures/{self.settle}/risk_limit_tiers", query=query)
            markets = {row["contract"].text for row in answer.items()}
            if markets & seen:
                answer.refuse(f"has other markets than the page before, not {min(markets & seen)} again")
            seen |= markets
            if len(markets) < _PAGE:
                return

    def tiers(self, answers: Sequence[Answer]) -> Iterator[ListedTier]:
        """Every tier; `risk_limit` is an upper edge that belongs to it."""
        steps: dict[str, list[Step]] = defaultdict(list)
        for answer in answers:
            for row in answer.items():
                coin = coin_of(row["contract"].text, self.ending)
                if coin is not None:
                    steps[coin].append(
                        Step(
                            cap=row["risk_limit"].number,
                            rate=row["maintenance_rate"].number,
                            amount=row["deduction"].number_or_none if "deduction" in row else None,
                            max_leverage=row["leverage_max"].number,
                        )
                    )
        for coin, found in steps.items():
            yield from stacked(coin, found)

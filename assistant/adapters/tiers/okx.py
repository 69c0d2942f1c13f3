"""OKX's position tiers, which count contracts, turned into what the contracts hold.

GET /api/v5/public/instruments says what a contract holds, GET /api/v5/public/position-tiers the tiers, five families a
request: https://www.okx.com/docs-v5/en/#public-data-rest-api-get-position-tiers
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.adapters.tiers.answer import Answer
from assistant.adapters.tiers.venue import Request, Requests, coin_of
from assistant.margin.listed import ListedTier
from assistant.margin.maintenance import TierBasis

_FAMILIES = 5
_LOT = Decimal(1)
"""Some tables write the next whole contract as the lower edge: 2001 above 2000."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Okx:
    """The perpetual swaps of one kind, `linear` or `inverse`, that are quoted in one currency and live."""

    kind: str
    quote: str
    basis: TierBasis
    base: str = "https://www.okx.com"
    pause_s: float = 0.25
    source: str = "okx-position-tiers"
    title: str = "OKX position tiers"
    documentation: str = "https://www.okx.com/docs-v5/en/#public-data-rest-api-get-position-tiers"
    caution: str | None = None

    def requests(self) -> Requests:
        """The list of swaps, then their tiers, a few families at a time."""
        listed = yield Request(path="/api/v5/public/instruments", query={"instType": "SWAP"})
        families = sorted(self._units([listed]))
        for start in range(0, len(families), _FAMILIES):
            named = families[start : start + _FAMILIES]
            query = {"instType": "SWAP", "tdMode": "isolated", "instFamily": ",".join(named)}
            answer = yield Request(path="/api/v5/public/position-tiers", query=query)
            missing = set(named) - {row["instFamily"].text for row in _data(answer)}
            if missing:
                answer["data"].refuse(f"has a tier of {', '.join(sorted(missing))}")

    def tiers(self, answers: Sequence[Answer]) -> Iterator[ListedTier]:
        """Every tier of a swap that is listed, in coins of a linear contract and quote currency of an inverse one."""
        units = self._units(answers)
        rows: dict[str, list[Answer]] = defaultdict(list)
        for answer in answers:
            for row in _data(answer):
                if "maxSz" in row and row["instFamily"].text in units:
                    rows[row["instFamily"].text].append(row)
        for family, found in rows.items():
            below = Decimal(0)
            for row in sorted(found, key=lambda row: row["maxSz"].number):
                floor = row["minSz"].number
                yield ListedTier(
                    symbol=family.removesuffix(f"-{self.quote}"),
                    floor=(below if below <= floor <= below + _LOT else floor) * units[family],
                    cap=row["maxSz"].number * units[family],
                    rate=row["mmr"].number,
                    max_leverage=row["maxLever"].number,
                )
                below = row["maxSz"].number

    def _units(self, answers: Sequence[Answer]) -> dict[str, Decimal]:
        """What one contract of each family holds."""
        units: dict[str, Decimal] = {}
        for answer in answers:
            for row in _data(answer):
                if "ctVal" not in row or row["ctType"].value != self.kind or row["state"].value != "live":
                    continue
                family = row["instFamily"].text
                coin = coin_of(family, f"-{self.quote}")
                if coin is not None:
                    row["ctValCcy"].expect(coin if self.kind == "linear" else self.quote)
                    units[family] = row["ctVal"].number * row["ctMult"].number
        return units


def _data(answer: Answer) -> tuple[Answer, ...]:
    """What is inside the envelope."""
    answer["code"].expect("0")
    return answer["data"].items()

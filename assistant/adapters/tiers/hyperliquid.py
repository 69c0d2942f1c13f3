"""Hyperliquid's margin tables.

POST /info with {"type": "meta"}: the universe of assets, and the margin tables some of them name.
https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/info-endpoint/perpetuals
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.adapters.tiers.answer import Answer
from assistant.adapters.tiers.venue import Request, Requests
from assistant.margin.listed import ListedTier
from assistant.margin.maintenance import TierBasis

_Table = Sequence[tuple[Decimal, Decimal]]
"""Lower edge and highest leverage of each tier, lowest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hyperliquid:
    """The perpetuals of the venue's own markets that are not delisted."""

    basis: TierBasis = TierBasis.QUOTE_NOTIONAL
    base: str = "https://api.hyperliquid.xyz"
    pause_s: float = 0.1
    source: str = "hyperliquid-meta"
    title: str = "Hyperliquid perpetuals metadata"
    documentation: str = "https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/info-endpoint/perpetuals"
    caution: str | None = None

    def requests(self) -> Requests:
        """One request holds everything."""
        yield Request(path="/info", body={"type": "meta"})

    def tiers(self, answers: Sequence[Answer]) -> Iterator[ListedTier]:
        """Every tier; the venue states leverages, and the rate is half of the initial margin there."""
        for answer in answers:
            tables = dict(map(_table, answer["marginTables"].items()))
            for asset in answer["universe"].items():
                if "isDelisted" in asset and asset["isDelisted"].value is True:
                    continue
                yield from _asset(asset, tables)


def _table(pair: Answer) -> tuple[Decimal, _Table]:
    """A margin table's number and its tiers."""
    if len(pair.items()) != 2:
        pair.refuse("is a number and a table")
    number, table = pair.items()
    tiers = table["marginTiers"].items()
    return number.number, sorted((tier["lowerBound"].number, tier["maxLeverage"].number) for tier in tiers)


def _asset(asset: Answer, tables: Mapping[Decimal, _Table]) -> Iterator[ListedTier]:
    """The tiers of one asset: those of its table, or a single one where the table's number is the leverage itself."""
    number, leverage = asset["marginTableId"].number, asset["maxLeverage"].number
    if number not in tables and number != leverage:
        asset["marginTableId"].refuse(f"is a number of marginTables, or the highest leverage {leverage}")
    table = tables.get(number) or ((Decimal(0), leverage),)
    if table[0] != (Decimal(0), leverage):
        asset["maxLeverage"].refuse(f"is that of the lowest tier of table {number}")
    caps = (*(floor for floor, _ in table[1:]), None)
    for (floor, highest), cap in zip(table, caps, strict=True):
        yield ListedTier(
            symbol=asset["name"].text,
            floor=floor,
            cap=cap,
            rate=None,
            max_leverage=highest,
        )

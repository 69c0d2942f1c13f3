"""Binance's leverage brackets, USDS-M and COIN-M.

The documented endpoints, GET /fapi/v1/leverageBracket and GET /dapi/v2/leverageBracket, answer only with an account's
key, which this program never asks for; an answer saved from them is read:
https://developers.binance.com/docs/derivatives/usds-margined-futures/account/rest-api/Notional-and-Leverage-Brackets
https://developers.binance.com/docs/derivatives/coin-margined-futures/account/Notional-Bracket-for-Symbol
What is fetched without a key is what the venue's own page on leverage and margin loads. Nothing documents it and single
symbols were seen to lag behind the signed answer, so a person has to look at it:
https://www.binance.com/en/futures/trading-rules/perpetual/leverage-margin
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.adapters.tiers.answer import Answer
from assistant.adapters.tiers.venue import Request, Requests, coin_of
from assistant.margin.listed import ListedTier
from assistant.margin.maintenance import TierBasis


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What the fields of a bracket are called."""

    brackets: str
    floor: str
    cap: str
    rate: str
    amount: str
    max_leverage: str


_SIGNED_USDM = Names(
    brackets="brackets",
    floor="notionalFloor",
    cap="notionalCap",
    rate="maintMarginRatio",
    amount="cum",
    max_leverage="initialLeverage",
)
_SIGNED_COINM = Names(
    brackets="brackets",
    floor="qtylFloor",
    cap="qtyCap",
    rate="maintMarginRatio",
    amount="cum",
    max_leverage="initialLeverage",
)
_PAGE = Names(
    brackets="riskBrackets",
    floor="bracketNotionalFloor",
    cap="bracketNotionalCap",
    rate="bracketMaintenanceMarginRate",
    amount="cumFastMaintenanceAmount",
    max_leverage="maxOpenPosLeverage",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Binance:
    """The perpetual contracts whose names end alike: `USDT` in USDS-M, `USD_PERP` in COIN-M."""

    market: str
    """The page's name of the product: `future` or `delivery`."""
    ending: str
    basis: TierBasis
    base: str = "https://www.binance.com"
    pause_s: float = 0.1
    source: str = "binance-leverage-brackets"
    title: str = "Binance leverage and margin brackets"
    documentation: str = "https://www.binance.com/en/futures/trading-rules/perpetual/leverage-margin"
    caution: str | None = (
        "the documented endpoint needs an account's key, and what the public page loads is documented nowhere and may "
        "lag: compare the changed symbols with that page, or give an answer saved with your own key: --from-file"
    )

    def requests(self) -> Requests:
        """One request holds everything."""
        yield Request(path=f"/bapi/futures/v1/friendly/{self.market}/common/brackets")

    def tiers(self, answers: Sequence[Answer]) -> Iterator[ListedTier]:
        """Every bracket, of the public page's answer or of the documented one."""
        signed = _SIGNED_USDM if self.basis is TierBasis.QUOTE_NOTIONAL else _SIGNED_COINM
        for answer in answers:
            if "data" in answer:
                answer["code"].expect("000000")
                yield from self._brackets(answer["data"]["brackets"].items(), _PAGE)
            else:
                yield from self._brackets((answer,) if "symbol" in answer else answer.items(), signed)

    def _brackets(self, symbols: Sequence[Answer], names: Names) -> Iterator[ListedTier]:
        for symbol in symbols:
            coin = coin_of(symbol["symbol"].text, self.ending)
            if coin is None:
                continue
            if "notionalCoef" in symbol and symbol["notionalCoef"].number != 1:
                symbol["notionalCoef"].refuse("is 1: these brackets are widened for one account, not the venue's table")
            for bracket in symbol[names.brackets].items():
                yield ListedTier(
                    symbol=coin,
                    floor=bracket[names.floor].number,
                    cap=bracket[names.cap].number,
                    rate=bracket[names.rate].number,
                    amount=bracket[names.amount].number,
                    max_leverage=bracket[names.max_leverage].number,
                )

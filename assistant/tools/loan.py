"""A loan as its arguments describe it: what is pledged, what is owed, at which threshold, and what is not known."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.errors import InputOutOfRange
from assistant.margin.credit import AssetRule, Lender
from assistant.margin.lending import growth, require_threshold
from assistant.margin.quantities import ONE, ZERO, exact, require_positive
from assistant.tools import said
from assistant.tools.market import DOLLARS
from assistant.tools.outcome import Gap, Refusal
from assistant.tools.rules import Rules
from assistant.values import Arguments, Assumption, SizeUnit, Source

MONEY = "USD"
"""Unit of every value: loans are counted in dollars, and dollar coins are taken as dollars."""
ANY_COIN = "coins"


@dataclass(frozen=True, slots=True, kw_only=True)
class DescribedLoan:
    """One collateral and one debt; None where a number is not known."""

    coin: str
    """Unit of what has a price: the collateral coin, or the borrowed one."""
    coins: Decimal | None
    """Collateral coins."""
    value: Decimal | None
    """Collateral in dollars now."""
    debt: Decimal | None
    """In dollars now."""
    debt_coins: Decimal | None
    """Borrowed coins, where the debt is one that has a price."""
    price: Decimal | None
    """Dollars per coin now."""
    threshold: Decimal | None
    health_factor: Decimal | None
    """As somebody gave it, where it is not what is asked for."""
    target: Decimal | None
    """The health factor that is wanted."""
    growth: Decimal
    """What interest multiplies the debt by; 1 where none was said."""
    bonus: Decimal | None
    lender: Lender | None
    asset: AssetRule | None
    day: date
    assumptions: tuple[Assumption, ...]

    @property
    def sources(self) -> tuple[Source, ...]:
        """The lender's own sources, where its figures are used."""
        if self.lender is None or self.asset is None:
            return ()
        return tuple(self.lender.sources[one] for one in self.asset.sources)


@exact
def describe(arguments: Arguments, rules: Rules) -> DescribedLoan:
    """The loan; Gap for debt and threshold where nothing stands for them, all at once.

    Raises Refusal `two_coins` where collateral and debt are coins that would need two prices, NoRuleInForce where a
    lender is named, no threshold is said and nothing is on file for the day.
    """
    day = rules.day(arguments)
    collateral, coins, owed = _coin(arguments, "collateral_currency"), None, _coin(arguments, "debt_currency")
    amount, price = said.number(arguments, "collateral"), _price(arguments)
    symbol = collateral or owed or said.text(arguments, "symbol") or ANY_COIN
    value = None if collateral is not None else amount
    coins = amount if collateral is not None else None
    size = said.number(arguments, "size")
    if size is not None and amount is None:
        if said.text(arguments, "size_unit") == SizeUnit.CONTRACTS:
            raise InputOutOfRange(argument="size_unit", reason="wrong_type", value=SizeUnit.CONTRACTS.value)
        quoted = said.text(arguments, "size_unit") == SizeUnit.QUOTE
        coins, value = (None, size) if quoted else (size, None)
    debt, debt_coins = said.number(arguments, "debt"), None
    if owed is not None and debt is not None:
        if coins is not None:
            raise Refusal("two_coins", collateral=collateral or symbol, debt=owed)
        debt_coins, debt = debt, None if price is None else debt * price
    elif "collateral_currency" in arguments and collateral is None:
        price = None
    taken = coins is None and value is not None and price is not None and debt_coins is None
    if price is not None and debt_coins is None:
        coins, value = _both(coins, value, price)
    lender = rules.rulebooks.credit.lender(said.text(arguments, "venue") or "")
    threshold, asset, told = _threshold(arguments, lender, "" if owed else symbol, day)
    told = (*told, Assumption(code="all_in_one_coin", data={"symbol": symbol})) if taken else told
    factor, target = said.number(arguments, "health_factor"), said.number(arguments, "target_health_factor")
    known = (value, debt or debt_coins, threshold)
    if factor is not None and target is None and all(one is not None for one in known):
        factor, target = None, factor
    if threshold is None and factor is not None and value and debt:
        threshold = factor * debt / value
        told = (*told, Assumption(code="threshold_from_health_factor", data={"rate": threshold}))
        require_threshold(threshold)
    if factor is not None and value is None and debt and threshold is not None and debt_coins is None:
        value = factor * debt / threshold
        price = price if coins is None or not coins else value / coins
    missing = [] if factor is not None or "debt" in arguments else ["debt"]
    if threshold is None and factor is None:
        missing.append("liquidation_threshold")
    if missing and debt != ZERO:
        raise Gap(*missing)
    return DescribedLoan(
        coin=symbol,
        coins=coins,
        value=value,
        debt=debt,
        debt_coins=debt_coins,
        price=price,
        threshold=threshold,
        health_factor=factor,
        target=target,
        growth=_growth(arguments),
        bonus=said.number(arguments, "liquidation_bonus") or (None if asset is None else asset.liquidation_bonus),
        lender=lender,
        asset=asset,
        day=day,
        assumptions=told,
    )


def _coin(arguments: Arguments, name: str) -> str | None:
    """A coin that is no dollar, or None."""
    named = said.text(arguments, name)
    return None if named is None or named.upper() in DOLLARS else named.upper()


def _price(arguments: Arguments) -> Decimal | None:
    """The price now: the mark price, else the price named beside the coins."""
    return said.number(arguments, "mark_price") or said.number(arguments, "entry_price")


def _both(coins: Decimal | None, value: Decimal | None, price: Decimal) -> tuple[Decimal | None, Decimal | None]:
    """Coins and value, each from the other at the price."""
    require_positive("mark_price", price)
    if coins is not None:
        return coins, coins * price
    return (None if value is None else value / price), value


def _threshold(
    arguments: Arguments, lender: Lender | None, symbol: str, day: date
) -> tuple[Decimal | None, AssetRule | None, tuple[Assumption, ...]]:
    """The threshold said, else the lender's own for the coin, labelled; never a guess."""
    threshold = said.number(arguments, "liquidation_threshold")
    if threshold is not None:
        require_threshold(threshold)
        return threshold, None, ()
    if lender is None or symbol in ("", ANY_COIN):
        return None, None, ()
    asset = lender.asset_on(symbol, day)
    if asset is None:
        return None, None, ()
    data: dict[str, str | Decimal | date] = {
        "symbol": symbol,
        "rate": asset.liquidation_threshold,
        "venue": lender.id,
        "date": asset.effective_from,
    }
    return asset.liquidation_threshold, asset, (Assumption(code="assumed_threshold", data=data),)


def _growth(arguments: Arguments) -> Decimal:
    """What interest makes of one unit of debt; 1 where rate or days were not said."""
    rate, days = said.number(arguments, "annual_rate"), said.number(arguments, "horizon_days")
    return ONE if rate is None or days is None else growth(rate, days)

"""Where a position stands: the rulebook, contract, coin and day that its arguments mean, and the units that follow."""

import re
from dataclasses import dataclass
from datetime import date

from assistant.errors import UnknownVenue
from assistant.margin.rulebook import Rulebook
from assistant.margin.symbols import QUOTES, symbol_keys
from assistant.tools import said
from assistant.tools.outcome import Refusal
from assistant.tools.rules import Rules
from assistant.values import Arguments, Assumption, Contract, MarginMode

GENERIC = "generic"
"""Id of the rulebook that counts where no venue was named."""
DEFAULT_SYMBOL = "BTC"
"""The coin whose table counts where a venue was named and no coin."""
COIN_COLLATERAL = "coin_collateral"
"""Special mode of a rulebook: coins of the position's own kind may back it."""
ANY_COIN = "coins"
"""Unit of a size where no coin was named."""
DOLLARS = frozenset({"USD", "USDT", "USDC", "USDE", "FDUSD", "BUSD", "TUSD", "DAI", "USDS", "PYUSD"})
"""Currencies taken as one for one where a user names another than the venue settles in; the answer says so."""
FIAT = frozenset({"EUR", "GBP", "JPY", "KRW", "TRY", "BRL", "INR", "AUD", "CAD", "CHF", "RUB", "UAH", "PLN", "MXN"})
"""Currencies in which the generic estimate may be asked for; no venue here settles in them."""

_SYMBOL = re.compile(r"[^\W_]{1,24}([-/_:.][^\W_]{1,24}){0,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """One product of one venue, and one coin of it."""

    rulebook: Rulebook
    venue: str
    """The name as it was said."""
    contract: Contract
    margin_mode: MarginMode
    symbol: str
    """What tables are looked up by."""
    coin: str
    """Unit of sizes: BTC, or `coins` where no coin was named."""
    quote: str
    """Unit of prices."""
    money: str
    """Unit of margin and PnL."""
    day: date
    coin_backed: bool
    """Whether collateral and balances are given in the position's own coin although the contract settles in money."""
    assumptions: tuple[Assumption, ...]

    @property
    def is_generic(self) -> bool:
        """Whether no venue's rules count."""
        return self.rulebook.id == GENERIC

    @property
    def currency_assumptions(self) -> tuple[Assumption, ...]:
        """Those that concern money alone, for results that need no rule."""
        return tuple(
            one for one in self.assumptions if one.code in ("currencies_taken_equal", "inverse_from_collateral")
        )

    @property
    def symbol_is_assumed(self) -> bool:
        """Whether nobody named the coin whose table counts."""
        return self.coin == ANY_COIN


def choose(arguments: Arguments, rules: Rules) -> Market:
    """The market of a position; Refusal for a contract, mode, coin or currency it does not have, UnknownVenue."""
    symbol = _symbol(arguments)
    contract, assumptions = _contract(arguments, symbol)
    venue = said.text(arguments, "venue") or GENERIC
    rulebook = _rulebook(rules, venue, contract)
    contract = contract or (Contract.LINEAR if Contract.LINEAR in rulebook.contracts else rulebook.contract)
    if "contract" not in arguments and not assumptions and _is_ambiguous(rules, venue, rulebook):
        assumptions = (Assumption(code="linear_default"),)
    mode, by_default = _mode(arguments, rulebook)
    assumptions = (*assumptions, *by_default)
    if mode in rulebook.estimated_modes:
        data = {"margin_mode": mode.value, "venue": rulebook.name}
        assumptions = (*assumptions, Assumption(code="estimated_mode", data=data))
    named = symbol or (_coin_collateral(arguments) if contract is Contract.INVERSE else None)
    coin = symbol_keys(named, renamed={}, quotes=QUOTES)[0] if named else ANY_COIN
    backed = _is_coin_backed(arguments, rulebook, contract, coin)
    known = {name: value for name, value in arguments.items() if name != "collateral_currency" or not backed}
    quote, money, equal = _currencies(known, rulebook, contract, named, coin)
    return Market(
        rulebook=rulebook,
        venue=venue,
        contract=contract,
        margin_mode=mode,
        symbol=named or DEFAULT_SYMBOL,
        coin=coin,
        quote=quote,
        money=money,
        day=rules.day(arguments),
        coin_backed=backed,
        assumptions=(*assumptions, *equal),
    )


def _symbol(arguments: Arguments) -> str | None:
    """The coin's name where it was said and can be one."""
    symbol = said.text(arguments, "symbol")
    if symbol is not None and not _SYMBOL.fullmatch(symbol):
        raise Refusal("unknown_symbol", symbol=symbol)
    return symbol


def _coin_collateral(arguments: Arguments) -> str | None:
    """The currency of the collateral where it is a coin that moves."""
    currency = said.text(arguments, "collateral_currency")
    if currency is None or currency.upper() in DOLLARS | FIAT or not _SYMBOL.fullmatch(currency):
        return None
    return currency.upper()


def _contract(arguments: Arguments, symbol: str | None) -> tuple[Contract | None, tuple[Assumption, ...]]:
    """The contract said, or inverse where the coin itself is the collateral."""
    stated, collateral = said.contract(arguments), _coin_collateral(arguments)
    if stated is not None or collateral is None:
        return stated, ()
    if symbol is None or symbol_keys(symbol, renamed={}, quotes=QUOTES)[0] == collateral:
        return Contract.INVERSE, (Assumption(code="inverse_from_collateral", data={"currency": collateral}),)
    return None, ()


def _rulebook(rules: Rules, venue: str, contract: Contract | None) -> Rulebook:
    """The rulebook of a venue and contract."""
    try:
        return rules.rulebooks.find(venue, contract)
    except UnknownVenue as unknown:
        if unknown.data.get("known"):
            kind = (contract or Contract.LINEAR).value
            raise Refusal("contract_not_covered", contract=kind, venue=venue) from unknown
        raise


def _mode(arguments: Arguments, rulebook: Rulebook) -> tuple[MarginMode, tuple[Assumption, ...]]:
    """The margin mode said; where none was, isolated, or the only one the product has. Refusal for one it lacks."""
    mode = said.margin_mode(arguments)
    if "margin_mode" not in arguments and len(rulebook.modes) == 1 and mode not in rulebook.modes:
        data = {"margin_mode": rulebook.modes[0].value, "venue": rulebook.name}
        return rulebook.modes[0], (Assumption(code="only_mode", data=data),)
    if mode not in rulebook.modes:
        raise Refusal("mode_not_covered", margin_mode=mode.value, venue=rulebook.name)
    return mode, () if "margin_mode" in arguments else (Assumption(code="isolated_default"),)


def _is_ambiguous(rules: Rules, venue: str, rulebook: Rulebook) -> bool:
    """Whether the venue's name alone would also fit an inverse contract."""
    if venue.lower() == rulebook.id and rulebook.id != GENERIC:
        return False
    return any(Contract.INVERSE in book.contracts for book in rules.rulebooks if book.venue == rulebook.venue)


def _is_coin_backed(arguments: Arguments, rulebook: Rulebook, contract: Contract, coin: str) -> bool:
    """Whether a linear position stands on coins of its own kind, where the venue takes them or none was named."""
    taken = rulebook.id == GENERIC or COIN_COLLATERAL in rulebook.special
    return contract is Contract.LINEAR and taken and _coin_collateral(arguments) == coin


def _currencies(
    arguments: Arguments, rulebook: Rulebook, contract: Contract, symbol: str | None, coin: str
) -> tuple[str, str, tuple[Assumption, ...]]:
    """Units of prices and of money, and the assumption where two dollars are taken as one."""
    currency = (said.text(arguments, "collateral_currency") or "").upper() or None
    generic = rulebook.id == GENERIC
    quote, settlement = ("USD", "USD") if generic else (rulebook.quote, rulebook.settlement)
    key = symbol_keys(symbol, renamed={}, quotes=() if generic else (quote, settlement, "USD"))[0] if symbol else ""
    if "/" in key:
        quote = settlement = key.split("/")[1]
    if contract is Contract.INVERSE:
        quote, settlement = "USD", coin
    elif generic and currency in DOLLARS | FIAT:
        return str(currency), str(currency), ()
    if currency is None or currency == settlement:
        return quote, settlement, ()
    if currency in DOLLARS and settlement in DOLLARS:
        data = {"currency": currency, "settlement": settlement}
        return quote, settlement, (Assumption(code="currencies_taken_equal", data=data),)
    raise Refusal("collateral_currency", currency=currency, settlement=settlement)

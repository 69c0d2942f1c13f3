"""The dated, sourced rules of one product of one venue, and which of them a date finds in force."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from assistant.errors import InputOutOfRange, NoRuleInForce
from assistant.margin.maintenance import TierTable
from assistant.margin.quantities import ZERO
from assistant.margin.request import PositionRequest
from assistant.margin.symbols import symbol_keys
from assistant.values import Contract, MarginMode, Source

__all__ = [
    "Dated",
    "Display",
    "Grounds",
    "Level",
    "PositionRequest",
    "Rounding",
    "Rule",
    "Rulebook",
    "SymbolFigure",
    "TierBlock",
    "TierOrigin",
    "Trigger",
    "Unlisted",
]


class Level(StrEnum):
    """How much of a product is covered."""

    BRONZE = "bronze"
    """Isolated linear positions; of a product without them, what it has."""
    SILVER = "silver"
    """Cross accounts and tier tables as well."""
    GOLD = "gold"
    """Inverse contracts or the venue's special modes as well, with worked examples of the venue itself."""


class Unlisted(StrEnum):
    """What happens to a symbol that is in no table."""

    ESTIMATE = "estimate"
    """The venue's formula with an assumed rate, labelled."""
    REFUSE = "refuse"


class Trigger(StrEnum):
    """The price a venue watches."""

    MARK = "mark"
    ORACLE = "oracle"


class Rounding(StrEnum):
    """How a venue puts a liquidation price on its price grid."""

    EARLIER = "earlier"
    """Towards the earlier liquidation: up for a long, down for a short."""
    NEAREST = "nearest"
    DOWN = "down"
    """Digits cut off, whatever the side."""


class TierOrigin(StrEnum):
    """Where the maintenance rate of an answer comes from."""

    STATED = "stated"
    """The user's own rate."""
    LISTED = "listed"
    """The venue's table, tier by tier."""
    FIRST_TIER = "first_tier"
    """The lowest tier of that table, because no size is known."""
    ASSUMED = "assumed"
    """No table: the estimate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """Something in force from a day up to and including another."""

    effective_from: date
    effective_to: date | None = None
    """Last day it is known to hold; None: no end is known."""
    sources: tuple[str, ...] = ()
    """Ids in the rulebook's sources."""

    def covers(self, day: date) -> bool:
        """Whether it is in force on that day."""
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)

    @property
    def span(self) -> str:
        """`2024-09-10..2025-05-06`, or `2026-05-27..` while no end is known."""
        return f"{self.effective_from}..{self.effective_to or ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Dated):
    """One dated block of a product's rules."""

    formula: str
    """Key by which the product's module picks its equation."""
    taker_fee_rate: Decimal | None = None
    parameters: Mapping[str, Decimal] = field(default_factory=dict)
    """Further figures its equation needs, by the names the product's module lists in PARAMETERS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TierBlock(Dated):
    """The tier tables one snapshot of a venue knows, by symbol key."""

    tables: Mapping[str, TierTable]
    leverage: Decimal | None = None
    """The chosen leverage it holds for, where a venue's rates depend on that; None: for any."""

    @property
    def ages_from(self) -> date | None:
        """The day from which the figures grow old; None where their last day is known."""
        return self.effective_from if self.effective_to is None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SymbolFigure(Dated):
    """One figure of some coins: what a contract holds, or the step of the price."""

    size: Decimal
    """Of a contract: coins in a linear, quote units in an inverse one, in a quanto one settlement currency per unit of
    the price. Of a tick: quote currency."""
    symbols: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Display:
    """How a venue writes liquidation prices."""

    none: str
    """What stands there where there is none: `--`, `0`."""
    rounding: Rounding
    nearer_ticks: int = 0
    """Steps by which an isolated price is shown nearer to entry than the equation gives it."""
    value_step: Decimal | None = None
    """Step of one contract's value in settlement currency (a satoshi), where the venue rounds that before the tick."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """Everything known about one product, as its file in knowledge/venues/ says."""

    id: str
    venue: str
    """The venue's name as it stands in slots: `binance`."""
    venue_name: str
    """How the venue writes itself: `Binance`."""
    name: str
    """The product's name for readers."""
    product: str
    aliases: tuple[str, ...]
    """What people call the venue, lower case."""
    contracts: tuple[Contract, ...]
    """The first is what is meant when nobody says."""
    modes: tuple[MarginMode, ...]
    level: Level
    trigger: Trigger
    quote: str
    """Currency of prices."""
    settlement: str
    """Currency of margin and PnL of a linear contract; an inverse one settles in the coin itself."""
    rules: tuple[Rule, ...]
    tables: tuple[TierBlock, ...]
    sources: Mapping[str, Source]
    unlisted: Unlisted
    assumed_rate: Decimal | None = None
    """Highest rate the estimate assumes; given wherever `unlisted` is ESTIMATE."""
    estimated_modes: tuple[MarginMode, ...] = ()
    """Modes in which no position has a trigger of its own, so that a price is an estimate of the account's."""
    symbols: Mapping[str, str] = field(default_factory=dict)
    """Coins whose tables stand under another key: PEPE -> 1000PEPE."""
    contract_sizes: tuple[SymbolFigure, ...] = ()
    """What a contract holds, coin by coin; a coin that is missing has a size nobody may guess."""
    ticks: tuple[SymbolFigure, ...] = ()
    """Steps of the price, coin by coin."""
    display: Display | None = None
    """How the venue shows a liquidation price; None where that is not known."""
    special: tuple[str, ...] = ()
    """Special modes of the venue that are covered."""
    review_days: int | None = None
    """Days after which figures that were read are called old; None where nothing ages."""

    @property
    def contract(self) -> Contract:
        """The contract meant when nobody says."""
        return self.contracts[0]

    @property
    def unearned(self) -> tuple[str, ...]:
        """What the level asks for and the file does not state, as rules; the venue's own examples stand elsewhere."""
        silver = "a silver level has cross among its modes, and tier tables"
        gold = "a gold level has inverse or quanto contracts, or special modes"
        missing: list[str] = []
        if self.level is not Level.BRONZE and not (MarginMode.CROSS in self.modes and self.tables):
            missing.append(silver)
        if self.level is Level.GOLD and not ({Contract.INVERSE, Contract.QUANTO} & {*self.contracts} or self.special):
            missing.append(gold)
        return tuple(missing)

    def rule_on(self, day: date) -> Rule:
        """The rule in force on that day; NoRuleInForce outside every block, never the newest instead."""
        for rule in self.rules:
            if rule.covers(day):
                return rule
        raise NoRuleInForce(rulebook=self.id, date=day, known=", ".join(rule.span for rule in self.rules))

    def listing_on(self, symbol: str, day: date, leverage: Decimal | None = None) -> tuple[TierBlock, TierTable] | None:
        """The newest snapshot of that day that holds the symbol, and its table there, or None where none holds it.

        Raises NoRuleInForce where there are snapshots of the symbol, or of the product where none holds it, and no one
        of them covers the day, and InputOutOfRange where the symbol's rates depend on the chosen leverage and there is
        no table for this one.
        """
        keys = symbol_keys(symbol, renamed=self.symbols, quotes=(self.quote, self.settlement, "USD"))
        holding = [block for block in self.tables if any(key in block.tables for key in keys)] or list(self.tables)
        known = sorted((block for block in holding if block.covers(day)), key=lambda block: block.effective_from)
        if holding and not known:
            spans = dict.fromkeys(block.span for block in holding)
            raise NoRuleInForce(rulebook=self.id, date=day, known=", ".join(spans))
        others: list[Decimal] = []
        for block in reversed(known):
            for key in keys:
                if key in block.tables and block.leverage in (None, leverage):
                    return block, block.tables[key]
                if key in block.tables and block.leverage is not None:
                    others.append(block.leverage)
        if others:
            raise InputOutOfRange(
                argument="leverage",
                reason="missing" if leverage is None else "no_table_for_leverage",
                value=ZERO if leverage is None else leverage,
                known=", ".join(f"{one:f}" for one in sorted(others)),
            )
        return None

    def tiers_on(self, symbol: str, day: date, leverage: Decimal | None = None) -> TierTable | None:
        """The symbol's tier table on that day, or None where it is in no table; raises as `listing_on`."""
        listing = self.listing_on(symbol, day, leverage)
        return None if listing is None else listing[1]

    def contract_size_on(self, symbol: str, day: date) -> SymbolFigure | None:
        """What one contract of the symbol holds on that day, or None where that is not on file."""
        return self._of_symbol(self.contract_sizes, symbol, day)

    def tick_on(self, symbol: str, day: date) -> SymbolFigure | None:
        """The step of the symbol's price on that day, or None where that is not on file."""
        return self._of_symbol(self.ticks, symbol, day)

    def _of_symbol(self, figures: Iterable[SymbolFigure], symbol: str, day: date) -> SymbolFigure | None:
        key = symbol_keys(symbol, renamed={}, quotes=(self.quote,))[0]
        return next((one for one in figures if one.covers(day) and key in one.symbols), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What the terms of one position rest on."""

    rule: Rule
    origin: TierOrigin
    tiers: TierTable
    sources: tuple[Source, ...]
    rules_as_of: date
    """effective_from of the newest block used."""
    ages_from: date | None = None
    """The day from which the tier table grows old; None where none was used, or one whose last day is known."""

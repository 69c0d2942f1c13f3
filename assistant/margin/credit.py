"""What is known of lenders and brokers: dated rules of loans and of shares on margin, with their sources."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from assistant.errors import NoRuleInForce
from assistant.margin.lending import CloseFactor
from assistant.margin.rulebook import Dated
from assistant.margin.stock import ShareFloor
from assistant.values import Source

_Block = TypeVar("_Block", bound=Dated)


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseRule(Dated):
    """How a lender liquidates."""

    close_factor: CloseFactor


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetRule(Dated):
    """What a lender says about one coin as collateral."""

    symbols: tuple[str, ...]
    """The coin as the lender names it, and as people do."""
    liquidation_threshold: Decimal
    liquidation_bonus: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Lender:
    """One lending market."""

    id: str
    venue: str
    """The lender as it stands in slots: `aave`."""
    name: str
    rules: tuple[CloseRule, ...]
    assets: tuple[AssetRule, ...]
    sources: Mapping[str, Source]

    def close_rule_on(self, day: date) -> CloseRule:
        """How a liquidation went on that day; NoRuleInForce outside every block."""
        return _in_force(self.rules, self.id, day)

    def asset_on(self, symbol: str, day: date) -> AssetRule | None:
        """What held for a coin on that day, None where the coin is not on file; NoRuleInForce outside every block."""
        listed = tuple(asset for asset in self.assets if symbol.upper() in asset.symbols)
        return _in_force(listed, self.id, day) if listed else None


@dataclass(frozen=True, slots=True, kw_only=True)
class StockRule(Dated):
    """The least a broker must ask for shares on margin, fractions of their market value."""

    initial_margin_rate: Decimal
    long_maintenance_rate: Decimal
    short_maintenance_rate: Decimal
    short_floor: ShareFloor


@dataclass(frozen=True, slots=True, kw_only=True)
class StockRulebook:
    """The margin rules for shares of one country."""

    id: str
    name: str
    rules: tuple[StockRule, ...]
    sources: Mapping[str, Source]

    def rule_on(self, day: date) -> StockRule:
        """The rule in force on that day; NoRuleInForce outside every block."""
        return _in_force(self.rules, self.id, day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """All that is on file about lenders and brokers."""

    lenders: Mapping[str, Lender] = field(default_factory=dict)
    """By id."""
    stocks: Mapping[str, StockRulebook] = field(default_factory=dict)
    """By id."""
    methods: Mapping[str, tuple[Source, ...]] = field(default_factory=dict)
    """What an equation rests on that is nobody's own: `loan`, `futures`."""

    def lender(self, venue: str) -> Lender | None:
        """The lender a name means, or None where it is none on file."""
        return next((one for one in self.lenders.values() if venue.lower() in (one.venue, one.id)), None)


def _in_force(blocks: tuple[_Block, ...], rulebook: str, day: date) -> _Block:
    """The block that covers a day; NoRuleInForce where none does, never the newest instead."""
    for block in blocks:
        if block.covers(day):
            return block
    raise NoRuleInForce(rulebook=rulebook, date=day, known=", ".join(block.span for block in blocks))

"""The values that cross from "what was asked" to "what is true" and back; frozen, without behaviour of their own.

Numbers are `Decimal`, rates are fractions, names are the field's standard terms (knowledge/glossary.toml).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Side(StrEnum):
    """Direction of a position."""

    LONG = "long"
    SHORT = "short"

    @property
    def sign(self) -> int:
        """+1 for a long, -1 for a short: the s of every equation."""
        return 1 if self is Side.LONG else -1

    @property
    def opposite(self) -> "Side":
        """The other side."""
        return Side.SHORT if self is Side.LONG else Side.LONG


class Contract(StrEnum):
    """How a contract pays: linear in the quote currency, inverse in the coin itself, quanto in a third currency."""

    LINEAR = "linear"
    INVERSE = "inverse"
    QUANTO = "quanto"

    @property
    def follows_price(self) -> bool:
        """Whether the notional in settlement currency grows with the price; that of an inverse contract shrinks."""
        return self is not Contract.INVERSE


class MarginMode(StrEnum):
    """Which money stands behind a position: its own margin, or the whole balance."""

    ISOLATED = "isolated"
    CROSS = "cross"


class SizeUnit(StrEnum):
    """What a size counts: coins, quote currency, or the venue's contracts."""

    BASE = "base"
    QUOTE = "quote"
    CONTRACTS = "contracts"


class AccountType(StrEnum):
    """What a question about borrowed money is about, where it is no leveraged crypto position."""

    LOAN = "loan"
    STOCK = "stock"
    FUTURES = "futures"


SlotValue = str | Decimal | tuple[str, ...] | tuple[Decimal, ...]
Slots = Mapping[str, SlotValue]
"""What is known of a position, by the slot names of prompts/slots.toml."""

ArgumentValue = str | bool | Decimal | date | tuple["ArgumentValue", ...] | Mapping[str, "ArgumentValue"]
Arguments = Mapping[str, ArgumentValue]
"""What a tool is called with, by the argument names of assistant/tools/arguments.py."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message as a channel read it."""

    text: str
    as_of: date
    """The date whose venue rules apply; filled with today at the edge."""
    language: str | None = None
    """A BCP 47 hint of the channel, or None: then the text decides."""
    context: Arguments = field(default_factory=dict)
    """What the host page knows: venue, symbol, mark_price, wallet_balance, positions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleHit:
    """One article that may answer a question."""

    article: str
    """Its id, the file name without ending."""
    score: Decimal
    """How well it fits; only the order and the thresholds of knowledge/search.toml have a meaning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallTool:
    """Decision: compute."""

    intent: str
    tool: str
    arguments: Arguments
    from_context: tuple[str, ...] = ()
    """Arguments the host page gave, not the user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskFor:
    """Decision: ask, in one reply, for everything a calculation lacks."""

    intent: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowArticle:
    """Decision: show an article of the knowledge base."""

    article: str
    intent: str = "concept"
    runner_up: str | None = None
    """A second article worth offering, or None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferChoices:
    """Decision: the purpose could not be read; offer these articles (perhaps none) and say what can be asked."""

    articles: tuple[str, ...] = ()
    intent: str = "clarify"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decline:
    """Decision: refuse, with the neutral fact or hint that belongs to `key`."""

    intent: str
    key: str
    """Template of prompts/<language>/answers/decline_<key>.md.j2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """Decision: say something that needs neither a tool nor an article."""

    intent: str
    key: str
    """Template of prompts/<language>/answers/say_<key>.md.j2."""
    data: Mapping[str, SlotValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """Decision: somebody is in distress; nothing else is said."""

    level: str
    """A (present intent), B (passive wish), C (overwhelming distress), D (compulsive trading)."""
    country: str | None = None
    """ISO 3166 code where the text names it, else None."""
    intent: str = "distress"


Decision = CallTool | AskFor | ShowArticle | OfferChoices | Decline | Say | Support


class Status(StrEnum):
    """How a tool run ended; only `OK` carries a liquidation price."""

    OK = "ok"
    NOT_LIQUIDATABLE = "not_liquidatable"
    UNDERDETERMINED = "underdetermined"
    BEYOND_MAINTENANCE = "beyond_maintenance"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number of a result."""

    name: str
    """A name of API.md, with the variant of a comparison behind an @: `liquidation_price@20x`."""
    value: Decimal
    """Unrounded to 10 significant digits; a name ending in _pct is in percent."""
    unit: str
    """Currency or coin (`USDT`, `BTC`), `%`, `x`, or empty for a bare ratio."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of working: equation, numbers in, number out."""

    name: str
    """Key of its label in prompts/<language>/labels.toml."""
    equation: str
    """In symbols: `(s q E - M - D) / (q (s - m - f))`."""
    numbers: str
    """The same with this position's numbers."""
    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """Something nobody said that the result rests on."""

    code: str
    """Key of its sentence in prompts/<language>/assumptions.toml."""
    data: Mapping[str, str | Decimal | date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a rule or a fact stands."""

    id: str
    title: str
    url: str
    retrieved: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a tool found out; figures and codes, never sentences."""

    tool: str
    arguments: Arguments
    """As used: what was said plus every default filled in."""
    status: Status
    code: str | None = None
    """Why it was refused or has no price: a key of prompts/<language>/errors.toml."""
    data: Mapping[str, str | Decimal | date] = field(default_factory=dict)
    """What the sentence behind `code` needs."""
    missing: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    working: tuple[Step, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    sources: tuple[Source, ...] = ()
    rules_as_of: date | None = None
    """effective_from of the newest block of rules that was used."""
    rulebook: str | None = None

    def figure(self, name: str) -> Decimal | None:
        """The value of one figure, or None where the result has none of that name."""
        return next((figure.value for figure in self.figures if figure.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A price the outside gave, with its age."""

    symbol: str
    mark_price: Decimal
    as_of: str
    age_s: Decimal
    source: str

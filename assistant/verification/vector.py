"""One vector: a position as somebody described it, and the figures somebody else found for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from assistant.margin.quantities import ZERO, exact
from assistant.margin.request import PositionRequest
from assistant.values import Arguments, Side

RELATIVE = Decimal("1e-12")
"""How far, as a fraction of it, a figure may be from a generated one."""

WHOLE = frozenset({"tier_rate", "tier_amount"})
"""Figures no source rounds."""


class Label(StrEnum):
    """Whose numbers a vector expects."""

    SOURCED = "sourced"
    """Published or recorded by somebody else."""
    GENERATED = "generated"
    """Found by the oracle of the test suite: bisection on equity minus maintenance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Another position of a cross account, linear, with its own rate and amount."""

    side: Side
    size: Decimal
    entry_price: Decimal
    mark_price: Decimal
    rate: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTier:
    """One tier of an example's own table."""

    floor: Decimal
    rate: Decimal
    amount: Decimal = ZERO
    """Of the first tier; those of the others follow from continuity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a vector asks a rulebook about."""

    rulebook: str
    request: PositionRequest
    others: tuple[Other, ...] = ()
    tiers: tuple[OwnTier, ...] = ()
    """The example's own table; empty: the rulebook's."""
    tick: Decimal | None = None
    """The grid the source rounds prices to."""
    fee_to_close_rate: Decimal | None = None
    """Left out: the rulebook's taker fee."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What a vector calls a tool with."""

    tool: str
    arguments: Arguments


@dataclass(frozen=True, slots=True, kw_only=True)
class Vector:
    """One example and what it expects."""

    id: str
    """Unique among all vectors."""
    label: Label
    asks: Subject | Call
    inputs: Mapping[str, str]
    """What is asked, as the file writes it: what a reader sees."""
    contract: str
    margin_mode: str
    side: str
    as_of: date
    expected: Mapping[str, Decimal | str]
    """By the names of `measure.QUANTITIES`, or a tool's figures; a word for a status."""
    kind: str
    """Venue-published, a live recording, a third party's; `generated`."""
    source: str
    note: str = ""
    absolute: Decimal | None = None
    """Tolerance that stands for the digits the source prints; None: RELATIVE of the expected figure."""

    @property
    def subject(self) -> str:
        """The rulebook or tool that is asked."""
        return self.asks.rulebook if isinstance(self.asks, Subject) else self.asks.tool

    @exact
    def tolerance(self, quantity: str, theirs: Decimal) -> Decimal:
        """How far a figure may be from the one expected; a tier's rate and amount are the source's own or wrong."""
        if quantity in WHOLE:
            return ZERO
        return abs(theirs) * RELATIVE if self.absolute is None else self.absolute

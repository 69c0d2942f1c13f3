"""What the outside must offer, as Protocols: adapters satisfy them, tests hand in small fakes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from assistant.margin.listed import ListedTier
from assistant.margin.maintenance import TierBasis


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One message and its reply, as kept."""

    message_id: str
    conversation_id: str
    number: int
    """1 for the first turn of a conversation, counted up without gaps."""
    created: datetime
    as_of: date
    """The date whose venue rules were applied."""
    language: str
    request: str
    """The request as JSON."""
    reply: str
    """The whole reply as JSON, the very characters that were sent."""
    state: str
    """The conversation after this turn, as JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Latest:
    """How far a conversation has come."""

    number: int
    """Number of its newest turn."""
    state: str
    """The conversation after that turn, as JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What somebody thought of a reply; a later one about the same message replaces it."""

    message_id: str
    created: datetime
    helpful: bool
    comment: str | None = None


class ConversationStore(Protocol):
    """Keeps conversations; every method raises OutsideUnavailable(what="store") when it cannot do its work."""

    async def latest(self, conversation_id: str) -> Latest | None:
        """Where a conversation stands, or None where there is no such conversation."""

    async def append(self, turn: Turn) -> bool:
        """True once the turn is durably stored; False where its number is taken or its conversation is gone."""

    async def turns(self, conversation_id: str) -> Sequence[Turn]:
        """Every turn of a conversation, oldest first; empty where there is no such conversation."""

    async def forget(self, conversation_id: str) -> bool:
        """True once a conversation, its turns and their feedback are deleted; False where there was none."""

    async def give_feedback(self, feedback: Feedback) -> bool:
        """True once feedback is durably stored; False where no such message exists."""

    async def check(self) -> None:
        """Return when the store can be written to now."""

    async def close(self) -> None:
        """Return when everything that was accepted is stored and the store is released."""


class Clock(Protocol):
    """Tells the time; the only way to learn it outside adapters."""

    def now(self) -> datetime:
        """The moment in UTC, with its zone."""

    def today(self) -> date:
        """The date in UTC."""


class TierFeed(Protocol):
    """The tier tables one venue publishes of one product; raises OutsideUnavailable and ContentError."""

    @property
    def source(self) -> str:
        """Beginning of the id of the source: `bybit-risk-limit`."""

    @property
    def title(self) -> str:
        """What the source is called."""

    @property
    def url(self) -> str:
        """The public page about the figures."""

    @property
    def basis(self) -> TierBasis:
        """What the edges of the tiers count."""

    @property
    def caution(self) -> str | None:
        """Why a person has to look at what was fetched before it counts; None: no reason."""

    def fetch(self) -> Mapping[str, Sequence[ListedTier]]:
        """The tiers of every symbol, lowest first, from the venue."""

    def read(self, files: Mapping[str, bytes]) -> Mapping[str, Sequence[ListedTier]]:
        """The same from saved answers, by the names of their files."""

"""The composition root: the only module that names adapters. What a command does not need is not imported for it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.resources import content
from assistant.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.errors import StoreError
    from assistant.ports import Clock, ConversationStore, TierFeed
    from assistant.turn import Assistant
    from assistant.verification.vector import Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Everything a server is made of."""

    settings: Settings
    assistant: "Assistant"
    store: "ConversationStore"
    clock: "Clock"
    vectors: "tuple[Vector, ...]"


def build(settings: Settings) -> Parts:
    """The parts of a server; ContentError for a wrong file, StoreError for a store that cannot be used."""
    assistant = open_content()
    return Parts(
        settings=settings,
        assistant=assistant,
        vectors=open_vectors(assistant),
        store=open_store(settings),
        clock=open_clock(),
    )


def open_content(*, compiled: bool = True) -> "Assistant":
    """The assistant over the installed content; `compiled=False` leaves templates to their first use."""
    from assistant.content import open_assistant

    return open_assistant(prompts=content("prompts"), knowledge=content("knowledge"), compiled=compiled)


def open_vectors(assistant: "Assistant") -> "tuple[Vector, ...]":
    """Every vector of the installed content; ContentError for a wrong line."""
    from assistant.verification import vector_file

    return vector_file.load(content("knowledge") / "vectors", rulebooks=tuple(assistant.rulebooks.books))


def open_store(settings: Settings) -> "ConversationStore":
    """The store the settings name, migrated; StoreError where it cannot be used."""
    from assistant.adapters.store.sqlite import SqliteStore

    return SqliteStore(settings.database, timeout_s=settings.database_timeout_s)


def examine_store(settings: Settings) -> "Sequence[StoreError]":
    """What keeps the settings' store from being used, found without changing it."""
    from assistant.adapters.store.examination import examine

    return tuple(examine(settings.database, timeout_s=settings.database_timeout_s))


def open_clock() -> "Clock":
    """The system's clock."""
    from assistant.adapters.clock import SystemClock

    return SystemClock()


def open_tier_feed(rulebook: str) -> "TierFeed | None":
    """Where the tier tables of a rulebook can be had anew; None where no public place is known."""
    import random
    import time

    from assistant.adapters.clock import SystemClock
    from assistant.adapters.tiers.feed import VenueFeed
    from assistant.adapters.tiers.venues import VENUES

    venue = VENUES.get(rulebook)
    if venue is None:
        return None
    return VenueFeed(venue=venue, clock=SystemClock(), sleep=time.sleep, random=random.random)

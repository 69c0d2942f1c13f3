"""One turn of a conversation: the page where what was asked meets what is true.

    Message ─ recognise ─> Reading ─ merge, decide ─> Decisions       plan
    Decisions ─ run ─> Results ─ compose, seal ─> SealedAnswer        answer

Between the two the caller may fetch the quotes a plan wants; neither half does any I/O or reads a clock.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from assistant.answers.compose import compose
from assistant.answers.disclaimer import seal
from assistant.answers.model import SealedAnswer
from assistant.answers.shelf import Shelf
from assistant.dialogue import boundaries, distress
from assistant.dialogue.context import usable
from assistant.dialogue.conversation import Conversation
from assistant.dialogue.merge import merge
from assistant.dialogue.policy import Heard, Policy
from assistant.dialogue.ranges import Ranges
from assistant.errors import UnknownVenue
from assistant.tools.registry import run
from assistant.understanding.reading import Reading
from assistant.understanding.recognise import Understanding, recognise
from assistant.understanding.vocabulary import Names
from assistant.values import ArticleHit, CallTool, Contract, Decision, Message, Quote, Slots
from assistant.venues.catalogue import Rulebooks
from assistant.venues.steadiness import steady


class Finds(Protocol):
    """The article index."""

    def search(self, text: str, limit: int = 3) -> tuple[ArticleHit, ...]:
        """The articles that fit best, best first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be done about a message."""

    message: Message
    reading: Reading
    decisions: tuple[Decision, ...]
    conversation: Conversation
    """The state after the message."""
    quotes_wanted: tuple[str, ...] = ()
    """Coins whose price the decisions could use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assistant:
    """Everything a turn needs, loaded once; the same input gives the same output."""

    understanding: Understanding
    names: Names
    ranges: Ranges
    policy: Policy
    distress: distress.DistressPhrases
    boundaries: Mapping[str, boundaries.BoundaryPhrases]
    rulebooks: Rulebooks
    index: Finds
    shelves: Mapping[str, Shelf]
    """By language."""

    def plan(self, message: Message, conversation: Conversation) -> Plan:
        """What to do about a message in the light of the conversation so far."""
        reading = recognise(message.text, self.understanding, language=message.language)
        merged = merge(reading, conversation, ranges=self.ranges, names=self.names, today=message.as_of)
        heard = Heard(
            reading=reading,
            merged=merged,
            conversation=conversation,
            distress=distress.detect(message.text, self.distress),
            boundary=boundaries.detect(message.text, self.boundaries[self._language(reading.language)]),
            text=message.text,
            find=self.index.search,
            context=usable(message.context, merged.slots),
            written=message.as_of,
            steady=self._steady,
        )
        decisions, after = self.policy.decide(heard)
        return Plan(message=message, reading=reading, decisions=decisions, conversation=after)

    def answer(self, plan: Plan, quotes: Sequence[Quote] = ()) -> SealedAnswer:
        """The sealed answer to a planned message, in the reader's language or the nearest there is."""
        shelf = self.shelves[self._language(plan.reading.language)]
        results = [
            run(decision.tool, decision.arguments, rulebooks=self.rulebooks, as_of=plan.message.as_of)
            for decision in plan.decisions
            if isinstance(decision, CallTool)
        ]
        return seal(compose(plan.decisions, results, shelf=shelf, slots=plan.conversation.slots), shelf.book)

    def _steady(self, slots: Slots, first: date, last: date) -> bool:
        """Whether the rules the slots speak of stayed the same from one day to another; without a venue they do."""
        venue, symbol, leverage = (slots.get(slot) for slot in ("venue", "symbol", "leverage"))
        if not isinstance(venue, str):
            return True
        kind = slots.get("contract")
        try:
            book = self.rulebooks.find(venue, Contract(str(kind)) if kind is not None else None)
        except UnknownVenue:
            return True
        coin = symbol if isinstance(symbol, str) else None
        return steady(book, coin, leverage if isinstance(leverage, Decimal) else None, first, last)

    def _language(self, language: str) -> str:
        """A language there are answers in."""
        return language if language in self.shelves else self.understanding.default

"""What to do about a message: a closed set of decisions, chosen in one fixed order.

Distress first; then what cannot be read or must not be done; then refused values; then the calculation, the article,
and only when nothing fits the question back.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from assistant.dialogue.asides import aside
from assistant.dialogue.boundaries import Boundary
from assistant.dialogue.catalogue import Catalogue, Intent
from assistant.dialogue.context import OTHERS
from assistant.dialogue.conversation import Conversation, Pending
from assistant.dialogue.day import Steady, settled
from assistant.dialogue.distress import Distress
from assistant.dialogue.merge import Merged
from assistant.dialogue.pasted import doubts, notes
from assistant.dialogue.records import others, packed
from assistant.understanding.reading import Reading
from assistant.values import (
    ArgumentValue,
    ArticleHit,
    AskFor,
    CallTool,
    Decision,
    Decline,
    OfferChoices,
    Say,
    ShowArticle,
    Slots,
    Support,
)

_NUMERIC = frozenset(
    (
        "leverage",
        "leverages",
        "entry_price",
        "size",
        "entries",
        "rows",
        "other_rows",
        "collateral",
        "wallet_balance",
        "stated_liquidation_price",
        "debt",
        "health_factor",
        "liquidation_threshold",
    )
)
_WANTED = frozenset(("target_liquidation_price", "price_move_pct"))
"""What a position is to live through."""
_HOW_MUCH = frozenset(("how_much", "margin_ask", "add"))
_PLAIN = frozenset(("liquidation_price", "position_size", "concept", "greeting"))
"""Intents that say nothing of what a position is to live through."""
_OF_ADDING = frozenset(("added_margin", "stated_liquidation_price"))
_OF_TABLE = ("venue", "symbol", "contract", "leverage")
"""What a tier table depends on."""
_LISTED = frozenset(("leverages", "venues", "sides", "margin_modes"))
_CLEAR = 38
"""A rule this heavy rests on numbers of the message itself."""
_DECLINED = {"advice": "advice_refusal", "prediction": "advice_refusal", "injection": "injection"}
_STICKY = frozenset(("A", "B"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Everything a decision rests on."""

    reading: Reading
    merged: Merged
    conversation: Conversation
    distress: Distress | None
    boundary: Boundary | None
    text: str
    """The message as typed."""
    find: Callable[[str], tuple[ArticleHit, ...]]
    """The articles that fit a text, best first: asked only where an article could be the answer."""
    context: Mapping[str, ArgumentValue]
    """What the host page knows."""
    written: date
    """The day the message was written: later ones have no rules yet."""
    steady: Steady


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Decides; everything it needs was loaded once."""

    catalogue: Catalogue
    answer: Decimal
    """From this score on an article answers."""
    lead: Decimal
    """How much better than the next it must be to stand alone."""
    offer: Decimal
    """From this score on an article is worth offering."""
    languages: tuple[str, ...]
    venues: frozenset[str]
    """Venues there are rules for, as slots name them."""
    only_modes: Mapping[tuple[str, str | None], str]
    """The margin mode of a venue and contract (None: not said) that have one alone, and not the usual one."""

    def decide(self, heard: Heard) -> tuple[tuple[Decision, ...], Conversation]:
        """The decisions for one message, the first the most important, and the conversation after it."""
        before = heard.conversation
        state = replace(
            before,
            slots=heard.merged.slots,
            turns=_turns(before, heard.merged),
            turn=before.turn + 1,
            pending=None,
            intent=None if heard.merged.new_trade else before.intent,
        )
        support = _support(heard)
        if support is not None:
            sticky = support.level if support.level in _STICKY else before.distress
            return (support,), replace(state, distress=sticky, country=support.country or before.country)
        state = replace(state, distress=None)
        if heard.reading.foreign:
            kept = replace(state, slots=before.slots, turns=before.turns, pending=before.pending)
            return (Say(intent="clarify", key="language_not_available", data={"languages": self.languages}),), kept
        if heard.merged.refused:
            wanted = self._intent(heard)
            again = wanted if wanted in self.catalogue.follows else "liquidation_price"
            missing = (heard.merged.refused[0].slot,)
            return _invalid(heard), replace(state, intent=again, pending=Pending(intent=again, missing=missing))
        decisions, intent = self._answer(heard)
        asked = next((decision for decision in decisions if isinstance(decision, AskFor)), None)
        article = next((decision for decision in decisions if isinstance(decision, ShowArticle)), None)
        return decisions, replace(
            state,
            intent=intent or state.intent,
            pending=None if asked is None else Pending(intent=asked.intent, missing=asked.missing),
            topic=article.article if article is not None else state.topic,
        )

    def _answer(self, heard: Heard) -> tuple[tuple[Decision, ...], str | None]:
        """The decisions where nothing stands in the way, and the calculation they continue with."""
        reading, boundary = heard.reading, heard.boundary
        name = self._intent(heard)
        intent = self.catalogue.of(name, heard.merged.slots) if name else None
        computed = intent is not None and bool(intent.tool or intent.says)
        weight = next((scored.weight for scored in reading.intents if scored.intent == name), 0)
        numbers = bool(heard.merged.said & _NUMERIC)
        if "side" in reading.conflicts and computed:
            return (Say(intent="invalid_input", key="side_contradiction"),), None
        if boundary is not None and not (computed and numbers and weight >= _CLEAR and not self._gaps(intent, heard)):
            return (_decline(boundary),), None
        unknown = next((item for item in reading.unmatched if item.kind == "venue"), None)
        if computed and unknown is not None and intent is not None and intent.tool and intent.shares_position:
            return (Say(intent=intent.name, key="unknown_venue", data={"name": unknown.text}),), intent.name
        if "tiers_ask" in reading.groups and (table := self._tier_table(heard)) is not None:
            return (table,), None
        if "reduce_ask" in reading.groups and heard.merged.said & _WANTED:
            return (self._reduction(heard),), "liquidation_price"
        if intent is None or not computed:
            return self._talk(heard, name), None
        venue = heard.merged.slots.get("venue")
        asked_of = isinstance(venue, str) and "venue" in self.catalogue.takes(intent, heard.merged.slots)
        asked_of = asked_of and intent.shares_position
        open_ = doubts(reading, heard.merged.slots) if intent.shares_position else ()
        if open_:
            asked = AskFor(intent=intent.name, missing=open_)
            return (asked, *notes(intent.name, reading, heard.merged.slots)), intent.name
        if asked_of and venue not in self.venues:
            return (Say(intent=intent.name, key="venue_not_covered", data={"name": str(venue)}),), intent.name
        if self._rather_article(heard, weight):
            return (self._article(heard.find(heard.text)),), None
        decisions: list[Decision] = [self._compute(intent, heard)]
        clause = aside(heard.text)
        second = heard.find(clause) if clause else ()
        if second and second[0].score >= self.answer:
            decisions.append(ShowArticle(article=second[0].article))
        if boundary is not None:
            decisions.append(_decline(boundary))
        if isinstance(decisions[0], CallTool | AskFor):
            decisions += notes(intent.name, reading, heard.merged.slots)
        if heard.merged.unused and isinstance(decisions[0], CallTool):
            decisions.append(Say(intent=intent.name, key="unused", data={"amounts": heard.merged.unused}))
        return tuple(decisions), intent.name if intent.name in self.catalogue.follows else None

    def _intent(self, heard: Heard) -> str | None:
        """The intent of a message in the light of what was asked before."""
        reading, conversation = heard.reading, heard.conversation
        best = reading.intents[0] if reading.intents else None
        fresh = bool(heard.merged.said)
        if "pasted" in reading.notes and best is None:
            return "liquidation_price"
        wanted = heard.merged.said & _WANTED
        asks_margin = "target_liquidation_price" in wanted or bool(wanted and reading.groups & _HOW_MUCH)
        if asks_margin and (best is None or best.intent in _PLAIN):
            return "add_margin"
        if "change" in heard.merged.said and not heard.merged.slots.get("account_type"):
            return "liquidation_price"
        if heard.merged.said & _LISTED and conversation.intent is not None and "against_it" in reading.groups:
            return "compare"
        told = heard.merged.slots.keys() & {"leverage", "account_type"}
        if "ok_ask" in reading.groups and not heard.merged.said & _NUMERIC and not told:
            return "clarify"
        if (
            conversation.pending is not None
            and not heard.merged.new_trade
            and fresh
            and (best is None or best.weight < _CLEAR or best.intent == "liquidation_price")
        ):
            return conversation.pending.intent
        if best is not None and best.weight >= _CLEAR and best.rule != "a whole position":
            return best.intent
        followed = conversation.intent
        if (
            fresh
            and followed is not None
            and not heard.merged.new_trade
            and (best is None or best.intent in ("liquidation_price", "greeting"))
        ):
            single = heard.merged.said & {"leverage", "venue", "side"}
            return "liquidation_price" if followed == "compare" and single else followed
        slots = heard.merged.slots
        completed = heard.merged.said & _NUMERIC and not self.catalogue.intents["liquidation_price"].missing(slots)
        talk = best is None or best.intent in ("concept", "greeting")
        if talk and completed and (best is None or best.weight < _CLEAR):
            return "liquidation_price"
        return best.intent if best is not None else None

    def _rather_article(self, heard: Heard, weight: int) -> bool:
        """Whether a question that could be a calculation without any number is a question about how things work."""
        asks = "concept" in heard.reading.groups and "self_ask" not in heard.reading.groups
        numbers = any(isinstance(heard.merged.slots.get(slot), Decimal | tuple) for slot in heard.merged.said)
        if not asks or numbers or weight >= _CLEAR or heard.conversation.pending is not None:
            return False
        hits = heard.find(heard.text)
        return bool(hits) and hits[0].score >= self.answer

    def _compute(self, intent: Intent, heard: Heard) -> Decision:
        """The tool call, what it still lacks, or what is not computed here."""
        if intent.says is not None:
            return Say(intent=intent.name, key=intent.says)
        missing = self._gaps(intent, heard)
        if missing:
            return AskFor(intent=intent.name, missing=missing)
        day = settled(heard.merged.slots, heard.steady, heard.written) if "as_of" in heard.merged.slots else None
        if "as_of" in heard.merged.slots and day is None:
            return AskFor(intent=intent.name, missing=("as_of",))
        slots, from_context = self._with_context(intent, heard)
        taken = self.catalogue.takes(intent, self._in_mode(slots))
        arguments: dict[str, ArgumentValue] = {slot: slots[slot] for slot in taken if slot in slots}
        if day is not None and "as_of" in arguments:
            arguments["as_of"] = day
        if OTHERS in taken and (rows := others(slots)):
            arguments[OTHERS] = rows
        elif OTHERS in taken and OTHERS in heard.context:
            arguments[OTHERS] = heard.context[OTHERS]
            from_context = (*from_context, OTHERS)
        assert intent.tool is not None
        return CallTool(intent=intent.name, tool=intent.tool, arguments=packed(arguments), from_context=from_context)

    def _tier_table(self, heard: Heard) -> CallTool | None:
        """The tier table of the coin and venue this message names, where there are rules for the venue."""
        slots = heard.merged.slots
        named = {"venue", "symbol"} <= slots.keys() and bool({"venue", "symbol"} & heard.merged.said)
        if not named or slots["venue"] not in self.venues or heard.merged.said & _NUMERIC - {"leverage"}:
            return None
        arguments = {slot: slots[slot] for slot in _OF_TABLE if slot in slots}
        return CallTool(intent="concept", tool="maintenance_tiers", arguments=arguments)

    def _reduction(self, heard: Heard) -> Decision:
        """The part to close so that the rest lives through a price or a move, or what that still lacks."""
        margin = self.catalogue.intents["add_margin"]
        missing = self._gaps(margin, heard)
        if missing:
            return AskFor(intent="position_size", missing=missing)
        slots, from_context = self._with_context(margin, heard)
        taken = self.catalogue.takes(margin, self._in_mode(slots))
        named = {slot: slots[slot] for slot in taken if slot in slots and slot not in _OF_ADDING}
        return CallTool(intent="position_size", tool="reduce_position", arguments=named, from_context=from_context)

    def _gaps(self, intent: Intent | None, heard: Heard) -> tuple[str, ...]:
        """What a calculation still lacks; what the host page knows counts as known."""
        return intent.missing(self._in_mode(self._with_context(intent, heard)[0])) if intent is not None else ()

    def _in_mode(self, slots: Slots) -> Slots:
        """The slots with the only mode the venue has where nobody said one: it chooses a way, and is no value said."""
        if {"margin_mode", "margin_modes"} & slots.keys():
            return slots
        contract = slots.get("contract")
        only = self.only_modes.get((str(slots.get("venue")), None if contract is None else str(contract)))
        return slots if only is None else {**slots, "margin_mode": only}

    def _with_context(self, intent: Intent, heard: Heard) -> tuple[Slots, tuple[str, ...]]:
        """The slots with gaps filled from the host page and from plain logic, and what came from the page."""
        slots = dict(heard.merged.slots)
        filled: list[str] = []
        for name, value in heard.context.items():
            if name not in slots and isinstance(value, str | Decimal):
                slots[name] = value
                filled.append(name)
        move = slots.get("price_move_pct")
        if intent.name == "max_leverage":
            if "target_liquidation_price" not in slots and "stated_liquidation_price" in slots:
                slots["target_liquidation_price"] = slots["stated_liquidation_price"]
            if "side" not in slots and isinstance(move, Decimal):
                slots["side"] = "long" if move < 0 else "short"
        return slots, tuple(filled)

    def _talk(self, heard: Heard, name: str | None) -> tuple[Decision, ...]:
        """An article, a greeting, or the question back."""
        reading = heard.reading
        if name == "clarify":
            return (AskFor(intent="clarify", missing=("side", "entry_price", "leverage")),)
        hits = heard.find(heard.text)
        best = hits[0].score if hits else Decimal(0)
        if name == "greeting" and (reading.words <= 5 or best < self.answer):
            spoken = reading.groups & {"capabilities", "thanks"}
            return (Say(intent="greeting", key=min(spoken, default="greeting")),)
        asks = name == "concept"
        if best >= self.answer and (asks or reading.words >= 1):
            return (self._article(hits),)
        if asks and best >= self.offer:
            return (ShowArticle(article=hits[0].article, runner_up=hits[1].article if len(hits) > 1 else None),)
        if asks and self._about_us(reading):
            return (Say(intent="concept", key="no_article"),)
        return (OfferChoices(articles=tuple(hit.article for hit in hits if hit.score >= self.offer)),)

    def _article(self, hits: tuple[ArticleHit, ...]) -> ShowArticle:
        """The best article, with the next one offered where it is close."""
        close = len(hits) > 1 and hits[0].score - hits[1].score < self.lead
        return ShowArticle(article=hits[0].article, runner_up=hits[1].article if close else None)

    @staticmethod
    def _about_us(reading: Reading) -> bool:
        """Whether a question speaks of this field at all."""
        return bool(
            reading.groups
            & {
                "liq",
                "margin_ask",
                "stop",
                "cascade",
                "market",
                "loan",
                "roe",
                "add",
                "max_leverage",
                "past",
                "margin_call_word",
            }
        )


def _support(heard: Heard) -> Support | None:
    """Help before everything else; once somebody was in danger, until they say they are not."""
    distress, before = heard.distress, heard.conversation
    if distress is not None:
        return Support(level=distress.level, country=distress.country or before.country)
    if before.distress is not None and "safe_again" not in heard.reading.groups:
        return Support(level=before.distress, country=before.country)
    return None


def _invalid(heard: Heard) -> tuple[Decision, ...]:
    """What is said about the first value that cannot be."""
    refused = heard.merged.refused[0]
    return (
        Say(
            intent="invalid_input",
            key="invalid",
            data={"argument": refused.slot, "reason": refused.reason, "value": refused.value},
        ),
    )


def _decline(boundary: Boundary) -> Decline:
    """The refusal that belongs to a boundary."""
    return Decline(intent=_DECLINED.get(boundary.kind, "out_of_scope"), key=boundary.kind)


def _turns(before: Conversation, merged: Merged) -> dict[str, int]:
    """The turn every known slot was said in."""
    return {slot: before.turn if slot in merged.said else before.turns.get(slot, before.turn) for slot in merged.slots}

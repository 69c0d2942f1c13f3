"""Decisions and results -> one Answer: every decision becomes a section, sections become one reply."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar, assert_never

from assistant.answers.asks import ask
from assistant.answers.formats import inert
from assistant.answers.markup import blocks
from assistant.answers.model import Answer, Headline, Paragraph, Sources
from assistant.answers.reports import called
from assistant.answers.section import Section
from assistant.answers.shelf import Shelf
from assistant.answers.suggestions import offers
from assistant.answers.support import support
from assistant.answers.topics import choices, mention, show
from assistant.answers.written import said, sentence
from assistant.values import (
    AskFor,
    CallTool,
    Decision,
    Decline,
    OfferChoices,
    Result,
    Say,
    ShowArticle,
    Slots,
    Status,
    Support,
)

DECLINES = ("advice", "prediction", "out_of_scope", "account_access", "injection", "evasion", "manipulation")
SAYINGS = (
    "greeting",
    "clarify",
    "capabilities",
    "thanks",
    "invalid",
    "unknown_venue",
    "venue_not_covered",
    "unknown_symbol",
    "no_probability",
    "no_cascade_simulation",
    "no_market_data",
    "no_article",
    "language_not_available",
    "side_contradiction",
    "unused",
    "venue_price",
    "margin_left_out",
    "table_unreadable",
    "which_row",
    "opening_day",
)
LEVELS = ("a", "b", "c", "d")
_OFFERED = 3
Told = Callable[[ShowArticle, Shelf], Section]
"""How an article is told: whole, or briefly beside a calculation."""
_Item = TypeVar("_Item")


def required(tools: Iterable[str]) -> tuple[str, ...]:
    """Every template an answer can need, given these tools; for the check at start-up."""
    return (
        *tools,
        *(f"status_{status}" for status in Status if status is not Status.OK),
        *(f"decline_{key}" for key in DECLINES),
        *(f"say_{key}" for key in SAYINGS),
        *(f"support_{level}" for level in LEVELS),
        "ask",
        "article",
        "choices",
    )


def compose(
    decisions: Sequence[Decision], results: Sequence[Result], *, shelf: Shelf, slots: Slots | None = None
) -> Answer:
    """The answer to one message; `results` are those of the CallTool decisions, in their order.

    The first section that gives or needs a number leads, the others follow in order. Where somebody is in distress
    nothing else is said. Without any decision the reader is told what can be asked.
    """
    known = slots or {}
    crisis = [decision for decision in decisions if isinstance(decision, Support)][:1]
    ready = iter(results)
    told = mention if any(isinstance(decision, CallTool | AskFor) for decision in decisions) else show
    chosen = crisis or decisions or (OfferChoices(),)
    sections = [_section(decision, ready, shelf, known, told) for decision in chosen]
    lead = next((section for section in sections if section.numeric), sections[0])
    return _joined([lead, *(section for section in sections if section is not lead)], shelf, known)


def problem(code: str, shelf: Shelf) -> Answer:
    """What is said when a request is wrong or the assistant fails; an unknown code is spoken of as `internal`."""
    errors = shelf.book.errors
    kind = code if f"problem.{code}.title" in errors else "internal"
    title, detail = (errors.say(f"problem.{kind}.{part}", {}) for part in ("title", "detail"))
    return Answer(language=shelf.book.language, intent="problem", blocks=(Headline(text=title), Paragraph(text=detail)))


def _joined(sections: Sequence[Section], shelf: Shelf, slots: Slots) -> Answer:
    lead = sections[0]
    sources = _first((source for section in sections for source in section.sources), lambda source: source.id)
    body = tuple(block for section in sections for block in section.blocks)
    if sources:
        body = (*body, Sources(title=shelf.book.labels.headings["sources"], items=sources))
    return Answer(
        language=shelf.book.language,
        intent=lead.intent,
        blocks=body,
        topic=lead.topic,
        slots=slots,
        missing=tuple(dict.fromkeys(name for section in sections for name in section.missing)),
        figures=_first((figure for section in sections for figure in section.figures), lambda figure: figure.name),
        tool_calls=tuple(call for section in sections for call in section.tool_calls),
        suggestions=tuple(dict.fromkeys(text for section in sections for text in section.suggestions))[:_OFFERED],
        sources=sources,
        tone=lead.tone,
    )


def _first(items: Iterable[_Item], key: Callable[[_Item], str]) -> tuple[_Item, ...]:
    """The items, of those with one key only the first."""
    found: dict[str, _Item] = {}
    for item in items:
        found.setdefault(key(item), item)
    return tuple(found.values())


def _section(decision: Decision, ready: Iterator[Result], shelf: Shelf, slots: Slots, told: Told) -> Section:
    match decision:
        case CallTool():
            return called(decision, next(ready), shelf)
        case AskFor():
            return ask(decision, slots, shelf)
        case ShowArticle():
            return told(decision, shelf)
        case OfferChoices():
            return choices(decision, shelf)
        case Decline():
            return _spoken(decision.intent, f"decline_{decision.key}", {}, shelf)
        case Say():
            return _spoken(decision.intent, f"say_{decision.key}", _filled(decision, shelf), shelf)
        case Support():
            return support(decision, shelf)
    assert_never(decision)


def _filled(decision: Say, shelf: Shelf) -> dict[str, object]:
    """What a saying's template may name: its data in words, the venues covered, and the sentence of a refused value."""
    words: dict[str, object] = {name: said(name, value, shelf) for name, value in decision.data.items()}
    if isinstance(name := decision.data.get("name"), str):
        words["name"] = shelf.venue(name) or inert(name)
    words["covered"] = shelf.book.labels.style.enumerate(shelf.covered)
    if decision.key == "invalid":
        words["reason"] = sentence(shelf.book.errors, "impossible_value", decision.data, shelf)
    return words


def _spoken(intent: str, name: str, words: dict[str, object], shelf: Shelf) -> Section:
    return Section(
        intent=intent,
        blocks=tuple(blocks(shelf.book.render(name, words))),
        suggestions=offers((name, "other"), {}, shelf),
    )

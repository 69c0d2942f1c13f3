"""Asking for what a calculation lacks: all of it in one reply, naming what is already known."""

from collections.abc import Mapping

from assistant.answers.book import Book
from assistant.answers.formats import inert
from assistant.answers.markup import blocks
from assistant.answers.section import Section
from assistant.answers.shelf import Shelf
from assistant.answers.suggestions import after_question
from assistant.answers.written import inputs, position
from assistant.values import AskFor, Slots


def ask(decision: AskFor, slots: Slots, shelf: Shelf) -> Section:
    """One question for one gap; for several, a list of them and a message that would fill it."""
    book = shelf.book
    context = {
        "inputs": inputs(position(slots, shelf, {}), book.labels),
        **questions(decision.intent, decision.missing, book),
    }
    return Section(
        intent=decision.intent,
        blocks=tuple(blocks(book.render("ask", context))),
        numeric=True,
        missing=decision.missing,
        suggestions=after_question(decision.intent, decision.missing, shelf),
    )


def questions(intent: str, missing: tuple[str, ...], book: Book) -> Mapping[str, object]:
    """What templates need to ask: `goal`, `missing`, `names`, `questions`, `example`."""
    labels = book.labels
    called = [labels.arguments.get(name) or inert(name.replace("_", " ")) for name in missing]
    example = f"example.{intent}" if f"example.{intent}" in book.asks else "example.other"
    return {
        "goal": labels.goals.get(intent) or labels.goals["other"],
        "missing": missing,
        "names": labels.style.enumerate(called),
        "questions": tuple(
            book.asks.say(code if (code := f"question.{name}") in book.asks else "question.other", {"name": words})
            for name, words in zip(missing, called, strict=True)
        ),
        "example": book.asks.say(example, {}),
    }

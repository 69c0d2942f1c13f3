"""The outcomes somebody asks for: of one venue, rulebook or tool, and of one label."""

from collections.abc import Collection, Iterable

from assistant.errors import UnknownVenue
from assistant.tools.registry import TOOLS
from assistant.venues.catalogue import Rulebooks
from assistant.verification.run import Outcome
from assistant.verification.vector import Label


def subjects(name: str, rulebooks: Rulebooks) -> Collection[str]:
    """The rulebooks or tool a name means: an id, every rulebook of a venue, a tool; UnknownVenue for none of them."""
    folded = " ".join(name.lower().split())
    if folded in rulebooks.books or folded in TOOLS:
        return (folded,)
    venue = rulebooks.names().get(folded)
    if venue is None:
        raise UnknownVenue(venue=name)
    return tuple(book.id for book in rulebooks if book.venue == venue)


def chosen(
    outcomes: Iterable[Outcome], *, subjects: Collection[str] | None, label: Label | None
) -> tuple[Outcome, ...]:
    """Those of the subjects and the label, in their order; None leaves out nothing."""
    return tuple(
        outcome
        for outcome in outcomes
        if (subjects is None or outcome.vector.subject in subjects) and label in (None, outcome.vector.label)
    )

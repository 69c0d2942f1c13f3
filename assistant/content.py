"""Opens everything an assistant knows; the first wrong content file stops it by name, line and rule."""

from pathlib import Path

from assistant.answers.book import Book
from assistant.answers.compose import required
from assistant.answers.help_lines import HelpLines
from assistant.answers.shelf import Shelf
from assistant.articles.library import Library
from assistant.dialogue import boundaries, distress
from assistant.dialogue.catalogue import load_catalogue
from assistant.dialogue.policy import Policy
from assistant.dialogue.ranges import load_ranges
from assistant.tools.registry import TOOLS
from assistant.turn import Assistant
from assistant.understanding.load import load_understanding
from assistant.understanding.vocabulary import load_names
from assistant.values import MarginMode
from assistant.venues import catalogue
from assistant.venues.catalogue import Rulebooks


def open_assistant(*, prompts: Path, knowledge: Path, compiled: bool = True) -> Assistant:
    """The assistant over these directories; ContentError for a wrong file; `compiled=False`: the rest at first use."""
    rulebooks = catalogue.load(knowledge / "venues")
    names = load_names(knowledge / "symbols.toml", rulebooks.names(), knowledge / "other_venues.toml")
    understanding = load_understanding(prompts, names)
    library = Library(knowledge, understanding.default)
    lines = HelpLines.read(knowledge / "help_lines.toml")
    books = {language: Book(prompts / language) for language in understanding.vocabularies}
    cries = distress.load(prompts / "distress")
    limits = {language: boundaries.load(prompts / language / "boundaries.toml") for language in books}
    if compiled:
        library.open()
        cries.prepare()
        for language, book in books.items():
            book.compile(required(TOOLS))
            limits[language].book.prepare()
    venues = _venue_names(rulebooks)
    covered = tuple(dict.fromkeys(book.venue_name for book in rulebooks if book.venue != "generic"))
    return Assistant(
        understanding=understanding,
        names=names,
        ranges=load_ranges(prompts / "slots.toml"),
        policy=Policy(
            catalogue=load_catalogue(prompts / "intents.toml"),
            answer=library.tuning.thresholds.answer,
            lead=library.tuning.thresholds.lead,
            offer=library.tuning.thresholds.offer,
            languages=tuple(book.language for book in books.values()),
            venues=frozenset(book.venue for book in rulebooks),
            cross_only=_cross_only(rulebooks),
        ),
        distress=cries,
        boundaries=limits,
        rulebooks=rulebooks,
        index=library,
        shelves={
            language: Shelf(book=book, help_lines=lines, articles=library, venues=venues, covered=covered)
            for language, book in books.items()
        },
    )


def _venue_names(rulebooks: Rulebooks) -> dict[str, str]:
    """How a venue writes itself, by every alias and rulebook id."""
    names = {alias.lower(): book.venue_name for book in rulebooks for alias in (book.venue, *book.aliases)}
    credit = (*rulebooks.credit.lenders.values(), *rulebooks.credit.stocks.values())
    return {**names, **{book.id: book.name for book in (*rulebooks, *credit)}}


def _cross_only(rulebooks: Rulebooks) -> frozenset[tuple[str, str | None]]:
    """Venue and contract of every product without isolated margin; None where it is the one meant unsaid."""
    books = [book for book in rulebooks if book.modes == (MarginMode.CROSS,)]
    said = {(book.venue, contract.value) for book in books for contract in book.contracts}
    return frozenset(said | {(book.venue, None) for book in books if rulebooks.find(book.venue) is book})

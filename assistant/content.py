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
from assistant.errors import UnknownVenue
from assistant.tools.registry import TOOLS
from assistant.turn import Assistant
from assistant.understanding.load import load_understanding
from assistant.understanding.vocabulary import load_names
from assistant.values import Contract, MarginMode
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
            only_modes=_only_modes(rulebooks),
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


def _only_modes(rulebooks: Rulebooks) -> dict[tuple[str, str | None], str]:
    """The mode of every venue and contract (None: not said) whose rulebook has no isolated margin."""
    found: dict[tuple[str, str | None], str] = {}
    for venue in dict.fromkeys(book.venue for book in rulebooks):
        for contract in (None, *Contract):
            try:
                modes = rulebooks.find(venue, contract).modes
            except UnknownVenue:
                continue
            if MarginMode.ISOLATED not in modes:
                found[venue, contract and contract.value] = modes[0].value
    return found

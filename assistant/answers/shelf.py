"""Everything the answers of one language are written from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.answers.book import Book
from assistant.answers.help_lines import HelpLines
from assistant.articles.model import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """A language's words, its articles, and the names that are the same in every language."""

    book: Book
    help_lines: HelpLines
    articles: Mapping[str, Article] = field(default_factory=dict)
    """By id."""
    venues: Mapping[str, str] = field(default_factory=dict)
    """Display name by every alias and rulebook id, in lower case: `binance` -> `Binance`."""
    covered: tuple[str, ...] = ()
    """Display names of the venues there are rules for, in the order they are listed."""

    def venue(self, name: str) -> str | None:
        """How a venue or rulebook is called, or None for one nobody knows; a display name stays as it is."""
        return self.venues.get(name.lower()) or (name if name in self.venues.values() else None)

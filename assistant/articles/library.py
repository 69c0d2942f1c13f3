"""The articles of one language and the index over them, opened together at first use or at once."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from assistant.articles import glossary, parse, tuning
from assistant.articles.model import Article
from assistant.articles.search import Index
from assistant.articles.tuning import Tuning
from assistant.values import ArticleHit


class Library(Mapping[str, Article]):
    """Articles by id; whoever asks no article never pays for opening them."""

    def __init__(self, knowledge: Path, language: str) -> None:
        """ContentError where knowledge/search.toml is wrong; the articles speak up when opened."""
        self._knowledge = knowledge
        self._language = language
        self.tuning: Tuning = tuning.load(knowledge / "search.toml", language)

    def open(self) -> None:
        """Open everything now; ContentError for the first file that is wrong."""
        self.search("")

    def search(self, text: str, limit: int = 3) -> tuple[ArticleHit, ...]:
        """The articles that fit best, best first; see `Index.search`."""
        return self._index.search(text, limit)

    @cached_property
    def _articles(self) -> Mapping[str, Article]:
        return parse.load(self._knowledge / "articles" / self._language)

    @cached_property
    def _index(self) -> Index:
        aliases = glossary.load(self._knowledge / "glossary.toml").aliases
        return Index(self._articles.values(), aliases, tuning=self.tuning)

    def __getitem__(self, article: str) -> Article:
        return self._articles[article]

    def __iter__(self) -> Iterator[str]:
        return iter(self._articles)

    def __len__(self) -> int:
        return len(self._articles)

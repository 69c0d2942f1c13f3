"""The articles as they are shipped, and a small one to break."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from assistant.articles import glossary, parse, tuning
from assistant.articles.model import Article
from assistant.articles.search import Index
from assistant.resources import content

SMALL = """+++
title = "What is a buffer?"
level = "beginner"
reviewed = 2026-11-22
review_due = 2027-05-22
questions = [
  "what is a buffer",
  "buffer meaning",
  "how big is my buffer",
  "why do I need a buffer",
  "does a buffer help",
  "buffer in percent",
  "where is my buffer shown",
  "cushion above maintenance",
]
terms = ["cushion"]
related = ["other"]

[misconception]
belief = "A buffer is safe."
truth = "It can be used up."

[tool]
name = "margin_buffer"
arguments = { side = "long", leverage = 10, entry_price = 60000.5 }

[[facts]]
id = "sum"
text = "6,000 less 300 is 5,700, which is 95 % at 10x."
derived = "6000 - 300 = 5700; 5700 / 6000 = 95 %"
confidence = "high"

[[facts]]
id = "said"
text = "A venue says so."
source = "venue"
retrieved = 2026-11-20
confidence = "medium"

[[sources]]
id = "venue"
title = "Venue: Help"
url = "https://example.org/help"
retrieved = 2026-11-20
+++

A buffer is the money between equity and maintenance margin, here 5,700.

## How big

LONG

- one item
  that goes on
- another item

| leverage | buffer |
|---|---|
| 10x | 5,700 |
""".replace("LONG", " ".join(["word"] * 150))


@pytest.fixture
def small(tmp_path: Path) -> Callable[..., Path]:
    """Writes the small article with some text replaced."""

    def write(old: str = "", new: str = "", *, name: str = "small") -> Path:
        assert old in SMALL, old
        path = tmp_path / f"{name}.md"
        path.write_text(SMALL.replace(old, new, 1) if old else SMALL, "utf-8")
        return path

    return write


@pytest.fixture(scope="session")
def folder() -> Path:
    return content("knowledge") / "articles" / "en"


@pytest.fixture(scope="session")
def articles(folder: Path) -> Mapping[str, Article]:
    return parse.load(folder)


@pytest.fixture(scope="session")
def index(articles: Mapping[str, Article]) -> Index:
    knowledge = content("knowledge")
    aliases = glossary.load(knowledge / "glossary.toml").aliases
    return Index(articles.values(), aliases, tuning=tuning.load(knowledge / "search.toml"))

"""One Markdown file with TOML front matter, read strictly into an Article by the rules of docs/articles.md."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from assistant.articles import markdown
from assistant.articles.front import Front, day_until, distinct
from assistant.articles.model import Article, Block, Confidence, Fact, Level, Misconception, Paragraph, ToolExample
from assistant.tables import Table
from assistant.values import Arguments, ArgumentValue, Source

SHORT_ANSWER_WORDS = 60
LONG_ANSWER_WORDS = range(150, 351)
QUESTIONS = 8

_LISTS = ("questions", "terms", "related")
_KEYS = ("title", "level", "reviewed", "review_due", *_LISTS, "misconception", "facts", "sources")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def load(directory: Path) -> Mapping[str, Article]:
    """Every article of a folder by id, in order; ContentError where one is wrong or relates to a missing one."""
    articles = {path.stem: parse(path) for path in sorted(directory.glob("*.md"))}
    for article in articles.values():
        for index, related in enumerate(article.related):
            if related not in articles:
                table = Front(directory / f"{article.id}.md").table
                raise table.refuse(f"related: there is no article {related!r}", "related", index)
    return articles


def parse(path: Path) -> Article:
    """The article a file holds; ContentError(file, line, rule) where it breaks a rule."""
    front = Front(path)
    table = front.table.only(_KEYS, ("tool",))
    if not _SLUG.fullmatch(path.stem):
        raise table.refuse("the file is named by its topic in lower case with hyphens")
    reviewed = table.day("reviewed")
    review_due = table.day("review_due")
    if review_due <= reviewed:
        raise table.refuse("review_due lies after reviewed", "review_due")
    sources = _sources(table, reviewed)
    short_answer, blocks = _body(front)
    return Article(
        id=path.stem,
        language=path.parent.name,
        title=table.text("title"),
        level=table.choice("level", Level),
        reviewed=reviewed,
        review_due=review_due,
        questions=distinct(table, "questions", least=QUESTIONS),
        terms=distinct(table, "terms", least=1),
        related=_related(table, path.stem),
        misconception=_misconception(table.table("misconception")),
        tool=_tool(table.table("tool")) if "tool" in table else None,
        facts=_facts(table, sources, reviewed),
        sources=tuple(sources.values()),
        short_answer=short_answer,
        blocks=blocks,
    )


def _body(front: Front) -> tuple[str, tuple[Block, ...]]:
    """The short answer, and the blocks of the long one."""
    first, *rest = markdown.read(front.body, front.error_in_body) or (None,)
    if not isinstance(first, Paragraph):
        raise front.error_in_body(1, "the body starts with a paragraph: the short answer")
    short = markdown.words(first.text)
    if short > SHORT_ANSWER_WORDS:
        raise front.error_in_body(1, f"the short answer has {short} words, allowed are {SHORT_ANSWER_WORDS}")
    blocks = tuple(block for block in rest if block is not None)
    long = sum(markdown.words(markdown.prose(block)) for block in blocks)
    if long not in LONG_ANSWER_WORDS:
        allowed = f"{LONG_ANSWER_WORDS.start} to {LONG_ANSWER_WORDS.stop - 1}"
        raise front.error_in_body(1, f"the long answer has {long} words, allowed are {allowed}")
    return first.text, blocks


def _related(table: Table, article: str) -> tuple[str, ...]:
    related = distinct(table, "related", least=1)
    if article in related:
        raise table.refuse("related: an article is not related to itself", "related", related.index(article))
    return related


def _misconception(table: Table) -> Misconception:
    table.only(("belief", "truth"))
    return Misconception(belief=table.text("belief"), truth=table.text("truth"))


def _tool(table: Table) -> ToolExample:
    table.only(("name", "arguments"))
    arguments = _argument(table.value("arguments"))
    if not isinstance(arguments, Mapping) or not arguments:
        raise table.refuse("arguments is a table of strings and numbers", "arguments")
    return ToolExample(name=table.text("name"), arguments=arguments)


def _argument(value: object) -> ArgumentValue:
    """A TOML value as a tool takes it: every number a Decimal, every list a tuple."""
    match value:
        case bool() | str() | Decimal() | date():
            return value
        case list():
            return tuple(_argument(item) for item in value)
        case dict():
            arguments: Arguments = {key: _argument(item) for key, item in value.items()}
            return arguments
    return Decimal(str(value))


def _sources(top: Table, reviewed: date) -> dict[str, Source]:
    sources: dict[str, Source] = {}
    for table in top.tables("sources", least=0):
        table.only(("id", "title", "url", "retrieved"))
        source = Source(
            id=table.text("id"),
            title=table.text("title"),
            url=table.text("url"),
            retrieved=day_until(table, "retrieved", reviewed),
        )
        if not source.url.startswith("https://"):
            raise table.refuse("url is a public address with https://", "url")
        if source.id in sources:
            raise table.refuse(f"the source {source.id} stands there twice", "id")
        sources[source.id] = source
    return sources


def _facts(top: Table, sources: Mapping[str, Source], reviewed: date) -> tuple[Fact, ...]:
    facts: dict[str, Fact] = {}
    for table in top.tables("facts", least=0):
        fact = _fact(table, reviewed)
        if fact.source is not None and fact.source not in sources:
            raise table.refuse(f"there is no source {fact.source!r}", "source")
        if fact.id in facts:
            raise table.refuse(f"the fact {fact.id} stands there twice", "id")
        facts[fact.id] = fact
    rests = {fact.source for fact in facts.values()}
    for index, source in enumerate(sources):
        if source not in rests:
            raise top.refuse(f"no fact rests on the source {source}", "sources", index, "id")
    return tuple(facts.values())


def _fact(table: Table, reviewed: date) -> Fact:
    table.only(("id", "text", "confidence"), ("source", "retrieved", "derived"))
    fact = Fact(
        id=table.text("id"),
        text=table.text("text"),
        confidence=table.choice("confidence", Confidence),
        source=table.optional(table.text, "source"),
        retrieved=day_until(table, "retrieved", reviewed) if "retrieved" in table else None,
        derived=table.optional(table.text, "derived"),
    )
    if (fact.source is None) == (fact.derived is None):
        raise table.refuse(f"the fact {fact.id} has either source or derived, not both", "id")
    if (fact.source is None) != (fact.retrieved is None):
        raise table.refuse("retrieved stands beside source and only there", "id")
    return fact

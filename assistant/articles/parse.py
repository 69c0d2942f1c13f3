"""One Markdown file with TOML front matter, read strictly into an Article by the rules of docs/articles.md."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from assistant.articles import markdown
from assistant.articles.front import Front
from assistant.articles.model import Article, Block, Confidence, Fact, Level, Misconception, Paragraph, ToolExample
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
        for related in article.related:
            if related not in articles:
                front = Front(directory / f"{article.id}.md")
                raise front.error(f"related: there is no article {related!r}", "related")
    return articles


def parse(path: Path) -> Article:
    """The article a file holds; ContentError(file, line, rule) where it breaks a rule."""
    front = Front(path)
    toml = front.keys(front.toml, _KEYS, ("tool",))
    if not _SLUG.fullmatch(path.stem):
        raise front.error("the file is named by its topic in lower case with hyphens")
    reviewed = front.day(toml, "reviewed")
    review_due = front.day(toml, "review_due")
    if review_due <= reviewed:
        raise front.error("review_due: lies after reviewed", "review_due")
    sources = _sources(front, reviewed)
    short_answer, blocks = _body(front)
    return Article(
        id=path.stem,
        language=path.parent.name,
        title=front.word(toml, "title"),
        level=front.choice(toml, "level", Level),
        reviewed=reviewed,
        review_due=review_due,
        questions=front.words(toml, "questions", least=QUESTIONS),
        terms=front.words(toml, "terms", least=1),
        related=_related(front),
        misconception=_misconception(front),
        tool=_tool(front),
        facts=_facts(front, sources, reviewed),
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


def _related(front: Front) -> tuple[str, ...]:
    related = front.words(front.toml, "related", least=1)
    if front.path.stem in related:
        raise front.error("related: an article is not related to itself", "related")
    return related


def _misconception(front: Front) -> Misconception:
    table = front.keys(front.toml["misconception"], ("belief", "truth"), where="misconception: ")
    return Misconception(belief=front.word(table, "belief"), truth=front.word(table, "truth"))


def _tool(front: Front) -> ToolExample | None:
    if "tool" not in front.toml:
        return None
    table = front.keys(front.toml["tool"], ("name", "arguments"), where="tool: ")
    arguments = _argument(table["arguments"])
    if not isinstance(arguments, Mapping) or not arguments:
        raise front.error("tool: arguments: a table of texts and numbers is needed", "arguments")
    return ToolExample(name=front.word(table, "name", "tool: "), arguments=arguments)


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


def _sources(front: Front, reviewed: date) -> dict[str, Source]:
    sources: dict[str, Source] = {}
    for table in front.tables("sources"):
        where = f"source {table.get('id', len(sources) + 1)}: "
        front.keys(table, ("id", "title", "url", "retrieved"), where=where)
        source = Source(
            id=front.word(table, "id", where),
            title=front.word(table, "title", where),
            url=front.word(table, "url", where),
            retrieved=front.day(table, "retrieved", where, latest=reviewed),
        )
        if not source.url.startswith("https://"):
            raise front.error(f"{where}url: a public address with https:// is needed", source.url)
        if source.id in sources:
            raise front.error(f"{where}this id stands there twice", f'"{source.id}"')
        sources[source.id] = source
    return sources


def _facts(front: Front, sources: Mapping[str, Source], reviewed: date) -> tuple[Fact, ...]:
    facts: dict[str, Fact] = {}
    for table in front.tables("facts"):
        where = f"fact {table.get('id', len(facts) + 1)}: "
        front.keys(table, ("id", "text", "confidence"), ("source", "retrieved", "derived"), where=where)
        fact = Fact(
            id=front.word(table, "id", where),
            text=front.word(table, "text", where),
            confidence=front.choice(table, "confidence", Confidence, where),
            source=front.word(table, "source", where) if "source" in table else None,
            retrieved=front.day(table, "retrieved", where, latest=reviewed) if "retrieved" in table else None,
            derived=front.word(table, "derived", where) if "derived" in table else None,
        )
        if (fact.source is None) == (fact.derived is None):
            raise front.error(f"{where}either source or derived is needed, not both", f'"{fact.id}"')
        if (fact.source is None) != (fact.retrieved is None):
            raise front.error(f"{where}retrieved stands beside source and only there", f'"{fact.id}"')
        if fact.source is not None and fact.source not in sources:
            raise front.error(f"{where}there is no source {fact.source!r}", f'"{fact.source}"')
        if fact.id in facts:
            raise front.error(f"{where}this id stands there twice", f'"{fact.id}"')
        facts[fact.id] = fact
    unused = next((each for each in sources if all(fact.source != each for fact in facts.values())), None)
    if unused is not None:
        raise front.error(f"source {unused}: no fact rests on it", f'"{unused}"')
    return tuple(facts.values())

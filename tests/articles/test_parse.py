from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.articles import parse
from assistant.articles.model import Bullets, Heading, Level, Paragraph, Table
from assistant.errors import ContentError

Small = Callable[..., Path]

BROKEN = [
    ('title = "What', 'colour = "red"\ntitle = "What', 2, "unknown key colour"),
    ('title = "What is a buffer?"\n', "", 2, "title is missing"),
    ('level = "beginner"', 'level = "easy"', 3, "is one of beginner, intermediate, advanced, not easy"),
    ("reviewed = 2026-11-22", 'reviewed = "2026-11-22"', 4, "a date without quotes"),
    ("reviewed = 2026-11-22", "reviewed = 2026-11-22T10:00:00", 4, "a date without quotes"),
    ("review_due = 2027-05-22", "review_due = 2026-11-22", 5, "lies after reviewed"),
    ('  "buffer meaning",\n', "", 6, "at least 8"),
    ('"buffer meaning"', '"What is a Buffer"', 8, "twice"),
    ('terms = ["cushion"]', "terms = []", 16, "at least 1"),
    ('related = ["other"]', 'related = ["small"]', 17, "not related to itself"),
    ('belief = "A buffer is safe."\n', "", 19, "belief is missing"),
    ('name = "margin_buffer"', "name = 3", 24, "string that is not empty, without space around it"),
    ("arguments = {", "arguments = = {", 25, "Invalid value"),
    ('derived = "6000 - 300 = 5700; 5700 / 6000 = 95 %"', "", 28, "either source or derived"),
    ('source = "venue"\n', "", 34, "either source or derived"),
    ('source = "venue"', 'source = "rumour"', 36, "there is no source 'rumour'"),
    ('source = "venue"\nretrieved = 2026-11-20', 'source = "venue"', 34, "retrieved stands beside source"),
    ("retrieved = 2026-11-20\nconfidence", "retrieved = 2026-11-23\nconfidence", 37, "is not after reviewed"),
    ('confidence = "medium"', 'confidence = "sure"', 38, "is one of high, medium, low"),
    ('id = "said"', 'id = "sum"', 34, "the fact sum stands there twice"),
    ('url = "https://example.org/help"', 'url = "http://example.org/help"', 43, "public address with https"),
    ('id = "venue"', 'id = "unused"', 36, "there is no source 'venue'"),
    ("A buffer is the money", "A buffer is " + "very " * 60 + "much money", 47, "the short answer has"),
    ("word " * 30, "", 47, "the long answer has"),
    ("A buffer is the money", "- A buffer is the money", 47, "starts with a paragraph"),
    ("## How big", "### How big", 49, "allowed are paragraphs"),
    ("- one item", "1. one item", 53, "allowed are paragraphs"),
    ("- another item", "another item", 55, "starts with '- '"),
    ("| 10x | 5,700 |", "| 10x |", 59, "1 cells, the header has 2"),
    ("|---|---|\n", "", 57, "a table is a header"),
]


@pytest.mark.parametrize(("old", "new", "line", "rule"), BROKEN, ids=[case[3] for case in BROKEN])
def test_a_broken_rule_is_named_with_its_line(small: Small, old: str, new: str, line: int, rule: str) -> None:
    path = small(old, new)
    with pytest.raises(ContentError) as raised:
        parse.parse(path)
    assert rule in str(raised.value.data["rule"])
    assert raised.value.data["line"] == line
    assert raised.value.data["file"] == str(path)


def test_front_matter_is_read_into_values(small: Small) -> None:
    article = parse.parse(small())
    assert (article.id, article.level, article.review_due) == ("small", Level.BEGINNER, date(2027, 5, 22))
    assert article.tool is not None
    assert article.tool.arguments == {"side": "long", "leverage": Decimal(10), "entry_price": Decimal("60000.5")}
    assert [fact.source for fact in article.facts] == [None, "venue"]
    assert article.sources[0].url == "https://example.org/help"


def test_body_is_read_into_blocks(small: Small) -> None:
    article = parse.parse(small())
    assert article.short_answer.startswith("A buffer is the money")
    heading, paragraph, bullets, table = article.blocks
    assert heading == Heading(text="How big")
    assert isinstance(paragraph, Paragraph)
    assert bullets == Bullets(items=("one item that goes on", "another item"))
    assert table == Table(header=("leverage", "buffer"), rows=(("10x", "5,700"),))


def test_a_file_without_front_matter_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bare.md"
    path.write_text("Only text.", "utf-8")
    with pytest.raises(ContentError, match="front matter"):
        parse.parse(path)


def test_a_file_name_with_capitals_is_refused(small: Small) -> None:
    with pytest.raises(ContentError, match="lower case with hyphens"):
        parse.parse(small(name="Small_Article"))


def test_a_relation_to_a_missing_article_is_refused(small: Small) -> None:
    path = small()
    with pytest.raises(ContentError, match="there is no article 'other'") as raised:
        parse.load(path.parent)
    assert raised.value.data["line"] == 17

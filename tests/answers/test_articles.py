"""Every real article becomes an answer without a trace of markup."""

import dataclasses
import re

import pytest

from assistant.answers.compose import compose
from assistant.answers.model import Bullets, Caveat, Headline, Paragraph, Table
from assistant.articles import parse
from assistant.resources import content
from assistant.values import ShowArticle

ARTICLES = parse.load(content("knowledge") / "articles" / "en")


@pytest.fixture(scope="module")
def library(shelf):
    return dataclasses.replace(shelf, articles=ARTICLES)


def texts(block):
    match block:
        case Headline() | Paragraph() | Caveat():
            yield block.text
        case Bullets():
            yield from block.items
        case Table():
            yield from block.columns
            for row in block.rows:
                yield from row


@pytest.mark.parametrize("name", ARTICLES)
def test_an_article_is_plain_words_with_sources(library, name):
    answer = compose((ShowArticle(article=name),), (), shelf=library)
    assert answer.topic == name
    assert answer.sources == ARTICLES[name].sources
    for block in answer.blocks:
        for text in texts(block):
            assert not re.search(r"\*\*|`|\]\(|(?<!\w)_\w[^_]*_(?!\w)|<[a-z/]", text), text


@pytest.mark.parametrize("name", ARTICLES)
def test_an_article_offers_questions_of_its_neighbours(library, name):
    answer = compose((ShowArticle(article=name),), (), shelf=library)
    known = {question for article in ARTICLES.values() for question in article.questions}
    assert 1 <= len(answer.suggestions) <= 3
    assert set(answer.suggestions) <= known

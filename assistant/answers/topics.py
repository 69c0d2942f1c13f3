"""Articles as answers: one shown whole, or several to choose from."""

from dataclasses import replace
from typing import assert_never

from assistant.answers.markup import bare, blocks
from assistant.answers.model import Block, Bullets, Headline, Paragraph, Table
from assistant.answers.section import Section
from assistant.answers.shelf import Shelf
from assistant.answers.suggestions import offers
from assistant.articles import model
from assistant.values import OfferChoices, ShowArticle

_OFFERED = 3


def show(decision: ShowArticle, shelf: Shelf) -> Section:
    """Title, short answer, long answer, what is often believed, where it stands; KeyError for an unknown article."""
    article = shelf.articles[decision.article]
    brief = mention(decision, shelf)
    book = shelf.book
    closing = book.render(
        "article",
        {
            "belief": bare(article.misconception.belief),
            "truth": bare(article.misconception.truth),
            "reviewed": book.labels.style.day(article.reviewed),
        },
    )
    return replace(brief, blocks=(*brief.blocks, *map(_block, article.blocks), *blocks(closing)))


def mention(decision: ShowArticle, shelf: Shelf) -> Section:
    """Title and short answer: enough where the article is the second of two questions; KeyError for an unknown one."""
    article = shelf.articles[decision.article]
    offered = (decision.runner_up, *article.related)
    return Section(
        intent=decision.intent,
        blocks=(Headline(text=bare(article.title)), Paragraph(text=bare(article.short_answer))),
        topic=article.id,
        suggestions=questions(tuple(name for name in offered if name), shelf),
        sources=article.sources,
    )


def choices(decision: OfferChoices, shelf: Shelf) -> Section:
    """That the purpose was not understood, what came close, and what can be asked."""
    titles = tuple(shelf.articles[name].title for name in decision.articles if name in shelf.articles)
    near = questions(decision.articles, shelf)
    return Section(
        intent=decision.intent,
        blocks=tuple(blocks(shelf.book.render("choices", {"titles": titles}))),
        suggestions=near or offers(("choices", "other"), {}, shelf),
    )


def questions(names: tuple[str, ...], shelf: Shelf) -> tuple[str, ...]:
    """The first question of each of these articles that exists: sent as a message it finds the article."""
    found = (shelf.articles[name].questions[0] for name in names if name in shelf.articles)
    return tuple(dict.fromkeys(found))[:_OFFERED]


def _block(block: model.Block) -> Block:
    match block:
        case model.Heading():
            return Headline(text=bare(block.text), level=2)
        case model.Paragraph():
            return Paragraph(text=bare(block.text))
        case model.Bullets():
            return Bullets(items=tuple(map(bare, block.items)))
        case model.Table():
            return Table(
                columns=tuple(map(bare, block.header)), rows=tuple(tuple(map(bare, row)) for row in block.rows)
            )
    assert_never(block)

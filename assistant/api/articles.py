"""GET /v1/articles and /v1/articles/{id}: the knowledge base."""

from fastapi import APIRouter
from starlette.responses import Response

from assistant.answers.compose import compose
from assistant.answers.disclaimer import seal
from assistant.answers.model import Tone
from assistant.answers.shelf import Shelf
from assistant.api.documents import ArticleReply, ArticlesReply
from assistant.api.openapi import operation
from assistant.api.problems import Problem
from assistant.api.replies import json_reply
from assistant.channels.widget import Json, article_payload
from assistant.values import ShowArticle


def routes(*, shelf: Shelf) -> APIRouter:
    """The article routes."""
    router = APIRouter(tags=["knowledge"])

    @router.get(
        "/v1/articles",
        operation_id="list_articles",
        summary="All articles",
        openapi_extra=operation(reply=ArticlesReply),
    )
    async def list_articles() -> Response:
        """Every article with the day it was last reviewed."""
        listed: list[Json] = [
            {
                "id": article.id,
                "title": article.title,
                "language": article.language,
                "reviewed": article.reviewed.isoformat(),
            }
            for article in shelf.articles.values()
        ]
        return json_reply({"articles": listed, "disclaimer": shelf.book.disclaimers[Tone.PLAIN]})

    @router.get(
        "/v1/articles/{article_id}",
        operation_id="read_article",
        summary="One article",
        openapi_extra=operation(reply=ArticleReply, can_fail=("unknown_article",)),
    )
    async def read_article(article_id: str) -> Response:
        """The article as the chat shows it."""
        article = shelf.articles.get(article_id)
        if article is None:
            raise Problem("unknown_article")
        sealed = seal(compose((ShowArticle(article=article.id),), (), shelf=shelf), shelf.book)
        return json_reply(article_payload(sealed, article))

    return router

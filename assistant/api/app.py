"""The HTTP application: every route, one guard around them, the store closed at the end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from assistant import __version__
from assistant.answers.compose import problem
from assistant.answers.disclaimer import seal
from assistant.answers.model import Tone
from assistant.api import (
    articles,
    bulk,
    chat,
    conversations,
    feedback,
    health,
    tools,
    venues,
    verification,
    verification_page,
)
from assistant.api.guard import Guard
from assistant.api.openapi import document
from assistant.api.pages import Pages
from assistant.api.problems import Problems
from assistant.api.replies import json_reply, written
from assistant.api.turns import Turns
from assistant.wiring import Parts

_DESCRIPTION = """Answers questions about liquidation in leveraged trading from dated, sourced venue rules.

Every number that matters is a decimal string; rates are fractions, a name ending in `_pct` is in percent; times are
RFC 3339 in UTC. Every reply that is no 2xx is `application/problem+json` (RFC 9457) and never repeats what was sent.
Unknown fields are refused."""


@dataclass(frozen=True, slots=True)
class Application:
    """The application and the bell that tells its open streams to end."""

    asgi: FastAPI
    closing: asyncio.Event


def create(parts: Parts, *, web: Path) -> Application:
    """The application over its parts; it closes the store when it ends."""
    shelf = parts.assistant.shelves[parts.assistant.understanding.default]
    disclaimer = shelf.book.disclaimers[Tone.PLAIN]
    problems = Problems(lambda code: seal(problem(code, shelf), shelf.book))
    turns = Turns(assistant=parts.assistant, store=parts.store, clock=parts.clock)
    closing = asyncio.Event()
    live = verification.Live(parts.vectors, parts.assistant.rulebooks)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        closing.set()
        await parts.store.close()

    app = FastAPI(
        title="Liquidation assistant",
        version=__version__,
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        exception_handlers={HTTPException: problems.refused, RequestValidationError: problems.refused},
    )
    app.add_middleware(Guard, problems=problems)
    for router in (
        chat.routes(turns=turns, problems=problems, closing=closing, ping_s=parts.settings.ping_s),
        tools.routes(rulebooks=parts.assistant.rulebooks, shelf=shelf, clock=parts.clock),
        bulk.routes(rulebooks=parts.assistant.rulebooks, clock=parts.clock, disclaimer=disclaimer),
        conversations.routes(turns=turns, store=parts.store, disclaimer=disclaimer),
        feedback.routes(store=parts.store, clock=parts.clock),
        venues.routes(rulebooks=parts.assistant.rulebooks, clock=parts.clock, disclaimer=disclaimer),
        articles.routes(shelf=shelf),
        verification.routes(live=live, disclaimer=disclaimer),
        health.routes(store=parts.store),
    ):
        app.include_router(router)

    @cache
    def described() -> dict[str, object]:
        return document(app)

    async def openapi(_request: Request) -> Response:
        return json_reply(written(described()))

    shown = verification_page.shown(live, parts.assistant.rulebooks)
    app.router.routes.extend(Pages(web, disclaimer=disclaimer).routes(document=described, verification=shown))
    app.add_route("/openapi.json", openapi, methods=["GET"])
    return Application(app, closing)

"""GET /v1/venues: the rulebooks there are."""

from datetime import date

from fastapi import APIRouter
from starlette.responses import Response

from assistant.api.documents import VenuesReply
from assistant.api.openapi import operation
from assistant.api.replies import json_reply
from assistant.channels.widget import Json
from assistant.margin.rulebook import Rulebook
from assistant.ports import Clock
from assistant.venues.catalogue import Rulebooks


def routes(*, rulebooks: Rulebooks, clock: Clock, disclaimer: str) -> APIRouter:
    """The venue route."""
    router = APIRouter(tags=["knowledge"])

    @router.get(
        "/v1/venues",
        operation_id="list_venues",
        summary="The rulebooks, with level and sources",
        openapi_extra=operation(reply=VenuesReply),
    )
    async def list_venues() -> Response:
        """Every rulebook with what it covers, since when its rules of today are in force, and where they stand."""
        today = clock.today()
        venues: list[Json] = [_venue(book, today) for book in rulebooks]
        return json_reply({"venues": venues, "disclaimer": disclaimer})

    return router


def _venue(book: Rulebook, today: date) -> Json:
    since = [dated.effective_from for dated in (*book.rules, *book.tables) if dated.covers(today)]
    ruled = any(rule.covers(today) for rule in book.rules)
    return {
        "id": book.id,
        "name": book.name,
        "level": book.level.value,
        "contracts": [contract.value for contract in book.contracts],
        "modes": [mode.value for mode in book.modes],
        "rules_as_of": max(since).isoformat() if ruled else None,
        "sources": [
            {"id": source.id, "title": source.title, "url": source.url, "retrieved": source.retrieved.isoformat()}
            for source in book.sources.values()
        ],
    }

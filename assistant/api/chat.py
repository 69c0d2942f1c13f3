"""POST /v1/chat: one message, one reply, as JSON or as events."""

import asyncio
from collections.abc import Callable, Coroutine
from decimal import Decimal
from typing import Any

from fastapi import APIRouter, Request
from fastapi.routing import APIRoute
from starlette.responses import Response

from assistant.api import events
from assistant.api.documents import ChatReply
from assistant.api.limits import json_body
from assistant.api.openapi import operation
from assistant.api.problems import Problems
from assistant.api.replies import json_reply
from assistant.api.requests import ChatRequest, read_chat
from assistant.api.turns import Turns

_EXAMPLES = {
    "question": {"message": "long 0.5 btc at 60k 20x isolated on binance, liq?"},
    "follow-up": {"message": "And at 10x?", "conversation_id": "0a4d55a8-d778-4f2e-a3c5-0f5c3b3b6e0c"},
    "with what the page knows": {
        "message": "where is my liquidation?",
        "context": {"venue": "binance", "symbol": "BTC", "mark_price": "58000", "wallet_balance": "5000"},
        "as_of": "2026-11-22",
    },
}
_EVENTS = """id: 5b0c…:0
event: meta
data: {"conversation_id":"…","message_id":"5b0c…","language":"en","intent":"liquidation_price","topic":null}

id: 5b0c…:1
event: block
data: {"type":"headline","text":"…","level":1}

id: 5b0c…:9
event: done
data: {"conversation_id":"…", …}

"""


class _Direct(APIRoute):
    """A route whose endpoint reads and checks the request itself, so the framework does not do it as well."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The endpoint as it is."""
        return self.endpoint


def routes(*, turns: Turns, problems: Problems, closing: asyncio.Event, ping_s: Decimal) -> APIRouter:
    """The chat route; `closing` is set when the server is about to end."""
    router = APIRouter(tags=["chat"], route_class=_Direct)

    @router.post(
        "/v1/chat",
        operation_id="chat",
        summary="Answer one message",
        openapi_extra=operation(
            body=ChatRequest,
            examples=_EXAMPLES,
            reply=ChatReply,
            events=_EVENTS,
            can_fail=(
                "unknown_conversation",
                "conflict",
                "message_too_long",
                "body_too_large",
                "unsupported_media_type",
                "malformed_json",
                "invalid_request",
                "empty_message",
                "unavailable",
            ),
        ),
    )
    async def chat(request: Request) -> Response:
        """A new conversation, or the next turn of one; a reply is sent only after its turn is stored.

        With `Accept: text/event-stream` the same reply comes as the events `meta`, `block` (one whole block each),
        `done` (the whole final message), `error` (a problem) and `ping`. Clients ignore events they do not know.
        """
        asked = read_chat(await json_body(request))
        if events.wanted(request.headers.get("accept", "")):
            return await events.response(turns.take(asked), problems=problems, closing=closing, ping_s=ping_s)
        return json_reply((await turns.take(asked)).body)

    return router

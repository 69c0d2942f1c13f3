"""GET /healthz and /readyz: the process is alive; store and content are ready."""

from fastapi import APIRouter
from starlette.responses import Response

from assistant.api.documents import Health
from assistant.api.openapi import operation
from assistant.api.replies import json_reply
from assistant.ports import ConversationStore


def routes(*, store: ConversationStore) -> APIRouter:
    """The health routes; content is ready from the start, or there is no server."""
    router = APIRouter(tags=["health"])

    @router.get("/healthz", operation_id="alive", summary="Process alive", openapi_extra=operation(reply=Health))
    async def alive() -> Response:
        """Answers as long as the process does."""
        return json_reply({"status": "ok"})

    @router.get(
        "/readyz",
        operation_id="ready",
        summary="Store and content ready",
        openapi_extra=operation(reply=Health, can_fail=("unavailable",)),
    )
    async def ready() -> Response:
        """Answers 200 when a turn could be stored now."""
        await store.check()
        return json_reply({"status": "ready"})

    return router

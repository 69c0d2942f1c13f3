"""GET and DELETE /v1/conversations/{id}: what was said, and forgetting it."""

import json
from collections.abc import Sequence

from fastapi import APIRouter
from starlette.responses import Response

from assistant.api.documents import ConversationReply
from assistant.api.openapi import operation
from assistant.api.problems import Problem
from assistant.api.replies import json_reply
from assistant.api.times import rfc3339
from assistant.api.turns import Turns
from assistant.ports import ConversationStore, Turn

_PATH = "/v1/conversations/{conversation_id}"


def routes(*, turns: Turns, store: ConversationStore, disclaimer: str) -> APIRouter:
    """The conversation routes."""
    router = APIRouter(tags=["conversations"])

    @router.get(
        _PATH,
        operation_id="read_conversation",
        summary="The turns, oldest first",
        openapi_extra=operation(reply=ConversationReply, can_fail=("unknown_conversation", "unavailable")),
    )
    async def read_conversation(conversation_id: str) -> Response:
        """Every turn with the request and the whole reply, exactly as they were."""
        kept = await store.turns(conversation_id)
        if not kept:
            raise Problem("unknown_conversation")
        return json_reply(_conversation(conversation_id, kept, disclaimer).encode())

    @router.delete(
        _PATH,
        operation_id="forget_conversation",
        summary="Forget it",
        status_code=204,
        openapi_extra=operation(reply=None, can_fail=("unknown_conversation", "unavailable")),
    )
    async def forget_conversation(conversation_id: str) -> Response:
        """Deletes the conversation, its turns and their feedback, for good."""
        if not await turns.forget(conversation_id):
            raise Problem("unknown_conversation")
        return Response(status_code=204)

    return router


def _conversation(conversation_id: str, kept: Sequence[Turn], disclaimer: str) -> str:
    """The JSON of a conversation; requests and replies are JSON already and stay letter for letter."""
    texts = (
        f'{{"message_id":{json.dumps(turn.message_id)},"created":"{rfc3339(turn.created)}",'
        f'"as_of":"{turn.as_of}","request":{turn.request},"reply":{turn.reply}}}'
        for turn in kept
    )
    said = json.dumps(disclaimer, ensure_ascii=False)
    return f'{{"conversation_id":{json.dumps(conversation_id)},"turns":[{",".join(texts)}],"disclaimer":{said}}}'

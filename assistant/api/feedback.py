"""POST /v1/messages/{id}/feedback: whether a reply helped."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from assistant.api.limits import json_body
from assistant.api.openapi import operation
from assistant.api.problems import Problem
from assistant.api.requests import FeedbackRequest, read_feedback
from assistant.ports import Clock, ConversationStore, Feedback


def routes(*, store: ConversationStore, clock: Clock) -> APIRouter:
    """The feedback route."""
    router = APIRouter(tags=["conversations"])

    @router.post(
        "/v1/messages/{message_id}/feedback",
        operation_id="give_feedback",
        summary="Say whether a reply helped",
        status_code=204,
        openapi_extra=operation(
            body=FeedbackRequest,
            examples={"helpful": {"helpful": True, "comment": "The working made it clear."}},
            reply=None,
            can_fail=(
                "unknown_message",
                "body_too_large",
                "unsupported_media_type",
                "malformed_json",
                "invalid_request",
                "unavailable",
            ),
        ),
    )
    async def give_feedback(message_id: str, request: Request) -> Response:
        """Keeps the feedback with the message; a later one replaces it, deleting the conversation deletes it."""
        given = read_feedback(await json_body(request))
        feedback = Feedback(message_id=message_id, created=clock.now(), helpful=given.helpful, comment=given.comment)
        if not await store.give_feedback(feedback):
            raise Problem("unknown_message")
        return Response(status_code=204)

    return router

"""JSON replies, written once and sent as they are."""

from pydantic_core import to_json
from starlette.responses import Response

from assistant.channels.widget import Payload


def written(value: object) -> bytes:
    """The value as compact JSON in UTF-8."""
    return to_json(value)


def json_reply(content: Payload | bytes) -> Response:
    """The reply of a payload, or of bytes that are JSON already; no cache keeps it."""
    body = content if isinstance(content, bytes) else written(content)
    return Response(body, media_type="application/json", headers={"Cache-Control": "no-store"})

"""How much a request may bring, and reading no more than that."""

from fastapi import Request
from starlette.requests import ClientDisconnect

from assistant.api.problems import Problem

BODY_BYTES = 16 * 1024
MESSAGE_CHARACTERS = 2000
COMMENT_CHARACTERS = 2000
CONTEXT_POSITIONS = 24


async def json_body(request: Request) -> bytes:
    """The body of a JSON request; Problem for another type (415) or more than BODY_BYTES (413)."""
    headers = request.headers
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json" or headers.get("content-encoding", "identity") != "identity":
        raise Problem("unsupported_media_type")
    announced = headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > BODY_BYTES:
        raise Problem("body_too_large")
    body = b""
    more = True
    while more:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > BODY_BYTES:
            raise Problem("body_too_large")
    return body

"""How much a request may bring, and reading no more than that."""

from fastapi import Request
from starlette.requests import ClientDisconnect

from assistant.api.problems import Problem

BODY_BYTES = 16 * 1024
MESSAGE_CHARACTERS = 2000
COMMENT_CHARACTERS = 2000
CONTEXT_POSITIONS = 24
BULK_ROWS = 2000
BULK_BODY_BYTES = 1024 * 1024


async def json_body(request: Request, *, limit: int = BODY_BYTES, code: str = "body_too_large") -> bytes:
    """The body of a JSON request; Problem for another type (415) or more than `limit` bytes (413, `code`)."""
    headers = request.headers
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json" or headers.get("content-encoding", "identity") != "identity":
        raise Problem("unsupported_media_type")
    announced = headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > limit:
        raise Problem(code)
    body = b""
    more = True
    while more:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > limit:
            raise Problem(code)
    return body

"""Everything that is not a 2xx: one problem+json reply a code, its sentences from prompts/, its end the disclaimer."""

import json
from collections.abc import Callable, Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from assistant.answers.model import SealedAnswer
from assistant.channels.widget import problem_payload

MEDIA_TYPE = "application/problem+json"
STATUS: Mapping[str, int] = {
    "not_found": 404,
    "unknown_conversation": 404,
    "unknown_message": 404,
    "unknown_article": 404,
    "unknown_tool": 404,
    "method_not_allowed": 405,
    "conflict": 409,
    "body_too_large": 413,
    "message_too_long": 413,
    "bulk_too_large": 413,
    "unsupported_media_type": 415,
    "malformed_json": 422,
    "invalid_request": 422,
    "empty_message": 422,
    "internal": 500,
    "unavailable": 503,
}
"""Every code a reply can have; `problem.<code>.title` and `.detail` in prompts/<language>/errors.toml."""

_REFUSED = {404: "not_found", 405: "method_not_allowed", 413: "body_too_large"}
"""How the framework's own refusals are called."""
_RETRY_AFTER_S = {"conflict": "1", "unavailable": "2"}


class Problem(Exception):
    """Raised where a request cannot be served; `fields` names known fields only, never what was sent."""

    def __init__(self, code: str, fields: tuple[str, ...] = ()) -> None:
        self.code = code
        self.fields = fields
        super().__init__(code)


class Problems:
    """The replies of all codes, written once at the start."""

    def __init__(self, say: Callable[[str], SealedAnswer]) -> None:
        self._bodies = {code: problem_payload(say(code), status=status, code=code) for code, status in STATUS.items()}

    def body(self, problem: Problem) -> str:
        """The problem as JSON."""
        fields = {"fields": list(problem.fields)} if problem.fields else {}
        return json.dumps({**self._bodies[problem.code], **fields}, ensure_ascii=False)

    def response(self, problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
        """The whole reply."""
        extra = {"Cache-Control": "no-store", **(headers or {})}
        if problem.code in _RETRY_AFTER_S:
            extra["Retry-After"] = _RETRY_AFTER_S[problem.code]
        return Response(self.body(problem), STATUS[problem.code], extra, MEDIA_TYPE)

    async def refused(self, _request: Request, error: Exception) -> Response:
        """The reply to what the framework refused: no such route, no such method."""
        status = error.status_code if isinstance(error, HTTPException) else 422
        headers = error.headers if isinstance(error, HTTPException) else None
        return self.response(Problem(_REFUSED.get(status, "invalid_request")), headers)

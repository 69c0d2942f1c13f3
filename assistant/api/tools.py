"""GET /v1/tools and POST /v1/tools/{tool}: the deterministic tools without a conversation."""

import json
from datetime import date
from decimal import Decimal

from fastapi import APIRouter, Request
from pydantic_core import from_json
from starlette.responses import Response

from assistant.answers.compose import compose
from assistant.answers.disclaimer import seal
from assistant.answers.model import SealedAnswer, Tone
from assistant.answers.shelf import Shelf
from assistant.api.documents import ToolResult, ToolsReply
from assistant.api.limits import json_body
from assistant.api.openapi import operation
from assistant.api.problems import Problem
from assistant.api.replies import json_reply, written
from assistant.channels.widget import tool_payload
from assistant.ports import Clock
from assistant.tools import arguments
from assistant.tools.registry import TOOLS, run
from assistant.values import Arguments, CallTool
from assistant.venues.catalogue import Rulebooks


def routes(*, rulebooks: Rulebooks, shelf: Shelf, clock: Clock) -> APIRouter:
    """The tool routes; sentences inside results are in the shelf's language."""
    router = APIRouter(tags=["tools"])

    @router.get(
        "/v1/tools",
        operation_id="list_tools",
        summary="All tools with their schemas",
        openapi_extra=operation(reply=ToolsReply),
    )
    async def list_tools() -> Response:
        """Every tool with the JSON Schema of its arguments and the figures it can give."""
        listed = [
            {
                "name": tool.name,
                "description": tool.doc,
                "arguments": arguments.schema(tool),
                "figures": dict(tool.figures),
                "example": dict(tool.example),
            }
            for tool in TOOLS.values()
        ]
        return json_reply(written({"tools": listed, "disclaimer": shelf.book.disclaimers[Tone.PLAIN]}))

    @router.post(
        "/v1/tools/{tool}",
        operation_id="run_tool",
        summary="Run one tool",
        openapi_extra=operation(
            body={
                "type": "object",
                "description": "Arguments by name; GET /v1/tools says which of them a tool takes",
                "properties": {name: argument.schema() for name, argument in arguments.CATALOGUE.items()},
                "additionalProperties": False,
            },
            examples={tool.name: dict(tool.example) for tool in TOOLS.values()},
            reply=ToolResult,
            can_fail=("unknown_tool", "body_too_large", "unsupported_media_type", "malformed_json", "invalid_request"),
        ),
    )
    async def run_tool(tool: str, request: Request) -> Response:
        """Runs one tool. Impossible values are refused inside a 200; 422 is only for what the schema forbids."""
        if tool not in TOOLS:
            raise Problem("unknown_tool")
        given = read_arguments(tool, await json_body(request))
        return json_reply(tool_payload(_sealed(tool, given, clock.today())))

    def _sealed(tool: str, given: Arguments, today: date) -> SealedAnswer:
        result = run(tool, given, rulebooks=rulebooks, as_of=today)
        return seal(compose((CallTool(intent=tool, tool=tool, arguments=given),), (result,), shelf=shelf), shelf.book)

    return router


def read_arguments(tool: str, body: bytes) -> Arguments:
    """The arguments in a body, numbers exact; Problem for anything but one JSON object of known arguments."""
    try:
        from_json(body, allow_inf_nan=False)  # bounds the depth, which the standard library does not
        raw = json.loads(body, parse_float=Decimal)
    except ValueError:
        raise Problem("malformed_json") from None
    if not isinstance(raw, dict):
        raise Problem("invalid_request", ("body",))
    try:
        return arguments.read(TOOLS[tool], raw)
    except arguments.Malformed as problem:
        raise Problem(
            "invalid_request", (problem.argument if problem.argument in arguments.CATALOGUE else "body",)
        ) from None

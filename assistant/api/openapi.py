"""The OpenAPI document: the framework's frame, our own schemas, one problem reply for everything that is no 2xx."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from assistant.api import documents, problems
from assistant.api.requests import ChatRequest, FeedbackRequest

Json = dict[str, Any]


def operation(
    *,
    reply: type[BaseModel] | None,
    body: type[BaseModel] | Json | None = None,
    examples: Mapping[str, object] | None = None,
    events: str | None = None,
    can_fail: Sequence[str] = (),
) -> Json:
    """What a route adds to its place in the document; `reply=None` is a 204, `can_fail` lists problem codes."""
    replies: Json = {"204": {"description": "Done"}} if reply is None else {"200": _reply(reply, events)}
    for status in sorted({problems.STATUS[code] for code in can_fail}):
        codes = [code for code in can_fail if problems.STATUS[code] == status]
        replies[str(status)] = {"description": ", ".join(codes), "content": _PROBLEM}
    replies["default"] = {"description": "Any other problem", "content": _PROBLEM}
    return {"responses": replies} | ({"requestBody": _body(body, examples)} if body else {})


def document(app: FastAPI) -> Json:
    """The whole document."""
    whole = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    models: tuple[type[BaseModel], ...] = (ChatRequest, FeedbackRequest, *documents.DOCUMENTS)
    _, schemas = models_json_schema(
        [(model, "validation") for model in models], ref_template="#/components/schemas/{model}"
    )
    whole["components"] = {"schemas": schemas["$defs"]}
    for path in whole["paths"].values():
        for described in path.values():
            described["responses"] = dict(_ours(described["responses"]))
    return whole


def _ours(replies: Json) -> Iterator[tuple[str, Json]]:
    """The replies in order, without what the framework adds for refusals that are problems here."""
    for status, reply in sorted(replies.items()):
        content = {
            media: described
            for media, described in reply.get("content", {}).items()
            if "HTTPValidationError" not in str(described)
        }
        if content or "content" not in reply:
            yield status, {**reply, "content": content} if content else reply


def _reply(model: type[BaseModel], events: str | None) -> Json:
    content: Json = {"application/json": {"schema": _reference(model)}}
    if events:
        content["text/event-stream"] = {"schema": {"type": "string"}, "example": events}
    return {"description": (model.__doc__ or "").partition("\n")[0], "content": content}


def _body(body: type[BaseModel] | Json, examples: Mapping[str, object] | None) -> Json:
    named = {name: {"value": value} for name, value in (examples or {}).items()}
    media: Json = {"schema": body if isinstance(body, dict) else _reference(body)} | (
        {"examples": named} if named else {}
    )
    return {"required": True, "content": {"application/json": media}}


def _reference(model: type[BaseModel]) -> Json:
    return {"$ref": f"#/components/schemas/{model.__name__}"}


_PROBLEM: Json = {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}}

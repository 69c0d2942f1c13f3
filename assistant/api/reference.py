"""The OpenAPI document as rows for the reference page."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a body."""

    name: str
    form: str
    needed: bool
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One method of one path."""

    id: str
    method: str
    path: str
    summary: str
    paragraphs: tuple[str, ...]
    query: tuple[Field, ...]
    """What may stand behind the address."""
    fields: tuple[Field, ...]
    examples: tuple[tuple[str, str], ...]
    """Name and body as JSON."""
    replies: tuple[tuple[str, str, str], ...]
    """Status, meaning and media types."""
    schema: str | None
    """Name of the reply's schema."""


def operations(document: Mapping[str, Any]) -> tuple[Operation, ...]:
    """Every operation, in the order of the document."""
    return tuple(
        _operation(method, path, described, document["components"]["schemas"])
        for path, methods in document["paths"].items()
        for method, described in methods.items()
    )


def schemas(document: Mapping[str, Any]) -> tuple[tuple[str, str, tuple[Field, ...]], ...]:
    """Every schema with its meaning and its fields."""
    return tuple(
        (name, " ".join(schema.get("description", "").split()), tuple(_fields(schema)))
        for name, schema in document["components"]["schemas"].items()
    )


def _operation(method: str, path: str, described: Mapping[str, Any], known: Mapping[str, Any]) -> Operation:
    body = described.get("requestBody", {}).get("content", {}).get("application/json", {})
    reply = described["responses"].get("200", {}).get("content", {}).get("application/json", {})
    return Operation(
        id=described["operationId"],
        method=method.upper(),
        path=path,
        summary=described["summary"],
        paragraphs=tuple(" ".join(part.split()) for part in described.get("description", "").split("\n\n")),
        query=tuple(_query(described.get("parameters", ()))),
        fields=tuple(_fields(known.get(_name(body.get("schema", {})), body.get("schema", {})))),
        examples=tuple(
            (name, json.dumps(example["value"], ensure_ascii=False, indent=2))
            for name, example in body.get("examples", {}).items()
        ),
        replies=tuple(
            (status, reply["description"], ", ".join(reply.get("content", {})))
            for status, reply in described["responses"].items()
        ),
        schema=_name(reply.get("schema", {})) or None,
    )


def _query(parameters: Iterable[Mapping[str, Any]]) -> Iterator[Field]:
    for found in parameters:
        if found["in"] == "query":
            meaning = found.get("description", "")
            yield Field(name=found["name"], form=_form(found["schema"]), needed=found["required"], meaning=meaning)


def _fields(schema: Mapping[str, Any]) -> Iterator[Field]:
    for name, described in schema.get("properties", {}).items():
        yield Field(
            name=name,
            form=_form(described),
            needed=name in schema.get("required", ()),
            meaning=described.get("description", ""),
        )


def _form(described: Mapping[str, Any]) -> str:
    """A schema in a few words: `string`, `Figure by name`, `list of Step`, `date or null`."""
    if "anyOf" in described:
        return " or ".join(_form(one) for one in described["anyOf"])
    if "enum" in described:
        return ", ".join(map(str, described["enum"]))
    if reference := _name(described):
        return reference
    match described.get("type"):
        case "array":
            return f"list of {_form(described.get('items', {}))}"
        case "object" if isinstance(described.get("additionalProperties"), Mapping):
            return f"{_form(described['additionalProperties'])} by name"
        case form:
            return str(described.get("format") or form or "anything")


def _name(schema: Mapping[str, Any]) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]

"""The OpenAPI document tells what the server does."""

import json

import pytest

from assistant.api.problems import STATUS
from assistant.api.requests import read_chat
from assistant.tools.registry import TOOLS

METHODS = ("get", "post", "put", "patch", "delete")


@pytest.fixture
def document(client):
    return client.get("/openapi.json").json()


def operations(document):
    return [
        (path, method, described)
        for path, methods in document["paths"].items()
        for method, described in methods.items()
    ]


def test_every_v1_route_is_documented_once_with_a_stable_name(client, document):
    documented = {(path, method) for path, method, _ in operations(document)}
    for path in (
        "/v1/chat",
        "/v1/tools",
        "/v1/tools/{tool}",
        "/v1/venues",
        "/v1/articles",
        "/v1/verify",
        "/healthz",
        "/readyz",
    ):
        assert any(path == known for known, _ in documented)
    names = [described["operationId"] for _, _, described in operations(document)]
    assert len(names) == len(set(names))


def test_every_operation_has_a_summary_a_description_and_a_problem_reply(document):
    for path, method, described in operations(document):
        assert described["summary"], (path, method)
        assert described["description"], (path, method)
        assert "application/problem+json" in described["responses"]["default"]["content"]


def test_every_reference_leads_to_a_schema(document):
    def references(node):
        if isinstance(node, dict):
            if "$ref" in node:
                yield node["$ref"]
            for value in node.values():
                yield from references(value)
        elif isinstance(node, list):
            for value in node:
                yield from references(value)

    schemas = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert set(references(document)) <= schemas


def test_every_example_of_a_chat_request_is_one(document):
    media = document["paths"]["/v1/chat"]["post"]["requestBody"]["content"]["application/json"]
    assert media["examples"]
    for example in media["examples"].values():
        read_chat(json.dumps(example["value"]).encode())


def test_every_field_of_the_chat_request_is_described(document):
    fields = document["components"]["schemas"]["ChatRequest"]["properties"]
    assert set(fields) == {"message", "conversation_id", "language", "context", "explain", "as_of"}
    assert document["components"]["schemas"]["ChatRequest"]["additionalProperties"] is False


def test_every_example_of_a_tool_run_has_arguments_that_are_documented(document):
    media = document["paths"]["/v1/tools/{tool}"]["post"]["requestBody"]["content"]["application/json"]
    assert set(media["examples"]) == set(TOOLS)
    for example in media["examples"].values():
        assert set(example["value"]) <= set(media["schema"]["properties"])


def test_refusals_of_the_framework_are_documented_as_our_problems(document):
    assert "HTTPValidationError" not in str(document)
    assert "422" in document["paths"]["/v1/tools/{tool}"]["post"]["responses"]


def test_problems_are_documented_with_the_status_they_have(document):
    for path, method, described in operations(document):
        for status, reply in described["responses"].items():
            if status not in ("200", "204", "default"):
                codes = reply["description"].split(", ")
                assert {STATUS[code] for code in codes} == {int(status)}, (path, method)

"""A request that is wrong gets a problem that says so, repeats nothing, and leaves nothing behind."""

import sqlite3
import tomllib
from contextlib import closing
from pathlib import Path

import pytest

from assistant.api.limits import BODY_BYTES

CASES = tomllib.loads((Path(__file__).parent / "bad_requests.toml").read_text(encoding="utf-8"))["case"]
JSON = {"content-type": "application/json"}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_malformed_request_is_a_problem_that_repeats_nothing(client, parts, problem, case):
    reply = client.request("POST", "/v1/chat", content=case["body"].encode(), headers=JSON)
    problem(reply, 422, case["code"])
    assert "canary" not in reply.text + str(reply.headers)
    assert stored(parts) == 0


def test_a_message_over_the_limit_is_too_long(client, parts, problem):
    problem(client.post("/v1/chat", {"message": "l" * 2001}), 413, "message_too_long")
    assert stored(parts) == 0


def test_a_body_of_the_limit_is_read_and_one_byte_more_is_not(client, problem):
    full = b'{"message": "liq?"' + b" " * (BODY_BYTES - 19) + b"}"
    assert len(full) == BODY_BYTES
    assert client.request("POST", "/v1/chat", content=full, headers=JSON).status_code == 200
    problem(client.request("POST", "/v1/chat", content=full + b" ", headers=JSON), 413, "body_too_large")


def test_a_body_that_does_not_announce_its_length_is_cut_off_at_the_limit(client, problem):
    async def endless():
        while True:
            yield b" " * 4096

    problem(client.request("POST", "/v1/chat", content=endless(), headers=JSON), 413, "body_too_large")


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_another_media_type_is_unsupported(client, problem, media_type):
    reply = client.request("POST", "/v1/chat", content=b'{"message": "hi"}', headers={"content-type": media_type})
    problem(reply, 415, "unsupported_media_type")


def test_a_compressed_body_is_unsupported(client, problem):
    reply = client.request("POST", "/v1/chat", content=b"\x1f\x8b", headers=JSON | {"content-encoding": "gzip"})
    problem(reply, 415, "unsupported_media_type")


def test_json_with_a_charset_is_json(client):
    headers = {"content-type": "Application/JSON; charset=utf-8"}
    assert client.request("POST", "/v1/chat", content=b'{"message": "hi"}', headers=headers).status_code == 200


@pytest.mark.parametrize(
    "path", ["/canary", "/v1/chat/canary", "/v1/chat/", "/web/canary.js", "/web/../pyproject.toml"]
)
def test_an_address_that_is_none_is_not_found(client, problem, path):
    reply = client.get(path)
    problem(reply, 404, "not_found")
    assert "canary" not in reply.text


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/v1/chat"), ("PUT", "/v1/tools"), ("POST", "/"), ("POST", "/docs")]
)
def test_a_method_that_is_none_is_not_allowed_and_the_right_one_is_named(client, problem, method, path):
    reply = client.request(method, path)
    problem(reply, 405, "method_not_allowed")
    assert reply.headers["allow"]


def test_the_fields_a_problem_is_about_are_named(client, problem):
    body = {"message": "liq?", "as_of": "soon", "context": {"mark_price": "high"}}
    named = problem(client.post("/v1/chat", body), 422, "invalid_request")["fields"]
    assert named == ["context.mark_price", "as_of"]


def stored(parts) -> int:
    with closing(sqlite3.connect(parts.settings.database)) as connection:
        (count,) = connection.execute(
            "SELECT (SELECT count(*) FROM turns) + (SELECT count(*) FROM conversations)"
        ).fetchone()
    return count

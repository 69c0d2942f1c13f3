"""When something breaks, the client gets a problem and the log gets no word anybody typed."""

import asyncio
import logging
import sqlite3
from contextlib import closing

import pytest

from assistant.errors import OutsideUnavailable

SECRET = "my seed phrase is canary"


class Broken:
    """An assistant that fails, and whose error quotes the message."""

    def __init__(self, assistant, error=ValueError):
        self._assistant = assistant
        self._error = error

    def __getattr__(self, name):
        return getattr(self._assistant, name)

    def plan(self, message, conversation):
        raise self._error(f"cannot read {message.text!r}")


def test_the_unexpected_is_a_problem_and_a_log_line_without_the_message(changed, assistant, problem, caplog):
    client = changed(assistant=Broken(assistant))
    reply = client.post("/v1/chat", {"message": SECRET})
    problem(reply, 500, "internal")
    assert "canary" not in reply.text
    assert "canary" not in caplog.text
    (record,) = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert "unexpected ValueError at" in record.message
    assert "plan" in record.message


def test_the_unexpected_inside_an_event_stream_is_the_same_problem(changed, assistant, problem):
    client = changed(assistant=Broken(assistant))
    reply = client.post("/v1/chat", {"message": SECRET}, headers={"accept": "text/event-stream"})
    problem(reply, 500, "internal")


def test_a_log_at_any_level_has_no_word_of_a_conversation(client, caplog):
    with caplog.at_level(logging.DEBUG):
        identity = client.chat(SECRET)["conversation_id"]
        client.post("/v1/chat", {"message": SECRET, "canary": 1})
        client.post("/v1/messages/canary/feedback", {"helpful": True, "comment": SECRET})
        client.get(f"/v1/conversations/{identity}")
    assert "canary" not in "".join(
        record.getMessage() for record in caplog.records if record.name.startswith("assistant")
    )


class Unavailable:
    """A store that cannot be reached."""

    def __getattr__(self, name):
        async def fail(*_):
            raise OutsideUnavailable(what="store")

        return fail

    async def close(self):
        pass


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/v1/chat", {"message": "hi"}),
        ("POST", "/v1/chat", {"message": "hi", "conversation_id": "c"}),
        ("GET", "/v1/conversations/c", None),
        ("DELETE", "/v1/conversations/c", None),
        ("POST", "/v1/messages/m/feedback", {"helpful": True}),
        ("GET", "/readyz", None),
    ],
)
def test_a_store_that_is_away_is_unavailable_with_a_time_to_come_back(changed, problem, method, path, body):
    reply = changed(store=Unavailable()).request(method, path, **({} if body is None else {"json": body}))
    problem(reply, 503, "unavailable")
    assert int(reply.headers["retry-after"]) > 0


def test_what_needs_no_store_goes_on_without_it(changed):
    client = changed(store=Unavailable())
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/v1/venues").status_code == 200


def test_a_locked_database_acknowledges_nothing_and_delays_nobody_else(client, parts, problem):
    async def while_locked():
        chat = asyncio.ensure_future(client.http.post("/v1/chat", json={"message": "hi"}))
        await asyncio.sleep(0)
        health = await client.http.get("/healthz")
        return chat.done(), health, await chat

    with closing(sqlite3.connect(parts.settings.database, isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        answered_first, health, reply = client.run(while_locked())
        lock.execute("ROLLBACK")
    assert health.status_code == 200
    assert not answered_first
    problem(reply, 503, "unavailable")
    assert client.chat("hi")["text"]


def test_a_client_that_leaves_while_it_sends_harms_nobody(client, caplog, wire):
    begun = {"type": "http.request", "body": b'{"mess', "more_body": True}
    left = wire(
        client.application, "/v1/chat", begun, {"type": "http.disconnect"}, **{"content-type": "application/json"}
    )
    client.run(left.run())
    assert left.sent == []
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]

"""The same answer as server-sent events: whole blocks, then the whole message."""

import asyncio
import json
import sqlite3
from contextlib import closing

import pytest

from assistant.api.events import wanted

QUESTION = "long 0.5 btc at 60k 20x isolated on binance, liq?"
STREAM = {"accept": "text/event-stream"}


def read(text: str) -> list[tuple[str, dict]]:
    """Events as name and data, read as the standard says."""
    found = []
    for part in text.split("\n\n")[:-1]:
        fields = dict(line.split(": ", 1) for line in part.split("\n"))
        found.append((fields["event"], json.loads(fields["data"])))
    return found


def ask(client, **fields):
    return client.post("/v1/chat", {"message": QUESTION, **fields}, headers=STREAM)


def test_a_stream_is_meta_then_blocks_then_done(client):
    reply = ask(client)
    assert reply.headers["content-type"].startswith("text/event-stream")
    names = [name for name, _ in read(reply.text) if name != "ping"]  # a ping may bridge a busy machine
    assert names[0] == "meta"
    assert names[-1] == "done"
    assert set(names[1:-1]) == {"block"}


def test_done_is_the_whole_message_and_the_blocks_are_its_blocks(client):
    events = read(ask(client).text)
    plain = client.chat(QUESTION)
    done = events[-1][1]
    assert done.keys() == plain.keys()
    assert [data for name, data in events if name == "block"] == done["blocks"] == plain["blocks"]
    assert done["text"].endswith(done["disclaimer"])


def test_every_event_has_an_id_of_message_and_number(client):
    reply = ask(client)
    message_id = read(reply.text)[-1][1]["message_id"]
    ids = [line.removeprefix("id: ") for line in reply.text.split("\n") if line.startswith("id: ")]
    assert ids == [f"{message_id}:{number}" for number in range(len(ids))]


def test_the_turn_is_stored_when_done_is_sent(client, parts):
    done = read(ask(client).text)[-1][1]
    (turn,) = client.run(parts.store.turns(done["conversation_id"]))
    assert json.loads(turn.reply) == done


def test_a_refused_request_is_a_problem_and_no_stream(client, problem):
    problem(ask(client, conversation_id="nobody"), 404, "unknown_conversation")
    problem(client.post("/v1/chat", {"message": ""}, headers=STREAM), 422, "empty_message")


def test_proxies_and_caches_let_events_through(client):
    headers = ask(client).headers
    assert (headers["cache-control"], headers["x-accel-buffering"]) == ("no-cache", "no")


def test_a_slow_store_is_bridged_by_pings_and_a_late_failure_is_an_error_event(client, parts):
    with closing(sqlite3.connect(parts.settings.database, isolation_level=None)) as lock:
        lock.execute("BEGIN IMMEDIATE")
        events = read(ask(client).text)
    names = [name for name, _ in events]
    assert set(names[:-1]) == {"ping"}
    assert names[-1] == "error"
    assert (events[-1][1]["status"], events[-1][1]["code"]) == (503, "unavailable")
    assert events[-1][1]["disclaimer"]


@pytest.fixture
def after_first_ping(client, parts, wire):
    """The events of a turn that waits for a locked store until the first ping, when something is done."""

    def after_first_ping(then):
        async def stream():
            body = {"type": "http.request", "body": json.dumps({"message": QUESTION}).encode()}
            headers = {"content-type": "application/json", "accept": "text/event-stream"}
            spoken = wire(client.application, "/v1/chat", body, **headers)
            reply = asyncio.ensure_future(spoken.run())
            await spoken.answered.wait()
            then(lock)
            return await reply

        with closing(sqlite3.connect(parts.settings.database, isolation_level=None)) as lock:
            lock.execute("BEGIN IMMEDIATE")
            return read(client.run(stream()))

    return after_first_ping


def test_a_slow_store_that_makes_it_is_bridged_by_pings(after_first_ping):
    names = [name for name, _ in after_first_ping(lambda lock: lock.execute("ROLLBACK"))]
    assert names[0] == "ping"
    assert names[-1] == "done"


def test_an_open_stream_is_told_when_the_server_ends(client, after_first_ping):
    events = after_first_ping(lambda lock: client.application.closing.set())
    assert events[0][0] == "ping"
    assert (events[-1][0], events[-1][1]["code"]) == ("error", "unavailable")


@pytest.mark.parametrize(
    ("accept", "stream"),
    [
        ("text/event-stream", True),
        ("text/event-stream, application/json;q=0.9", True),
        ("application/json;q=0.5, text/event-stream;q=0.8", True),
        ("application/json, text/event-stream", True),
        ("application/json, text/event-stream;q=0.5", False),
        ("text/event-stream;q=0", False),
        ("text/event-stream;q=high", False),
        ("application/json", False),
        ("*/*", False),
        ("", False),
    ],
)
def test_the_stream_comes_where_it_is_named_and_json_is_not_preferred(accept, stream):
    assert wanted(accept) is stream

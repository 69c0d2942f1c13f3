"""SIGTERM ends the server in time and in order, whatever is open."""

import signal
import socket
import sqlite3
import time
from contextlib import closing

import httpx
import pytest

LIMIT_S = 5
STREAM = {"accept": "text/event-stream"}

pytestmark = pytest.mark.slow


def ended_in(server) -> float:
    """Seconds from SIGTERM to the end, which was an orderly one."""
    started = time.monotonic()
    assert server.end(signal.SIGTERM) in (0, -signal.SIGTERM)
    return time.monotonic() - started


def test_an_open_event_stream_is_told_and_does_not_hold_the_server(serving, tmp_path):
    database = tmp_path / "store.sqlite3"
    with (
        serving(database, ping_s="0.1", database_timeout_s="2") as server,
        closing(sqlite3.connect(database, isolation_level=None)) as lock,
    ):
        lock.execute("BEGIN IMMEDIATE")
        with httpx.stream("POST", f"{server.url}/v1/chat", json={"message": "hi"}, headers=STREAM, timeout=20) as reply:
            lines = reply.iter_lines()
            assert next(lines) == "event: ping"
            assert ended_in(server) < LIMIT_S
            rest = list(lines)
        assert "event: error" in rest
        assert '"code": "unavailable"' in next(line for line in reversed(rest) if line.startswith("data: "))


def test_a_client_that_never_finishes_its_request_does_not_hold_the_server(serving, tmp_path):
    with serving(tmp_path / "store.sqlite3") as server:
        host, port = server.url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as half:
            half.sendall(
                b"POST /v1/chat HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"
            )
            server.chat("hi")
            assert ended_in(server) < LIMIT_S


def test_an_idle_kept_connection_does_not_hold_the_server(serving, tmp_path):
    with serving(tmp_path / "store.sqlite3") as server, httpx.Client(base_url=server.url) as client:
        assert client.get("/healthz").status_code == 200
        assert ended_in(server) < LIMIT_S


def test_what_was_acknowledged_is_in_one_file_after_an_orderly_end(serving, tmp_path):
    database = tmp_path / "store.sqlite3"
    with serving(database) as server:
        message_id = server.chat("hi")["message_id"]
        ended_in(server)
    assert [path.name for path in tmp_path.iterdir()] == ["store.sqlite3"]
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT message_id FROM turns").fetchall() == [(message_id,)]


def test_a_conversation_goes_on_after_a_restart(serving, tmp_path):
    with serving(tmp_path / "store.sqlite3") as server:
        first = server.chat("long 0.5 btc at 60k 20x isolated on binance, liq?")
        ended_in(server)
    with serving(tmp_path / "store.sqlite3") as server:
        second = server.chat("And at 10x?", conversation_id=first["conversation_id"])
    assert second["slots"] == first["slots"] | {"leverage": "10"}

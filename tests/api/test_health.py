"""Alive as long as the process is; ready as long as a turn could be stored."""

import sqlite3
from contextlib import closing


def test_a_server_that_just_started_is_alive_and_ready(client):
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ready"}


def test_a_locked_store_is_not_ready_and_the_process_is_alive(client, parts, problem):
    with closing(sqlite3.connect(parts.settings.database, isolation_level=None)) as lock:
        lock.execute("BEGIN IMMEDIATE")
        problem(client.get("/readyz"), 503, "unavailable")
        assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200

"""Killing the process in the middle of traffic loses no turn that was acknowledged."""

import random
import signal
import sqlite3
import threading
from contextlib import closing

import httpx
import pytest

KILLS = 20
CLIENTS = 4
QUESTIONS = ("long 0.5 btc at 60k 20x isolated on binance, liq?", "And at 10x?", "no, short", "what is liquidation?")

pytestmark = pytest.mark.slow


def talk(url, acknowledged, enough):
    """One client: conversation after conversation, until the server is gone."""
    with httpx.Client(base_url=url, timeout=10) as client:
        try:
            while True:
                identity = {}
                for question in QUESTIONS:
                    reply = client.post("/v1/chat", json={"message": question, **identity})
                    if reply.status_code == 200:
                        acknowledged.append((reply.json()["conversation_id"], reply.json()["message_id"], reply.text))
                        identity = {"conversation_id": reply.json()["conversation_id"]}
                    enough.release()
        except httpx.TransportError:
            return


def test_no_acknowledged_turn_is_lost_to_sigkill(serving, tmp_path):
    database, acknowledged, dice = tmp_path / "store.sqlite3", [], random.Random(20261122)
    for _ in range(KILLS):
        before = len(acknowledged)
        with serving(database) as server:
            enough = threading.Semaphore(0)
            clients = [threading.Thread(target=talk, args=(server.url, acknowledged, enough)) for _ in range(CLIENTS)]
            for client in clients:
                client.start()
            for _ in range(dice.randrange(8, 60)):
                assert enough.acquire(timeout=20)
            assert server.end(signal.SIGKILL) == -signal.SIGKILL
            for client in clients:
                client.join(timeout=20)
        assert len(acknowledged) > before
        with closing(sqlite3.connect(database)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
            kept = set(connection.execute("SELECT conversation_id, message_id, reply FROM turns"))
        assert set(acknowledged) <= kept


def test_a_disk_that_fills_up_refuses_turns_and_keeps_those_it_acknowledged(serving, tmp_path):
    database, acknowledged = tmp_path / "store.sqlite3", []
    with serving(database, file_limit=400_000) as server:
        for _ in range(200):
            reply = httpx.post(f"{server.url}/v1/chat", json={"message": QUESTIONS[0]}, timeout=20)
            if reply.status_code != 200:
                break
            acknowledged.append(reply.json()["message_id"])
        assert (reply.status_code, reply.json()["code"]) == (503, "unavailable")
        assert reply.headers["retry-after"]
        assert httpx.get(f"{server.url}/healthz").status_code == 200
        server.end(signal.SIGKILL)
    assert acknowledged
    with serving(database) as server:
        assert server.chat("hi")
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert set(acknowledged) <= {row[0] for row in connection.execute("SELECT message_id FROM turns")}

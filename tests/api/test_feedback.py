"""Feedback is kept with its message."""

import sqlite3
from contextlib import closing

import pytest


def kept(parts):
    with closing(sqlite3.connect(parts.settings.database)) as connection:
        return connection.execute("SELECT message_id, helpful, comment FROM feedback").fetchall()


def test_feedback_is_kept_with_the_message(client, parts):
    message_id = client.chat("hi")["message_id"]
    reply = client.post(f"/v1/messages/{message_id}/feedback", {"helpful": True, "comment": "clear"})
    assert (reply.status_code, reply.content) == (204, b"")
    assert kept(parts) == [(message_id, 1, "clear")]


def test_a_second_opinion_replaces_the_first(client, parts):
    message_id = client.chat("hi")["message_id"]
    client.post(f"/v1/messages/{message_id}/feedback", {"helpful": True, "comment": "clear"})
    client.post(f"/v1/messages/{message_id}/feedback", {"helpful": False})
    assert kept(parts) == [(message_id, 0, None)]


def test_feedback_about_an_unknown_message_is_not_found(client, parts, problem):
    problem(client.post("/v1/messages/nobody/feedback", {"helpful": True}), 404, "unknown_message")
    assert kept(parts) == []


@pytest.mark.parametrize(
    "body",
    [{}, {"helpful": "yes"}, {"helpful": 1}, {"helpful": True, "x": 1}, {"helpful": True, "comment": "c" * 2001}],
)
def test_feedback_that_does_not_fit_is_refused(client, parts, problem, body):
    message_id = client.chat("hi")["message_id"]
    problem(client.post(f"/v1/messages/{message_id}/feedback", body), 422, "invalid_request")
    assert kept(parts) == []

"""A conversation can be read back as it was, and forgotten for good."""

import json
import sqlite3
from contextlib import closing

from assistant.api.documents import ConversationReply

QUESTION = "long 0.5 btc at 60k 20x isolated on binance, liq?"


def test_turns_come_back_oldest_first_and_letter_for_letter(client):
    first = client.chat(QUESTION)
    second = client.chat("And at 10x?", conversation_id=first["conversation_id"])
    body = client.get(f"/v1/conversations/{first['conversation_id']}").json()
    assert [turn["reply"] for turn in body["turns"]] == [first, second]
    assert [turn["request"]["message"] for turn in body["turns"]] == [QUESTION, "And at 10x?"]
    assert [turn["created"] for turn in body["turns"]] == ["2026-11-22T09:30:00.000Z"] * 2


def test_a_conversation_is_what_the_document_says(client):
    identity = client.chat(QUESTION, context={"venue": "binance"}, as_of="2026-11-21")["conversation_id"]
    ConversationReply.model_validate_json(client.get(f"/v1/conversations/{identity}").text)


def test_an_unknown_conversation_can_neither_be_read_nor_forgotten(client, problem):
    problem(client.get("/v1/conversations/nobody"), 404, "unknown_conversation")
    problem(client.delete("/v1/conversations/nobody"), 404, "unknown_conversation")


def test_a_forgotten_conversation_is_gone_everywhere(client, parts, problem):
    reply = client.chat(QUESTION)
    other = client.chat(QUESTION)
    client.post(f"/v1/messages/{reply['message_id']}/feedback", {"helpful": False, "comment": "wrong"})
    gone = client.delete(f"/v1/conversations/{reply['conversation_id']}")
    assert (gone.status_code, gone.content) == (204, b"")
    problem(client.get(f"/v1/conversations/{reply['conversation_id']}"), 404, "unknown_conversation")
    problem(
        client.post("/v1/chat", {"message": "And at 10x?", "conversation_id": reply["conversation_id"]}),
        404,
        "unknown_conversation",
    )
    problem(client.post(f"/v1/messages/{reply['message_id']}/feedback", {"helpful": True}), 404, "unknown_message")
    with closing(sqlite3.connect(parts.settings.database)) as connection:
        left = "\n".join(connection.iterdump())
    assert reply["conversation_id"] not in left
    assert reply["message_id"] not in left
    assert other["conversation_id"] in left


def test_what_somebody_typed_comes_back_as_json_whatever_it_was(client):
    message = '"}]} \\ \u2028 </script> \u0000 \U0001f680 {{x}}'
    identity = client.chat(message)["conversation_id"]
    body = json.loads(client.get(f"/v1/conversations/{identity}").text)
    assert body["turns"][0]["request"]["message"] == message

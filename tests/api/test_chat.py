"""POST /v1/chat answers, remembers, and keeps the turn before it says so."""

import asyncio
import json
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from assistant.api.documents import ChatReply

QUESTION = "long 0.5 btc at 60k 20x isolated on binance, liq?"


def test_the_readme_question_gets_its_price(client):
    reply = client.chat(QUESTION)
    assert reply["intent"] == "liquidation_price"
    assert reply["figures"]["liquidation_price"] == {"value": "57228.91566", "unit": "USDT"}


def test_a_reply_is_what_the_document_says(client):
    ChatReply.model_validate_json(json.dumps(client.chat(QUESTION)))


def test_the_text_ends_with_the_disclaimer(client):
    reply = client.chat(QUESTION)
    assert reply["text"].endswith("\n\n" + reply["disclaimer"])


def test_ids_are_uuids_that_sort_by_time(client):
    replies = [client.chat(QUESTION) for _ in range(2)]
    ids = {UUID(reply[name]) for reply in replies for name in ("conversation_id", "message_id")}
    assert len(ids) == 4
    assert {identity.version for identity in ids} == {7}


def test_the_same_question_gets_the_same_bytes_but_for_the_ids(client):
    replies = [client.chat(QUESTION) for _ in range(5)]
    for reply in replies:
        del reply["conversation_id"], reply["message_id"]
    assert len({json.dumps(reply) for reply in replies}) == 1


def test_a_follow_up_remembers_the_position(client):
    first = client.chat(QUESTION)
    second = client.chat("And at 10x?", conversation_id=first["conversation_id"])
    assert second["conversation_id"] == first["conversation_id"]
    assert second["slots"] == first["slots"] | {"leverage": "10"}


def test_conversations_know_nothing_of_one_another(client):
    client.chat(QUESTION)
    assert "entry_price" not in client.chat("And at 10x?")["slots"]


def test_an_unknown_conversation_is_not_found(client, problem):
    reply = client.post("/v1/chat", {"message": "hi", "conversation_id": "0a4d55a8-d778-4f2e-a3c5-0f5c3b3b6e0c"})
    problem(reply, 404, "unknown_conversation")


def test_the_turn_is_stored_when_the_reply_arrives(client, parts):
    reply = client.chat(QUESTION)
    (turn,) = client.run(parts.store.turns(reply["conversation_id"]))
    assert json.loads(turn.reply) == reply
    assert json.loads(turn.request) == {"message": QUESTION}
    assert (turn.number, turn.message_id, turn.as_of) == (1, reply["message_id"], date(2026, 11, 22))


def test_the_rules_of_today_apply_unless_a_date_is_given(client):
    assert client.chat(QUESTION)["tool_calls"][0]["arguments"]["as_of"] == "2026-11-22"
    reply = client.chat(QUESTION, as_of="1999-12-31")
    assert reply["tool_calls"][0]["result"]["code"] == "no_rule_in_force"


def test_what_the_page_knows_is_used_and_said(client):
    reply = client.chat(
        "long 0.5 btc at 60k 20x isolated, liq?", context={"venue": "binance", "symbol": "BTC", "mark_price": "58000"}
    )
    assert reply["tool_calls"][0]["arguments"]["mark_price"] == "58000"
    assert "mark_price" not in reply["slots"]


def test_the_reading_is_there_when_asked_for(client):
    assert "reading" not in client.chat(QUESTION)
    reading = client.chat(QUESTION, explain=True)["reading"]
    assert reading["intents"][0]["intent"] == "liquidation_price"
    entry = reading["slots"]["entry_price"]
    assert "60k" in QUESTION[entry["start"] : entry["end"]]


def test_turns_sent_at_once_to_one_conversation_all_count(client, parts):
    identity = client.chat(QUESTION)["conversation_id"]

    async def at_once():
        bodies = [{"message": f"and at {n}x?", "conversation_id": identity} for n in range(2, 12)]
        return await asyncio.gather(*(client.http.post("/v1/chat", json=body) for body in bodies))

    replies = [reply.json() for reply in client.run(at_once())]
    turns = client.run(parts.store.turns(identity))
    assert [turn.number for turn in turns] == list(range(1, 12))
    assert {reply["message_id"] for reply in replies} == {turn.message_id for turn in turns[1:]}


class Rival:
    """A store in which another process is always one turn ahead, `ahead` times."""

    def __init__(self, store, ahead):
        self._store = store
        self._ahead = ahead

    def __getattr__(self, name):
        return getattr(self._store, name)

    async def append(self, turn):
        if turn.number > 1 and self._ahead:
            self._ahead -= 1
            await self._store.append(replace(turn, message_id=f"rival-{self._ahead}", state=turn.state))
        return await self._store.append(turn)


def test_a_turn_lost_to_another_process_is_taken_again(changed, parts):
    client = changed(store=Rival(parts.store, ahead=2))
    identity = client.chat(QUESTION)["conversation_id"]
    reply = client.chat("And at 10x?", conversation_id=identity)
    turns = client.run(parts.store.turns(identity))
    assert [turn.message_id for turn in turns[1:]] == ["rival-1", "rival-0", reply["message_id"]]


def test_a_conversation_another_process_never_leaves_is_a_conflict(changed, parts, problem):
    client = changed(store=Rival(parts.store, ahead=99))
    identity = client.chat(QUESTION)["conversation_id"]
    reply = client.post("/v1/chat", {"message": "And at 10x?", "conversation_id": identity})
    problem(reply, 409, "conflict")
    assert reply.headers["retry-after"]


@pytest.mark.parametrize("length", [1, 2000])
def test_a_message_of_every_permitted_length_is_answered(client, length):
    assert client.chat("  " + "l" * length + "\n")["disclaimer"]

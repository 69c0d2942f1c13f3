"""Replays every conversation of this folder and holds each turn to what it names."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.dialogue.conversation import Conversation
from assistant.values import Message

AS_OF = date(2026, 11, 22)
CASES = [
    pytest.param(case["turns"], id=f"{path.stem}: {case['name']}")
    for path in sorted(Path(__file__).parent.glob("*.toml"))
    for case in tomllib.loads(path.read_text("utf-8"))["conversation"]
]


def same(expected, actual):
    try:
        return Decimal(str(expected)) == Decimal(str(actual))
    except ArithmeticError:
        return str(expected) == str(actual)


@pytest.mark.parametrize("turns", CASES)
def test_the_conversation_goes_as_written(turns, assistant):
    conversation = Conversation.new()
    for turn in turns:
        plan = assistant.plan(Message(text=turn["say"], as_of=AS_OF), conversation)
        sealed = assistant.answer(plan)
        conversation = Conversation.from_json(plan.conversation.to_json())
        answer, text = sealed.answer, sealed.text
        figures = {figure.name: figure.value for figure in answer.figures}
        if "intent" in turn:
            assert answer.intent == turn["intent"], turn["say"]
        if "topic" in turn:
            assert answer.topic == turn["topic"], turn["say"]
        for slot, value in turn.get("slots", {}).items():
            assert slot in answer.slots and same(value, answer.slots[slot]), (turn["say"], slot, answer.slots.get(slot))
        for slot in turn.get("gone", []):
            assert slot not in answer.slots, (turn["say"], slot)
        if "missing" in turn:
            assert list(answer.missing) == turn["missing"], turn["say"]
        expected = dict(turn.get("figure", {}))
        if "price" in turn:
            expected["liquidation_price"] = turn["price"]
        for name, value in expected.items():
            assert figures.get(name) is not None, (turn["say"], name, sorted(figures))
            assert abs(figures[name] - Decimal(value)) <= abs(Decimal(value)) * Decimal("1e-9"), (
                turn["say"],
                figures[name],
            )
        if turn.get("no_price"):
            assert not [name for name in figures if "liquidation_price" in name], turn["say"]
        for words in turn.get("shows", []):
            assert words.lower() in text.lower(), (turn["say"], words)
        for words in turn.get("hides", []):
            assert words.lower() not in text.lower(), (turn["say"], words)
        assert text.endswith(f"\n\n{sealed.disclaimer}")
        assert "not financial advice" in sealed.disclaimer

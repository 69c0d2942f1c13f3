"""How much of other people's wording is understood.

The corpus was written by an author who had seen neither vocabulary nor rules. The a-files are open: what they showed
was taught. The b-files are locked: nothing was ever tuned on them, so their rate is the honest one. A turn counts when
intent, core slots and gaps are all right; the floors are the rates reached, never lowered.
"""

import tomllib
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.dialogue.conversation import Conversation
from assistant.lint import INTENTS
from assistant.values import Message

HERE = Path(__file__).parent
CORE = (
    "side",
    "leverage",
    "entry_price",
    "size",
    "size_unit",
    "collateral",
    "symbol",
    "venue",
    "margin_mode",
    "maintenance_margin_rate",
    "mark_price",
)
DECISIVE = ("side", "leverage", "entry_price", "collateral", "size", "maintenance_margin_rate")
FLOORS = {"messages_a": 0.93, "messages_b": 0.69, "conversations_a": 0.86, "conversations_b": 0.64}
MOST_MISREAD = {"messages_a": 1, "messages_b": 2, "conversations_a": 3, "conversations_b": 1}
"""Turns that give a liquidation price for a position that was read wrongly; the answer restates what was read."""


def turns_of(name):
    data = tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))
    return [[message] for message in data.get("message", [])] + [talk["turns"] for talk in data.get("conversation", [])]


def same(expected, actual):
    if actual is None:
        return False
    try:
        return abs(Decimal(str(expected)) - Decimal(str(actual))) <= abs(Decimal(str(expected))) * Decimal("1e-6")
    except ArithmeticError:
        return str(expected).lower() == str(actual).lower()


def right(turn, answer):
    intents = turn.get("intents") or [turn["intent"]]
    asked = set(answer.missing)
    if answer.intent not in intents and not ("clarify" in intents and asked):
        return False
    if any(not same(value, answer.slots.get(slot)) for slot, value in turn.get("slots", {}).items() if slot in CORE):
        return False
    return "missing" not in turn or answer.intent not in intents or asked == set(turn["missing"])


def misread(turn, answer):
    priced = any(figure.name == "liquidation_price" for figure in answer.figures)
    slots = turn.get("slots", {})
    return priced and any(
        slot in answer.slots and slot in slots and not same(slots[slot], answer.slots[slot]) for slot in DECISIVE
    )


def replay(name, assistant):
    for turns in turns_of(name):
        conversation = Conversation.new()
        for turn in turns:
            plan = assistant.plan(Message(text=turn["say"].strip(), as_of=date(2026, 11, 22)), conversation)
            sealed = assistant.answer(plan)
            conversation = plan.conversation
            assert sealed.text.endswith(sealed.disclaimer)
            yield turn, sealed.answer


@pytest.mark.parametrize("name", FLOORS)
def test_at_least_so_much_is_understood(name, assistant, record_property):
    seen = Counter()
    for turn, answer in replay(name, assistant):
        seen["turns"] += 1
        seen["right"] += right(turn, answer)
        seen["misread"] += misread(turn, answer)
    rate = seen["right"] / seen["turns"]
    record_property("rate", rate)
    print(f"{name}: {seen['right']} of {seen['turns']} right ({rate:.1%}), {seen['misread']} priced though misread")
    assert rate >= FLOORS[name]
    assert seen["misread"] <= MOST_MISREAD[name]


@pytest.mark.parametrize("name", FLOORS)
def test_no_price_where_inputs_lack_are_impossible_or_somebody_is_in_distress(name, assistant):
    for turn, answer in replay(name, assistant):
        intents = turn.get("intents") or [turn["intent"]]
        figures = {figure.name for figure in answer.figures}
        if intents[0] in ("invalid_input", "distress"):
            assert not figures & {"liquidation_price", "new_liquidation_price"}, turn["say"]


@pytest.mark.parametrize("name", FLOORS)
def test_labels_are_names_of_the_contract(name):
    for turns in turns_of(name):
        for turn in turns:
            assert set(turn.get("intents") or [turn["intent"]]) <= set(INTENTS)

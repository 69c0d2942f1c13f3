import json
from datetime import date
from decimal import Decimal

import pytest

from assistant.channels import widget

TODAY = date(2026, 11, 22)
FIELDS = [
    "conversation_id",
    "message_id",
    "language",
    "intent",
    "topic",
    "slots",
    "missing",
    "figures",
    "tool_calls",
    "text",
    "blocks",
    "suggestions",
    "sources",
    "disclaimer",
]


@pytest.fixture
def payload(answers):
    return lambda name, **more: widget.payload(answers[name], conversation_id="c", message_id="m", **more)


def test_a_payload_has_the_fields_of_the_contract(payload):
    assert list(payload("price")) == FIELDS


def test_what_was_recognised_stands_there_only_where_it_was_asked_for(payload):
    assert payload("price", reading={"rule": "price"})["reading"] == {"rule": "price"}
    assert "reading" not in payload("price")


def test_slots_are_decimal_strings_without_trailing_zeros(payload):
    slots = payload("price")["slots"]
    assert slots["entry_price"] == "60000"
    assert slots["leverages"] == ["10", "20"]


def test_a_tool_call_holds_its_whole_result(payload):
    (call,) = payload("price")["tool_calls"]
    assert call["tool"] == "liquidation_price"
    assert call["arguments"]["as_of"] == "2026-11-22"
    assert set(call["result"]) == {
        "status",
        "code",
        "reason",
        "missing",
        "figures",
        "working",
        "assumptions",
        "sources",
        "rules_as_of",
        "rulebook",
        "disclaimer",
    }
    assert call["result"]["working"][0] == {
        "label": "Notional at entry",
        "equation": "q E",
        "numbers": "0.5 × 60000",
        "value": "30000",
        "unit": "USDT",
    }
    assert call["result"]["assumptions"][0]["code"] == "generic_rules"
    assert "0.5%" in call["result"]["assumptions"][0]["sentence"]
    assert call["result"]["rules_as_of"] == "2024-03-04"


def test_a_tool_payload_is_the_result_of_the_tool_call(answers, payload):
    for name in ("price", "none", "refused", "gap"):
        assert widget.tool_payload(answers[name]) == payload(name)["tool_calls"][0]["result"]


def test_a_refused_result_carries_code_and_reason(answers):
    result = widget.tool_payload(answers["refused"])
    assert (result["status"], result["code"], result["figures"]) == ("refused", "unknown_venue", {})
    assert result["reason"].startswith("I hold no rules for")


def test_a_result_with_gaps_names_them(answers):
    assert widget.tool_payload(answers["gap"])["missing"] == ["side"]


def test_every_block_names_its_type_and_is_json(answers):
    kinds = set()
    for sealed in answers.values():
        for block in sealed.answer.blocks:
            made = widget.block(block)
            assert json.loads(json.dumps(made)) == made
            kinds.add(made["type"])
    assert kinds == {"headline", "figures", "steps", "table", "paragraph", "list", "caveat", "sources"}


def test_a_problem_has_the_fields_of_the_standard_and_the_disclaimer(answers):
    body = widget.problem_payload(answers["problem"], status=404, code="not_found")
    assert list(body) == ["type", "title", "status", "detail", "code", "disclaimer"]
    assert (body["title"], body["status"], body["code"]) == ("Not found", 404, "not_found")


def test_events_give_every_block_whole_and_everything_once_more_at_the_end(payload):
    body = payload("price")
    events = list(widget.events(body))
    assert [name for name, _ in events] == ["meta", *["block"] * len(body["blocks"]), "done"]
    assert [data for name, data in events if name == "block"] == body["blocks"]
    assert events[0][1] == {name: body[name] for name in FIELDS[:5]}
    assert events[-1][1] == body


def test_a_message_is_trimmed_and_dated():
    message = widget.parse({"message": "  hi \n"}, as_of=TODAY)
    assert (message.text, message.as_of, message.language, message.context) == ("hi", TODAY, None, {})


@pytest.mark.parametrize("day", ["2025-01-02", date(2025, 1, 2)])
def test_a_named_date_counts(day):
    assert widget.parse({"message": "hi", "as_of": day}, as_of=TODAY).as_of == date(2025, 1, 2)


def test_the_context_of_a_page_is_read_exactly():
    context = {
        "venue": "binance",
        "symbol": "1000",
        "mark_price": "58000.10",
        "wallet_balance": 5000,
        "positions": [{"side": "long", "size": 0.1}],
    }
    message = widget.parse({"message": "hi", "language": "en", "context": context}, as_of=TODAY)
    assert message.language == "en"
    assert message.context == {
        "venue": "binance",
        "symbol": "1000",
        "mark_price": Decimal("58000.10"),
        "wallet_balance": Decimal(5000),
        "positions": ({"side": "long", "size": Decimal("0.1")},),
    }


@pytest.mark.parametrize("value", ["abc", "NaN", "Infinity", None, "", float("inf")])
def test_a_number_of_the_page_that_is_none_is_refused(value):
    with pytest.raises(ValueError, match=r".+"):
        widget.parse({"message": "hi", "context": {"mark_price": value}}, as_of=TODAY)

"""What a host page sends fills gaps, is named, and never overrides what was said."""

from datetime import date
from decimal import Decimal

import pytest

from assistant.dialogue.conversation import Conversation
from assistant.values import Message

POSITION = {
    "symbol": "BTC",
    "side": "long",
    "entry_price": Decimal(60000),
    "leverage": Decimal(10),
    "venue": "binance",
}


@pytest.fixture
def ask(assistant):
    def asked(text, **context):
        message = Message(text=text, as_of=date(2026, 11, 22), context=context)
        return assistant.answer(assistant.plan(message, Conversation.new())).answer

    return asked


def figures(answer):
    return {figure.name: figure.value for figure in answer.figures}


def test_the_page_s_venue_is_used_where_none_was_said(ask):
    answer = ask("long btc 60k 10x", venue="hyperliquid")
    assert answer.tool_calls[0].report.rulebook == "hyperliquid"


def test_what_came_from_the_page_is_said(ask):
    codes = [item.code for item in ask("long btc 60k 10x", venue="hyperliquid").tool_calls[0].report.assumptions]
    assert "from_context" in codes


def test_what_came_from_the_page_does_not_stand_in_the_slots(ask):
    assert "venue" not in ask("long btc 60k 10x", venue="hyperliquid").slots


def test_what_was_said_wins_over_the_page(ask):
    answer = ask("long btc 60k 10x on binance", venue="hyperliquid")
    assert answer.tool_calls[0].report.rulebook == "binance_usdm"


def test_the_page_s_price_is_left_alone_for_another_coin(ask):
    answer = ask("long eth 3000 10x", symbol="BTC", mark_price=Decimal(58000))
    assert "mark_price" not in answer.tool_calls[0].arguments


def test_the_page_s_price_measures_the_distance_of_its_coin(ask):
    answer = ask("long btc 60k 10x", symbol="BTC", mark_price=Decimal(58000))
    price, distance = figures(answer)["liquidation_price"], figures(answer)["distance_pct"]
    assert abs(distance - (price - 58000) / 58000 * 100) < Decimal("1e-6")


def test_the_only_open_position_is_meant_when_nothing_was_said(ask):
    answer = ask("where is my liq?", positions=(POSITION,))
    assert figures(answer)["liquidation_price"] == Decimal("54216.86747")


def test_two_open_positions_are_not_guessed_between(ask):
    answer = ask("where is my liq?", positions=(POSITION, {**POSITION, "symbol": "ETH"}))
    assert answer.missing == ("side", "entry_price", "leverage")

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


CROSS = "long 2 btc from 60000 cross on binance, wallet balance 20000, liq price?"
ETH = {
    "symbol": "ETH",
    "side": "short",
    "size": Decimal(10),
    "entry_price": Decimal(3000),
    "mark_price": Decimal(3100),
}


def price_of(answer):
    return figures(answer)["liquidation_price"]


def test_the_page_s_other_positions_count_in_cross(ask):
    expected = (120000 - (20000 - 1000 - 31000 * Decimal("0.004"))) / (2 * Decimal("0.996"))
    assert abs(price_of(ask(CROSS, positions=(ETH,))) - expected) < Decimal("1e-4")


def test_they_are_named_in_the_answer(ask):
    told = {item.code: item.sentence for item in ask(CROSS, positions=(ETH,)).tool_calls[0].report.assumptions}
    assert "short ETH" in told["positions_from_context"]
    assert "only_position" not in told


def test_the_position_asked_about_is_not_counted_twice(ask):
    own = {"symbol": "BTCUSDT", "side": "long", "size": Decimal(2), "entry_price": Decimal(60000)}
    assert price_of(ask(CROSS, positions=(own,))) == price_of(ask(CROSS))
    assert price_of(ask(CROSS, positions=(own, ETH))) == price_of(ask(CROSS, positions=(ETH,)))


@pytest.mark.parametrize(
    "elsewhere", [{"margin_mode": "isolated"}, {"venue": "bybit"}, {"contract": "inverse"}], ids=str
)
def test_a_position_on_another_wallet_does_not_count(ask, elsewhere):
    assert price_of(ask(CROSS, positions=({**ETH, **elsewhere},))) == price_of(ask(CROSS))


def test_a_short_in_the_same_coin_is_the_other_leg(ask):
    leg = {"symbol": "BTC", "side": "short", "size": Decimal(1), "entry_price": Decimal(62000)}
    expected = Decimal(20000 - 120000 + 62000) / (3 * Decimal("0.004") - 1)
    assert abs(price_of(ask(CROSS, positions=(leg,))) - expected) < Decimal("1e-4")


def test_a_position_whose_price_the_page_does_not_know_is_asked_about(ask):
    unmarked = {name: value for name, value in ETH.items() if name != "mark_price"}
    answer = ask(CROSS, positions=(unmarked,))
    assert answer.missing == ("other_positions",)
    assert "liquidation_price" not in figures(answer)


def test_isolated_margin_does_not_care_for_the_page_s_positions(ask):
    text = "long 2 btc from 60000 10x isolated on binance"
    assert price_of(ask(text, positions=(ETH,))) == price_of(ask(text))


def test_the_only_position_in_a_coin_is_asked_about_beside_the_others(ask):
    own = {**POSITION, "margin_mode": "cross", "size": Decimal(2)}
    answer = ask("btc, where is my liq?", wallet_balance=Decimal(20000), positions=(own, ETH))
    assert price_of(answer) == price_of(ask(CROSS, positions=(ETH,)))


def test_a_comparison_of_margin_modes_counts_them_in_the_cross_one_only(ask):
    text = "2 btc long from 60000, 10x, binance, wallet balance 20000: compare isolated and cross"
    alone, beside = (figures(ask(text, positions=positions)) for positions in ((), (ETH,)))
    assert beside["liquidation_price@isolated"] == alone["liquidation_price@isolated"]
    assert beside["liquidation_price@cross"] > alone["liquidation_price@cross"]

"""How old a tier table is, once it has passed its review period on the day asked about: in every tool alike."""

from datetime import date, timedelta

import pytest

from assistant.tools.arguments import read
from assistant.tools.registry import TOOLS, run

READ = date(2026, 9, 29)
POSITION = {"venue": "binance", "symbol": "BTC", "side": "long", "entry_price": "60000", "leverage": "20"}
TRADES = [name for name, tool in TOOLS.items() if {"venue", "leverage"} <= set(tool.arguments)]


@pytest.fixture
def ages(rulebooks):
    """Every age a tool tells, on the day it runs."""

    def ages(tool, today, **raw):
        result = run(tool, read(TOOLS[tool], raw), rulebooks=rulebooks, as_of=today)
        return [dict(one.data) for one in result.assumptions if one.code == "figures_old"]

    return ages


def limit(rulebooks):
    return timedelta(days=rulebooks.get("binance_usdm").review_days)


def test_up_to_the_review_period_nothing_is_said(ages, rulebooks):
    assert ages("liquidation_price", READ + limit(rulebooks), **POSITION) == []


def test_past_the_review_period_the_age_is_said(ages, rulebooks):
    (told,) = ages("liquidation_price", READ + limit(rulebooks) + timedelta(days=1), **POSITION)
    assert told == {"days": limit(rulebooks).days + 1, "date": READ, "venue": "Binance USDS-M Futures"}


@pytest.mark.parametrize("tool", TRADES)
def test_every_tool_says_it(tool, ages):
    example = {name: value for name, value in TOOLS[tool].example.items() if name != "as_of"}
    example |= {"venue": "binance", "symbol": "BTC", "leverage": "10"}
    assert ages(tool, date(2028, 1, 1), **example)
    assert not ages(tool, READ, **example)


def test_the_day_asked_about_counts_not_today(ages):
    assert ages("liquidation_price", date(2028, 1, 1), **POSITION, as_of="2026-10-01") == []


def test_a_table_that_is_known_to_have_ended_is_not_old_within_its_span(ages):
    assert ages("liquidation_price", date(2028, 1, 1), **POSITION, as_of="2024-10-24") == []


def test_a_rate_that_was_said_has_no_age(ages):
    assert ages("liquidation_price", date(2028, 1, 1), **POSITION, maintenance_margin_rate="0.004") == []


def test_the_generic_estimate_has_no_age(ages):
    position = {name: value for name, value in POSITION.items() if name != "venue"}
    assert ages("liquidation_price", date(2028, 1, 1), **position) == []


def test_the_table_behind_another_position_tells_its_age_too(rulebooks):
    other = {"symbol": "ETH", "side": "long", "size": "1", "entry_price": "3000", "mark_price": "3000"}
    account = {"margin_mode": "cross", "size": "1", "wallet_balance": "20000", "other_positions": [other]}
    raw = read(TOOLS["liquidation_price"], {**POSITION, **account})
    told = run("liquidation_price", raw, rulebooks=rulebooks, as_of=date(2028, 1, 1)).assumptions
    fresh = run("liquidation_price", raw, rulebooks=rulebooks, as_of=READ).assumptions
    assert "others_figures_old" in {one.code for one in told}
    assert "others_figures_old" not in {one.code for one in fresh}

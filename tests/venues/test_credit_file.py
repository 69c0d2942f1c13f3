"""Lenders and brokers as their files say."""

from datetime import date
from decimal import Decimal

import pytest

from assistant.errors import NoRuleInForce

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def credit(rulebooks):
    return rulebooks.credit


def test_a_lender_is_found_by_the_name_slots_hold_and_by_its_id(credit):
    assert credit.lender("Aave") is credit.lender("aave_v3") is credit.lenders["aave_v3"]
    assert credit.lender("some bank") is None


@pytest.mark.parametrize(("coin", "threshold"), [("ETH", "0.83"), ("weth", "0.83"), ("BTC", "0.78"), ("LINK", "0.71")])
def test_a_coin_has_its_threshold_by_every_name(credit, coin, threshold):
    assert credit.lender("aave").asset_on(coin, TODAY).liquidation_threshold == Decimal(threshold)


def test_a_coin_that_is_not_on_file_has_none(credit):
    assert credit.lender("aave").asset_on("DOGE", TODAY) is None


def test_a_day_before_the_record_is_refused(credit):
    with pytest.raises(NoRuleInForce):
        credit.lender("aave").asset_on("ETH", date(2025, 10, 24))


def test_half_is_repaid_above_the_lower_factor(credit):
    factor = credit.lender("aave").close_rule_on(TODAY).close_factor
    assert (factor.usual, factor.full_at, factor.small) == (Decimal("0.5"), Decimal("0.95"), 2000)


def test_the_us_minimums_are_those_of_the_rule_texts(credit):
    rule = credit.stocks["us_stocks"].rule_on(TODAY)
    assert (rule.initial_margin_rate, rule.long_maintenance_rate) == (Decimal("0.5"), Decimal("0.25"))
    assert (rule.short_maintenance_rate, rule.short_floor.low, rule.short_floor.high) == (
        Decimal("0.3"),
        Decimal("2.5"),
        5,
    )


def test_minimums_are_not_claimed_for_a_day_before_they_were_read(credit):
    with pytest.raises(NoRuleInForce):
        credit.stocks["us_stocks"].rule_on(date(2026, 9, 24))


@pytest.mark.parametrize("name", ["loan", "futures"])
def test_an_equation_that_is_nobodys_own_has_sources_too(credit, name):
    assert all(source.url.startswith("https://") for source in credit.methods[name])
    assert credit.methods[name]

"""What the other positions bring into a result beside money: their mark, their sources, their day."""

from decimal import Decimal

import pytest

BTC = {"margin_mode": "cross", "symbol": "BTC", "side": "long", "entry_price": "60000", "size": "1"}
LEG = {"symbol": "BTC", "side": "short", "size": "0.5", "entry_price": "62000"}


def test_the_mark_of_the_other_leg_is_the_mark_of_the_coin(ask):
    result = ask("liquidation_price", **BTC, wallet_balance="20000", other_positions=[{**LEG, "mark_price": "61000"}])
    assert result.arguments["mark_price"] == Decimal(61000)
    assert result.figure("unrealized_pnl") == Decimal(1000)


def test_a_mark_is_not_taken_from_another_coin(ask):
    other = {**LEG, "symbol": "ETH", "entry_price": "3000", "mark_price": "3100"}
    result = ask("liquidation_price", **BTC, wallet_balance="20000", other_positions=[other])
    assert "mark_price" not in result.arguments


def test_a_rate_nobody_has_on_file_is_told_for_the_other_coin(ask):
    other = {"symbol": "NOSUCHCOIN", "side": "long", "size": "1", "entry_price": "10", "mark_price": "10"}
    result = ask("liquidation_price", venue="binance", **BTC, wallet_balance="20000", other_positions=[other])
    told = [one.data["symbol"] for one in result.assumptions if one.code == "assumed_rate"]
    assert told == ["NOSUCHCOIN"]


@pytest.mark.parametrize("rate", [{}, {"maintenance_margin_rate": "0.01"}])
def test_the_source_of_the_other_s_tiers_stands_among_the_sources(ask, rate):
    stated = {**BTC, "maintenance_margin_rate": "0.004"}
    other = {"symbol": "ETH", "side": "long", "size": "1", "entry_price": "3000", "mark_price": "3000", **rate}
    result = ask("liquidation_price", venue="binance", **stated, wallet_balance="20000", other_positions=[other])
    tables = {source.id for source in result.sources if source.id.startswith("binance-brackets")}
    assert bool(tables) is not bool(rate)
    assert (str(result.rules_as_of) == "2020-08-14") is bool(rate)

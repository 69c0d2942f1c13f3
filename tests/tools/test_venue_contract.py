"""Contracts counted without their size: the venue's is taken, told and sourced, or asked for."""

from decimal import Decimal

import pytest

from assistant.values import Status

BTC = {"venue": "binance", "contract": "inverse", "symbol": "BTC", "size": "200", "size_unit": "contracts"}
LONG = {**BTC, "side": "long", "entry_price": "58000", "leverage": "10"}
SPECIFICATIONS = "binance-faq-coinm-contract-specifications"


def assumed(result):
    return [one.data for one in result.assumptions if one.code == "contract_size_of_venue"]


def test_the_size_is_told_with_coin_venue_and_unit(ask):
    told = {"value": Decimal(100), "unit": "USD", "symbol": "BTC", "venue": "Binance COIN-M Futures"}
    assert assumed(ask("liquidation_price", **LONG)) == [told]


def test_the_unit_of_a_linear_contract_is_the_coin(ask):
    result = ask("liquidation_price", **{**LONG, "venue": "okx", "contract": "linear"})
    assert [(one["value"], one["unit"]) for one in assumed(result)] == [(Decimal("0.01"), "BTC")]


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("liquidation_price", LONG),
        ("margin_buffer", {**LONG, "mark_price": "57000"}),
        ("add_margin", {**LONG, "added_margin": "0.01"}),
        ("add_margin", {**BTC, "side": "long", "stated_liquidation_price": "52000", "added_margin": "0.01"}),
        ("max_leverage", {**BTC, "side": "long", "entry_price": "58000", "target_liquidation_price": "50000"}),
        ("position_size", {**BTC, "entry_price": "58000", "leverage": "10"}),
        ("stop_loss", {**BTC, "side": "long", "entry_price": "58000", "risk_amount": "0.01"}),
        ("compare", {**BTC, "side": "long", "entry_price": "58000", "leverages": ["5", "10"]}),
    ],
)
def test_every_tool_that_counts_contracts_takes_tells_and_sources_it(ask, tool, arguments):
    result = ask(tool, **arguments)
    stated = ask(tool, **arguments, contract_size="100")
    assert result.status is Status.OK
    assert result.figures == stated.figures
    assert result.arguments["contract_size"] == Decimal(100)
    assert len(assumed(result)) == 1
    assert not assumed(stated)
    assert SPECIFICATIONS in {source.id for source in result.sources}


def test_contracts_of_several_venues_are_asked_about_because_each_holds_something_else(ask):
    several = {name: value for name, value in LONG.items() if name not in ("venue", "contract")}
    result = ask("compare", **several, venues=["okx", "bybit"])
    assert (result.status, result.missing) == (Status.UNDERDETERMINED, ("contract_size",))


def test_a_venue_nobody_knows_is_refused_as_ever(ask):
    result = ask("liquidation_price", **{**LONG, "venue": "nowhere"})
    assert (result.status, result.code) == (Status.REFUSED, "unknown_venue")

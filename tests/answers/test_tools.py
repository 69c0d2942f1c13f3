"""Real results of real tools, whatever they are called with, become sealed answers."""

import dataclasses
import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.answers.compose import compose, required
from assistant.answers.disclaimer import seal
from assistant.resources import content
from assistant.tools.arguments import read
from assistant.tools.registry import TOOLS, run
from assistant.values import CallTool, Status
from assistant.venues import catalogue

RULEBOOKS = catalogue.load(content("knowledge") / "venues")
TODAY = date(2026, 11, 22)
NUMBERS = ("0.5", "1", "2", "10", "33", "60000", "58000", "57000", "0.00001", "-5", "0", "1e9")
CHOICES = {
    "venue": ("binance", "okx", "bybit", "hyperliquid", "dydx", "binance_coinm", "nowhere", "<b>@here"),
    "symbol": ("BTC", "PEPE", "ZZZ", "BTCUSDT"),
    "contract": ("linear", "inverse"),
    "side": ("long", "short"),
    "size_unit": ("base", "quote", "contracts"),
    "margin_mode": ("isolated", "cross"),
    "collateral_currency": ("USDT", "BTC", "EUR"),
    "leverages": ((Decimal(5), Decimal(20)), (Decimal(1), Decimal(400))),
    "sides": (("long", "short"),),
    "margin_modes": (("isolated", "cross"),),
    "venues": (("binance", "okx", "hyperliquid"), ("binance", "nowhere")),
    "as_of": (TODAY, date(2015, 1, 1)),
    "other_positions": (({"maintenance_margin": Decimal(50), "unrealized_pnl": Decimal(-20)},),),
}


@pytest.fixture(scope="module")
def real(shelf):
    venues = {alias.lower(): book.venue_name for book in RULEBOOKS for alias in (book.venue, *book.aliases)}
    return dataclasses.replace(shelf, venues=venues | {book.id: book.name for book in RULEBOOKS})


def answered(name, arguments, shelf):
    result = run(name, arguments, rulebooks=RULEBOOKS, as_of=TODAY)
    call = CallTool(intent=name, tool=name, arguments=arguments)
    return result, seal(compose((call,), (result,), shelf=shelf), shelf.book)


def test_every_tool_has_its_template(book):
    assert set(required(TOOLS)) <= set(book.templates)


@pytest.mark.parametrize("name", TOOLS)
def test_every_example_is_answered_with_its_numbers_working_rules_and_sources(real, name):
    result, sealed = answered(name, read(TOOLS[name], TOOLS[name].example), real)
    assert result.status is Status.OK
    assert sealed.answer.figures == result.figures
    kinds = {type(block).__name__.lower() for block in sealed.answer.blocks}
    assert {"headline", "steps"} <= kinds
    assert ("sources" in kinds) == bool(result.sources)
    assert ("\nRules: " in sealed.text) == bool(result.rules_as_of and result.rulebook != "generic")
    assert "_" not in re.sub(r"`[^`]*`|\]\([^)]*\)", "", sealed.text)


def test_the_price_of_the_issue_is_told_exactly(real):
    arguments = {
        "venue": "binance",
        "symbol": "BTC",
        "side": "long",
        "entry_price": Decimal(60000),
        "size": Decimal("0.5"),
        "size_unit": "base",
        "leverage": Decimal(20),
        "margin_mode": "isolated",
    }
    _, sealed = answered("liquidation_price", arguments, real)
    assert sealed.text.startswith("**Liquidation price: 57,228.92 USDT**")
    assert "on Binance" in sealed.text or "Binance USDS-M" in sealed.text


def pool(tool):
    """A few arguments at random, some of them upon an example that is complete."""
    values = {
        argument: st.sampled_from(CHOICES.get(argument) or tuple(map(Decimal, NUMBERS))) for argument in tool.arguments
    }
    whole = read(tool, tool.example)
    few = st.dictionaries(st.sampled_from(sorted(values)), st.none(), max_size=4).flatmap(
        lambda names: st.fixed_dictionaries({name: values[name] for name in names})
    )
    return st.fixed_dictionaries({}, optional=values) | few.map(lambda changes: {**whole, **changes})


@pytest.mark.parametrize("name", TOOLS)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_a_tool_is_called_with_becomes_a_sealed_answer(real, name, data):
    arguments = data.draw(pool(TOOLS[name]))
    result, sealed = answered(name, arguments, real)
    assert sealed.text.endswith(sealed.disclaimer)
    assert not set("{}<>@") & set(re.sub(r"`[^`]*`", "", sealed.text).replace("\n> ", "\n"))
    assert "There is no number for this here" not in sealed.text, result.code
    assert "Also assumed" not in sealed.text
    if result.status is not Status.OK:
        assert "Liquidation price: " not in sealed.answer.blocks[0].text

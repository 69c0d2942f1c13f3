"""Rows of text end as the tool ends them, one by one."""

import re
from datetime import date
from decimal import Decimal
from random import Random

import pytest

from assistant.bulk.prices import ERROR_BOUND
from assistant.tools.arguments import CATALOGUE
from assistant.tools.columns import COLUMNS, NOT_TAKEN, RESULTS
from assistant.tools.many import Many
from assistant.tools.registry import TOOLS, run
from assistant.tools.rules import Rules

TODAY = date(2026, 11, 22)
POSITION = {
    "venue": "binance",
    "symbol": "BTC",
    "side": "long",
    "entry_price": "60000",
    "size": "0.5",
    "leverage": "20",
}


@pytest.fixture
def many(rulebooks):
    return Many(Rules(rulebooks=rulebooks, as_of=TODAY))


def answer(many, *rows):
    """The results of rows given as mappings."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    found = many.answers({name: [row.get(name, "") for row in rows] for name in names}, len(rows))
    return [{name: found.results[name][place] for name in RESULTS} for place in range(len(rows))]


def random_rows(seed, count):
    """Rows with gaps, impossible values and both sides of every limit; few words, so that arrays are used."""
    draw = Random(seed)
    venue = draw.choice(["binance", "okx", "bybit", "hyperliquid", "dydx", "binance_coinm", ""])
    shared = {"venue": venue, "symbol": "BTC", "margin_mode": draw.choice(["isolated", "cross"])}
    for _ in range(count):
        row = {
            **shared,
            "side": draw.choice(["long", "short"]),
            "entry_price": f"{draw.uniform(1, 1e5):.4f}",
            "size": draw.choice(["", "12345.6", "1e-12", f"{draw.uniform(0.001, 50):.5f}"]),
            "leverage": draw.choice(["", "1", "20", "125", "0", "2000", f"{draw.uniform(1, 130):.1f}"]),
            "collateral": draw.choice(["", "", f"{draw.uniform(1, 1e5):.4f}"]),
            "added_margin": draw.choice(["", "", "10", "-5", "0"]),
            "wallet_balance": draw.choice(["", f"{draw.uniform(1, 1e5):.4f}"]),
            "maintenance_margin_rate": draw.choice(["", "", "", "0.004", f"{draw.uniform(0, 0.1):.4f}"]),
        }
        yield {name: text for name, text in row.items() if text}


def same(found, row, rulebooks):
    arguments = {name: CATALOGUE[name].read(text) for name, text in row.items()}
    told = run("liquidation_price", arguments, rulebooks=rulebooks, as_of=TODAY)
    price = told.figure("liquidation_price")
    assert found["status"] == told.status.value, row
    assert found["rules_as_of"] == str(told.rules_as_of or ""), row
    assert bool(found["liquidation_price"]) == (price is not None), row
    if price is not None:
        bound = Decimal(str(ERROR_BOUND)) * arguments["entry_price"] + abs(price) * Decimal("1e-9")
        assert abs(Decimal(found["liquidation_price"]) - price) <= bound, row
        assert Decimal(found["distance_pct"]) == pytest.approx(
            told.figure("distance_pct"), abs=Decimal("0.000002"), rel=Decimal("2e-9")
        )


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_random_rows_end_as_the_tool_ends_them(many, rulebooks, seed):
    rows = list(random_rows(seed, 400))
    for found, row in zip(answer(many, *rows), rows, strict=True):
        same(found, row, rulebooks)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"side": "short"},
        {"side": ""},
        {"entry_price": ""},
        {"venue": "bitfoo"},
        {"venue": ""},
        {"symbol": "NOPE"},
        {"as_of": "2019-01-01"},
        {"size_unit": "contracts", "contract_size": "0.001"},
        {"size_unit": "quote", "size": "30000"},
        {"contract": "inverse"},
        {"mark_price": "59000"},
        {"mark_price": "50000"},
        {"leverage": "1"},
        {"leverage": "126"},
        {"leverage": "0"},
        {"leverage": "-5"},
        {"entry_price": "1e-12"},
        {"entry_price": "1e12"},
        {"entry_price": "1e-400"},
        {"entry_price": "1e400"},
        {"entry_price": "60000.00000000000000000001"},
        {"size": "1e12"},
        {"maintenance_margin_rate": "0.06"},
        {"fee_rate": "0.0005"},
        {"collateral": "100", "leverage": ""},
        {"margin_mode": "cross"},
        {"margin_mode": "cross", "wallet_balance": "5000"},
    ],
)
@pytest.mark.parametrize("copies", [1, 20])
def test_a_row_ends_as_the_tool_ends_it_alone_and_among_many(many, rulebooks, changes, copies):
    row = {name: text for name, text in {**POSITION, **changes}.items() if text}
    for found in answer(many, *[row] * copies):
        same(found, row, rulebooks)


@pytest.mark.parametrize(
    ("name", "text", "error"),
    [
        ("entry_price", "NaN", "malformed entry_price: must be a decimal number"),
        ("entry_price", "inf", "malformed entry_price: must be a decimal number"),
        ("leverage", "20x", "malformed leverage: must be a decimal number"),
        ("size", "1_000", "malformed size: must be a decimal number"),
        ("size", "1,000", "malformed size: must be a decimal number"),
        ("size", "1\n2", "malformed size: must be a decimal number"),
        ("size", "9" * 65, "malformed size: must be a decimal number"),
        ("side", "up", "malformed side: must be one of long, short"),
        ("as_of", "22.11.2026", "malformed as_of: must be a date like 2026-11-22"),
        ("fee_rate", "x", "malformed fee_rate: must be a decimal number"),
    ],
)
def test_a_cell_that_cannot_be_read_is_refused_by_name_and_the_others_are_answered(many, name, text, error):
    good, bad, again = answer(many, POSITION, {**POSITION, name: text}, POSITION)
    assert (bad["status"], bad["error"], bad["liquidation_price"]) == ("refused", error, "")
    assert good == again
    assert good["liquidation_price"] == "57228.91566"


def test_blanks_around_a_cell_do_not_matter(many):
    clean, padded = answer(many, POSITION, {name: f" {text} " for name, text in POSITION.items()})
    assert clean == padded


def test_a_leverage_above_the_cap_is_refused_with_the_cap(many):
    for found in answer(many, *[{**POSITION, "leverage": "999"}] * 20):
        assert re.match(r"leverage_above_cap cap=\d+ ", found["error"])


def test_what_a_price_rests_on_is_told(many):
    (found,) = answer(many, {"side": "long", "entry_price": "100", "leverage": "10"})
    assert "generic_rules" in found["assumptions"].split()


def test_what_is_missing_is_told(many):
    (found,) = answer(many, {"venue": "binance"})
    assert (found["status"], found["error"]) == ("underdetermined", "missing side entry_price leverage")


def test_a_price_is_written_without_an_exponent(many):
    tiny, huge = answer(
        many, {**POSITION, "entry_price": "1e-9"}, {**POSITION, "entry_price": "1e9", "size": "0.000001"}
    )
    assert tiny["liquidation_price"].startswith("0.000000000")
    assert not {"e", "E"} & set(tiny["liquidation_price"] + huge["liquidation_price"])


def test_no_rows_have_no_results(many):
    assert answer(many) == []


def test_groups_that_are_forgotten_are_made_again(many, monkeypatch):
    monkeypatch.setattr("assistant.tools.many._GROUPS", 2)
    rows = [{**POSITION, "symbol": symbol} for symbol in ("BTC", "ETH", "SOL", "BTC", "DOGE", "ETH")]
    assert answer(many, *rows) == [answer(many, row)[0] for row in rows]


def test_every_argument_of_the_tool_is_a_column_or_is_known_not_to_be_one():
    assert set(COLUMNS) | NOT_TAKEN == set(TOOLS["liquidation_price"].arguments)
    assert {"other_positions", "tick_size"} <= NOT_TAKEN

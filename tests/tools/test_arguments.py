"""Reading a request: what the schema allows becomes typed values, all else is malformed."""

from datetime import date
from decimal import Decimal

import pytest

from assistant.errors import InputOutOfRange
from assistant.tools.arguments import CATALOGUE, Malformed, check, read
from assistant.tools.registry import TOOLS

TOOL = TOOLS["liquidation_price"]
COMPARE = TOOLS["compare"]


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("60000", "60000"),
        ("6e4", "60000"),
        ("+0.5", "0.5"),
        (".5", "0.5"),
        (20, "20"),
        (0.1, "0.1"),
        (Decimal("2.5"), "2.5"),
        (1e-7, "0.0000001"),
    ],
)
def test_numbers_are_read_exactly(raw, value):
    assert read(TOOL, {"entry_price": raw})["entry_price"] == Decimal(value)


@pytest.mark.parametrize(
    "raw",
    [
        "sixty",
        "NaN",
        "Infinity",
        "-inf",
        float("nan"),
        float("inf"),
        Decimal("NaN"),
        True,
        None,
        "",
        " 5",
        "5\n",
        "1_000",
        "1,000",
        "٣",
        "1e99999",
        "9" * 65,
        pytest.param(10**5000, id="an integer of 5,000 digits"),
        ["5"],
        {"value": "5"},
    ],
)
def test_what_is_no_decimal_number_is_malformed(raw):
    with pytest.raises(Malformed) as caught:
        read(TOOL, {"entry_price": raw})
    assert caught.value.argument == "entry_price"


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("side", "Long"),
        ("side", 1),
        ("contract", "futures"),
        ("size_unit", "lots"),
        ("venue", ""),
        ("venue", "x" * 65),
        ("venue", 5),
        ("as_of", "yesterday"),
        ("as_of", 20261122),
        ("other_positions", "none"),
        ("other_positions", []),
        ("other_positions", [{"colour": "red"}]),
        ("other_positions", [{"size": "NaN"}]),
        ("leverages", "10"),
        ("leverages", []),
        ("leverages", ["10"] * 25),
        ("sides", ["up"]),
    ],
)
def test_what_has_the_wrong_form_is_malformed(name, raw):
    with pytest.raises(Malformed):
        read(COMPARE, {name: raw})


def test_dates_are_read_from_iso_text():
    assert read(TOOL, {"as_of": "2026-05-27"}) == {"as_of": date(2026, 5, 27)}


def test_one_other_position_may_stand_without_a_list():
    single = read(TOOL, {"other_positions": {"maintenance_margin": "4", "unrealized_pnl": "0"}})
    assert single["other_positions"] == ({"maintenance_margin": Decimal(4), "unrealized_pnl": Decimal(0)},)


def test_malformed_is_a_value_error_that_keeps_the_value_to_itself():
    with pytest.raises(ValueError, match="entry_price") as caught:
        read(TOOL, {"entry_price": "<script>"})
    assert "script" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("leverage", "0", "not_positive"),
        ("leverage", "-5", "not_positive"),
        ("leverage", "1000.1", "too_large"),
        ("entry_price", "0", "not_positive"),
        ("entry_price", "1e15", "too_large"),
        ("entry_price", "1e-16", "too_small"),
        ("maintenance_margin_rate", "-0.01", "negative"),
        ("maintenance_margin_rate", "1", "not_a_fraction"),
        ("fee_rate", "0.11", "too_large"),
        ("stop_distance_pct", "100", "too_large"),
        ("risk_pct", "101", "too_large"),
        ("price_move_pct", "-1001", "too_small"),
    ],
)
def test_a_range_says_which_way_it_was_broken(name, value, reason):
    with pytest.raises(InputOutOfRange) as caught:
        check({name: Decimal(value)}, CATALOGUE)
    assert caught.value.data["reason"] == reason


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("leverage", "1000"),
        ("leverage", "0.5"),
        ("maintenance_margin_rate", "0"),
        ("fee_rate", "0.1"),
        ("risk_pct", "100"),
        ("added_margin", "-50"),
        ("available_balance", "0"),
    ],
)
def test_the_ends_of_a_range_that_are_in_it(name, value):
    check({name: Decimal(value)}, CATALOGUE)

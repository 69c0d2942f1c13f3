import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding.recognise import recognise

HERE = Path(__file__).parent / "cases"
TABLES = tomllib.loads((HERE / "tables.toml").read_text("utf-8"))["table"]
DATES = tomllib.loads((HERE / "dates.toml").read_text("utf-8"))["date"]
ENTRIES = tomllib.loads((HERE / "entries.toml").read_text("utf-8"))["entries"]
OF_A_POSITION = ("side", "size", "leverage", "collateral", "stated_liquidation_price", "rows", "as_of", "entries")
COLUMNS = ("Symbol", "Side", "Size", "Entry Price", "Mark Price", "Liq. Price", "Leverage", "PNL(ROE %)", "Margin")


def same(expected, actual):
    try:
        return Decimal(str(actual)) == Decimal(expected)
    except ArithmeticError:
        return str(actual) == expected


@pytest.mark.parametrize("case", TABLES, ids=[case["name"] for case in TABLES])
def test_a_pasted_table_says_what_its_columns_say(case, understanding):
    reading = recognise(case["text"], understanding)
    found = {slot: read.value for slot, read in reading.slots.items()}
    if "rows" in found:
        found["rows"] = len(found["rows"])
    for slot, value in case["says"].items():
        assert slot in found and same(value, found[slot]), (slot, found.get(slot))
    assert not [slot for slot in OF_A_POSITION if slot in found and slot not in case["says"]], found
    assert sorted(reading.notes) == case["notes"]


@pytest.mark.parametrize("case", TABLES, ids=[case["name"] for case in TABLES])
def test_a_slot_of_a_table_stands_where_it_was_written(case, understanding):
    reading = recognise(case["text"], understanding)
    for slot in ("entry_price", "mark_price", "stated_liquidation_price"):
        if slot in reading.slots:
            read = reading.slots[slot]
            typed = case["text"][read.start : read.end].replace(",", "").replace("$", "")
            assert Decimal(typed.replace("k", "000")) == read.value


@pytest.mark.parametrize("case", DATES, ids=[case["text"] for case in DATES])
def test_a_date_counts_only_where_its_rules_are_asked_for(case, understanding):
    reading = recognise(case["text"], understanding)
    assert reading.value("as_of") == case.get("day")
    assert ("opening_day" in reading.notes) is case.get("opening", False)


@pytest.mark.parametrize(("text", "expected"), ENTRIES.items(), ids=list(ENTRIES))
def test_entries_joined_to_one_position_are_kept_in_pairs(text, expected, understanding):
    assert list(recognise(text, understanding).value("entries") or ()) == [Decimal(value) for value in expected]


@given(order=st.permutations(range(len(COLUMNS))), gap=st.sampled_from(["\t", " | ", "   "]))
def test_the_order_of_columns_and_what_parts_them_change_nothing(order, gap, understanding):
    cells = ("ETHUSDT", "Short", "2.5 ETH", "3,000", "2,950", "3,280.5", "10x", "+125 USDT (16%)", "750 USDT")
    text = "\n".join(gap.join(line[index] for index in order) for line in (COLUMNS, cells))
    slots = {slot: str(read.value) for slot, read in recognise(text, understanding).slots.items()}
    assert slots == {
        "symbol": "ETH",
        "side": "short",
        "size": "2.5",
        "size_unit": "base",
        "entry_price": "3000",
        "mark_price": "2950",
        "stated_liquidation_price": "3280.5",
        "leverage": "10",
    }

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding.numbers import read_amounts
from assistant.understanding.text import fold
from assistant.understanding.tokens import tokenise

CASES = tomllib.loads((Path(__file__).parent / "cases" / "amounts.toml").read_text("utf-8"))["amounts"]


def read(text, understanding):
    vocabulary = understanding.vocabularies["en"]
    items = read_amounts(tokenise(fold(text)), vocabulary.style, vocabulary.amount_coins)
    return [item.amount for item in items if item.amount is not None]


@pytest.mark.parametrize(("text", "expected"), CASES.items(), ids=list(CASES))
def test_an_amount_is_read_as_written(text, expected, understanding):
    found = [(amount.value, amount.unit) for amount in read(text, understanding)]
    assert found == [(Decimal(line.split()[0]), line.split()[1]) for line in expected]


@given(value=st.decimals(min_value=Decimal("0.00000001"), max_value=Decimal("99999999"), places=8))
def test_a_plain_decimal_comes_back_exactly(value, understanding):
    (amount,) = read(f"{value:f}", understanding)
    assert amount.value == value


@given(value=st.integers(min_value=1000, max_value=10**12))
def test_thousands_separators_change_nothing(value, understanding):
    (amount,) = read(f"{value:,}", understanding)
    assert amount.value == value


def test_one_separator_before_three_digits_keeps_its_other_reading(understanding):
    (amount,) = read("69.500", understanding)
    assert (amount.value, amount.grouped) == (Decimal("69.500"), Decimal(69500))


def test_digits_glued_to_unknown_letters_are_left_out_not_cut_short(understanding):
    assert read("42abc", understanding) == []

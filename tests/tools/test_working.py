"""Numbers as people read them, and equations with the numbers put in."""

from decimal import Decimal

import pytest

from assistant.tools.figures import plain, tidy
from assistant.tools.working import substituted


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("60000.000", "60000"),
        ("6E+4", "60000"),
        ("57228.915662650602", "57228.91566"),
        ("-0.0000123456789012", "-0.0000123456789"),
        ("0E-40", "0"),
        ("-0", "0"),
        ("123456789012345", "123456789000000"),
    ],
)
def test_numbers_have_ten_digits_no_exponent_and_no_idle_zeros(value, text):
    assert plain(Decimal(value)) == text
    assert str(tidy(Decimal(value))) == str(Decimal(text))


VALUES = {"q": Decimal("0.5"), "E": Decimal(60000), "M": Decimal(1500), "m": Decimal("0.004"), "PnL": Decimal(-360)}


@pytest.mark.parametrize(
    ("equation", "numbers"),
    [
        ("m", "0.004"),
        ("q E", "0.5 × 60000"),
        ("(q E - M) / (q (1 - m))", "(0.5 × 60000 - 1500) / (0.5 × (1 - 0.004))"),
        ("1 / (1 / E + M / q)", "1 / (1 / 60000 + 1500 / 0.5)"),
        ("M + PnL", "1500 + (-360)"),
        ("100 (M - E) / E", "100 × (1500 - 60000) / 60000"),
    ],
)
def test_an_equation_takes_its_numbers_and_shows_its_products(equation, numbers):
    assert substituted(equation, VALUES) == numbers


def test_a_letter_nobody_explained_is_an_error():
    with pytest.raises(KeyError):
        substituted("q E / L", VALUES)

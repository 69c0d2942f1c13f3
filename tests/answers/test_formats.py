import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import formats
from assistant.answers.formats import Style
from assistant.values import Side

ENGLISH = Style(
    thousands=",",
    decimal=".",
    date_form="{day} {month} {year}",
    months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    comma=", ",
    last=" and ",
    cents=frozenset({"USDT"}),
)
GERMAN = Style(
    thousands=".",
    decimal=",",
    date_form="{day}. {month} {year}",
    months=ENGLISH.months,
    comma=", ",
    last=" und ",
    cents=frozenset({"USDT"}),
)
NUMBERS = st.decimals(min_value=Decimal("-1e12"), max_value=Decimal("1e12"), places=9)
PRICES = st.decimals(min_value=Decimal("1e-9"), max_value=Decimal("1e9"), places=12).filter(lambda value: value > 0)


def read(text: str) -> Decimal:
    return Decimal(text.replace(",", "").rstrip("%x"))


@pytest.mark.parametrize(
    ("value", "side", "text"),
    [
        ("57228.91566", Side.LONG, "57,228.92"),
        ("57228.91566", Side.SHORT, "57,228.91"),
        ("57228.91566", None, "57,228.92"),
        ("57228.911", Side.LONG, "57,228.92"),
        ("0.00000987123456", Side.LONG, "0.00000987124"),
        ("0.00000987123456", Side.SHORT, "0.00000987123"),
        ("0.125", None, "0.125000"),
        ("2.345", None, "2.34"),
        ("2.355", None, "2.36"),
        ("60000", None, "60,000.00"),
        ("0", None, "0.00"),
    ],
)
def test_a_price_is_rounded_to_cents_or_six_digits_towards_the_earlier_liquidation(value, side, text):
    assert formats.price(Decimal(value), ENGLISH, side=side) == text


@given(PRICES)
def test_a_shown_liquidation_price_is_never_later_than_the_exact_one(value):
    assert read(formats.price(value, ENGLISH, side=Side.LONG)) >= value
    assert read(formats.price(value, ENGLISH, side=Side.SHORT)) <= value


@given(NUMBERS)
def test_a_number_as_given_keeps_every_digit(value):
    assert read(formats.exact(value, ENGLISH)) == value or len(value.normalize().as_tuple().digits) > 15


@given(NUMBERS)
def test_a_plain_number_reads_back_and_has_no_exponent(value):
    text = formats.plain(value)
    assert Decimal(text) == value
    assert set(text) <= set("-0123456789.")


@pytest.mark.parametrize(
    ("value", "told"),
    [("146.2589698", "146.26"), ("0.5263157895", "0.526316"), ("57228.91", "57228.91"), ("1e-5", "0.00001")],
)
def test_a_computed_number_in_a_sentence_is_cut_and_a_typed_one_stays(value, told):
    assert formats.brief(Decimal(value)) == Decimal(told)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("4.618473896", "4.62%"),
        ("-4.615", "-4.62%"),
        ("0.0123456", "0.0123%"),
        ("0.5025", "0.502%"),
        ("0.5", "0.50%"),
        ("0", "0.00%"),
        ("100", "100.00%"),
    ],
)
def test_a_percentage_has_two_places_and_more_when_tiny(value, text):
    assert formats.percent(Decimal(value), ENGLISH) == text


@pytest.mark.parametrize(("value", "text"), [("0.004", "0.4%"), ("0.00425", "0.425%"), ("0.05", "5%"), ("0", "0%")])
def test_a_rate_is_shown_as_the_percentage_it_is(value, text):
    assert formats.rate(Decimal(value), ENGLISH) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("1500", "USDT", "1,500.00 USDT"),
        ("0.001234", "USDT", "0.001234 USDT"),
        ("0.0250000001", "BTC", "0.025 BTC"),
        ("-3.5", "USDT", "-3.50 USDT"),
        ("1.5", "", "1.5"),
    ],
)
def test_money_has_cents_only_where_its_currency_has(value, unit, text):
    assert formats.money(Decimal(value), unit, ENGLISH) == text


def test_whole_digits_of_an_amount_are_never_dropped():
    assert formats.amount(Decimal("123456789.5"), "PEPE", ENGLISH) == "123,456,790 PEPE"
    assert formats.amount(Decimal("123456781.25"), "PEPE", ENGLISH) == "123,456,781 PEPE"


@pytest.mark.parametrize(
    ("value", "text"), [("20", "20x"), ("6.0999", "6.09x"), ("2.50", "2.5x"), ("0.12345", "0.123x")]
)
def test_a_leverage_is_cut_and_never_raised(value, text):
    assert formats.leverage(Decimal(value), ENGLISH) == text


def test_another_language_writes_its_own_signs():
    assert formats.price(Decimal("57228.915"), GERMAN) == "57.228,92"
    assert GERMAN.enumerate(["a", "b", "c"]) == "a, b und c"
    assert ENGLISH.day(date(2026, 11, 22)) == "22 Nov 2026"


@pytest.mark.parametrize("value", ["1e500", "-1e500", "1e-500", "NaN", "Infinity"])
def test_an_absurd_number_is_shown_short(value):
    assert len(formats.exact(Decimal(value), ENGLISH)) < 12


LIVE = "<>@{}[]()`*#|\\!:;\"'&=$~^"


@given(st.text(max_size=300))
def test_foreign_text_comes_out_short_and_dead(text):
    shown = formats.inert(text)
    assert 1 <= len(shown) <= 40
    assert not set(shown) & set(LIVE)
    assert all(unicodedata.category(sign)[0] in "LNMZPS" for sign in shown)
    assert "\n" not in shown
    assert "//" not in shown
    assert not shown.startswith(("- ", "+ ", "> "))


@given(st.text(max_size=60))
def test_dead_text_stays_as_it_is(text):
    shown = formats.inert(text)
    assert formats.inert(shown) == shown or "…" in shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("<b onmouseover=alert(1)>Bitfoo</b>", "b onmouseover alert 1 Bitfoo b"),
        ("@everyone", "everyone"),
        ("{{ 7*7 }}", "7 7"),
        ("[click](https://evil.example)", "click https evil example"),
        ("www.evil.com/x", "www evil com/x"),
        ("ETH/USDT", "ETH/USDT"),
        ("binance_usdm", "binance_usdm"),
        ("gate.io", "gate io"),
        ("-0.5", "-0.5"),
        ("＠here", "here"),
        ("a\u202eb\u0000c", "a b c"),
        ("\u200f", "…"),
        ("日本語", "日本語"),
    ],
)
def test_what_people_type_is_shown_without_its_teeth(typed, shown):
    assert formats.inert(typed) == shown

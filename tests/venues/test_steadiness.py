from datetime import date

from assistant.venues.steadiness import steady

MAY = (date(2025, 5, 1), date(2025, 5, 31))


def test_a_month_in_which_the_rule_changed_is_not_steady(assistant):
    assert not steady(assistant.rulebooks.find("kucoin"), None, None, *MAY)


def test_a_month_of_one_rule_is_steady(assistant):
    assert steady(assistant.rulebooks.find("kucoin"), None, None, date(2025, 6, 1), date(2025, 6, 30))


def test_days_nobody_covers_are_all_alike(assistant):
    assert steady(assistant.rulebooks.find("bybit"), "BTC", None, date(2019, 1, 1), date(2019, 12, 31))


def test_a_span_that_begins_before_the_first_table_is_not_steady(assistant):
    assert not steady(assistant.rulebooks.find("binance"), "BTC", None, date(2024, 10, 1), date(2024, 10, 31))

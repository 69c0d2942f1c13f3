from decimal import Decimal

from assistant.margin.estimate import estimated_rate, initial_half

HIGHEST = Decimal("0.005")


def test_at_low_leverage_the_highest_rate_is_assumed() -> None:
    assert estimated_rate(highest=HIGHEST, leverage=Decimal(20)) == HIGHEST


def test_at_100x_both_meet() -> None:
    assert estimated_rate(highest=HIGHEST, leverage=Decimal(100)) == HIGHEST


def test_above_it_half_of_the_initial_margin_is_assumed() -> None:
    assert estimated_rate(highest=HIGHEST, leverage=Decimal(125)) == Decimal("0.004")


def test_without_leverage_the_highest_rate_is_assumed() -> None:
    assert estimated_rate(highest=HIGHEST, leverage=None) == HIGHEST


def test_half_of_the_initial_margin_at_the_asset_s_40x() -> None:
    assert initial_half(Decimal(40)) == Decimal("0.0125")

"""The oracle by hand: prices everybody can work out."""

from decimal import Decimal

import pytest

from tests.oracle.equity import Condition, liquidation
from tests.oracle.raw import Ladder, Row


def rows(*tiers):
    """Tiers of (floor, cap, rate)."""
    return tuple(
        Row(Decimal(floor), cap and Decimal(cap), Decimal(rate), None, Decimal(0)) for floor, cap, rate in tiers
    )


def condition(**changed):
    """A linear long of one coin at 100 with 10 behind it and 1 % maintenance at the mark."""
    given = {
        "contract": "linear",
        "side": "long",
        "size": Decimal(1),
        "entry": Decimal(100),
        "start": Decimal(100),
        "margin": Decimal(10),
        "ladder": Ladder("quote_notional", "stepped", rows(("0", None, "0.01"))),
        "maintenance_at": "mark",
    }
    return Condition(**(given | changed))


def near(found, price):
    assert abs(found - Decimal(price)) < Decimal("1e-9"), found


@pytest.mark.parametrize(
    ("changed", "price"),
    [
        ({}, "90.9090909090909"),
        ({"side": "short"}, "108.910891089109"),
        ({"maintenance_at": "entry"}, "91"),
        ({"fee": Decimal("0.01"), "fee_at": "entry"}, "91.9191919191919"),
        ({"contract": "quanto"}, "90.9090909090909"),
        ({"contract": "inverse", "size": Decimal(100), "margin": Decimal("0.1")}, "91.8181818181818"),
        ({"contract": "inverse", "size": Decimal(100), "margin": Decimal("0.1"), "side": "short"}, "110"),
        ({"start": Decimal(95)}, "90.9090909090909"),
    ],
)
def test_a_price_everybody_can_work_out(changed, price):
    near(liquidation(condition(**changed)), price)


def test_slices_of_a_continuous_ladder_are_charged_at_their_own_rates():
    ladder = Ladder("quote_notional", "continuous", rows(("0", "50", "0"), ("50", None, "0.1")))
    near(liquidation(condition(ladder=ladder)), "94.4444444444444")


def test_where_a_stepped_ladder_jumps_past_the_gap_the_edge_is_the_price():
    ladder = Ladder("quote_notional", "stepped", rows(("0", "105", "0"), ("105", None, "0.5")))
    assert liquidation(condition(ladder=ladder, side="short")) == 105


def test_a_rate_that_grows_with_the_size():
    grown = Ladder("base_size", "stepped", (Row(Decimal(0), None, Decimal("0.01"), None, Decimal("0.01")),))
    near(liquidation(condition(ladder=grown)), "91.8367346938776")


def test_a_margin_that_covers_everything_leaves_no_price():
    assert liquidation(condition(margin=Decimal(100))) == "not_liquidatable"


def test_too_little_margin_is_over_at_once():
    assert liquidation(condition(margin=Decimal("0.5"))) == "beyond_maintenance"


def test_what_leaves_the_last_tier_is_not_guessed():
    ladder = Ladder("quote_notional", "stepped", rows(("0", "105", "0.01")))
    assert liquidation(condition(ladder=ladder, side="short")) == "beyond_table"

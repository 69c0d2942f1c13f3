"""A new snapshot against the last one: every reason not to believe it, and what is different."""

from datetime import date
from decimal import Decimal

import pytest

from assistant.margin.listed import ListedTier
from assistant.margin.maintenance import TierBasis
from assistant.resources import content
from assistant.venues.catalogue import load
from assistant.venues.tier_review import last_tables, review

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def book():
    return load(content("knowledge") / "venues").find("bybit_linear")


@pytest.fixture
def listed(book):
    """What is on file, as it would be read again."""
    return {
        symbol: [
            ListedTier(
                symbol=symbol,
                floor=tier.floor,
                cap=tier.cap,
                rate=tier.rate,
                amount=tier.amount,
                max_leverage=tier.max_leverage,
            )
            for tier in table.tiers
        ]
        for symbol, table in last_tables(book, DAY).items()
    }


@pytest.fixture
def seen(book):
    def seen(listed, **changes):
        return review(book, listed, **({"day": DAY, "basis": TierBasis.QUOTE_NOTIONAL} | changes))

    return seen


def ladder(*tiers):
    """Tiers of a new coin: floor, cap, rate, leverage."""
    return {
        "NEW": [
            ListedTier(
                symbol="NEW",
                floor=Decimal(floor),
                cap=None if cap is None else Decimal(cap),
                rate=Decimal(rate),
                max_leverage=Decimal(leverage),
            )
            for floor, cap, rate, leverage in tiers
        ]
    }


def test_the_same_figures_once_more_leave_no_doubt(seen, listed):
    again = seen(listed)
    assert (again.doubts, again.added, again.removed, again.changed) == ((), (), (), {})


BROKEN = {
    "gap": ((("0", "10", "0.01", "50"), ("11", "20", "0.02", "25")), "NEW: tiers: gap at 11"),
    "overlap": ((("0", "10", "0.01", "50"), ("9", "20", "0.02", "25")), "NEW: tiers: overlap at 9"),
    "falling rate": ((("0", "10", "0.02", "25"), ("10", "20", "0.01", "25")), "NEW: tiers: falling rate at 10"),
    "late start": ((("1", "10", "0.01", "50"),), "NEW: tiers: does not start at zero at 1"),
    "empty tier": ((("0", "0", "0.01", "50"),), "NEW: tiers: cap not above floor at 0"),
    "whole rate": ((("0", "10", "1", "50"),), "NEW: maintenance_margin_rate: not a fraction at 1"),
    "no rate": ((("0", "10", "0", "50"),), "NEW: tier 1: the rate is 0"),
    "no leverage": ((("0", "10", "0.01", "0"),), "NEW: tier 1: the highest leverage is 0"),
    "absurd leverage": ((("0", "10", "0.0001", "1001"),), "NEW: tier 1: the highest leverage is 1001"),
    "rate above initial": ((("0", "10", "0.03", "50"),), "NEW: tier 1: the rate 0.03 is above the initial"),
    "rising leverage": ((("0", "10", "0.01", "20"), ("10", "20", "0.02", "25")), "tier 2: the highest leverage rises"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_table_no_venue_would_publish_is_doubted(name, seen, listed):
    tiers, doubt = BROKEN[name]
    found = seen(listed | ladder(*tiers))
    assert any(one.startswith(doubt) or doubt in one for one in found.doubts), found.doubts


def test_every_doubt_is_listed_not_only_the_first(seen, listed):
    first, second = ladder(("1", "10", "0.01", "50")), ladder(("0", "10", "0", "50"))
    found = seen(listed | first | {"NEXT": second["NEW"]})
    assert len(found.doubts) == 2


@pytest.mark.parametrize(("factor", "doubted"), [("2", False), ("0.5", False), ("2.01", True), ("0.49", True)])
def test_a_rate_that_moves_too_far_is_doubted(factor, doubted, seen, listed):
    first = listed["ADA"][0]
    rate = first.rate * Decimal(factor)
    leverage = min(first.max_leverage, 1 / rate)
    moved = [ListedTier(symbol="ADA", floor=Decimal(0), cap=first.cap, rate=rate, max_leverage=leverage)]
    found = seen(listed | {"ADA": moved})
    assert bool(found.doubts) is doubted
    assert "ADA" in found.changed


@pytest.mark.parametrize(("factor", "doubted"), [("5", False), ("0.2", False), ("5.01", True), ("0.19", True)])
def test_a_cap_that_moves_too_far_is_doubted(factor, doubted, seen, listed):
    first = listed["ADA"][0]
    cap = first.cap * Decimal(factor)
    moved = [
        ListedTier(symbol="ADA", floor=Decimal(0), cap=cap, rate=first.rate, max_leverage=first.max_leverage),
    ]
    assert bool(seen(listed | {"ADA": moved}).doubts) is doubted


def test_a_symbol_that_vanishes_is_named(seen, listed):
    del listed["ADA"]
    found = seen(listed)
    assert found.removed == ("ADA",)
    assert "1 of 2 symbols are gone" in found.doubts[0]


def test_a_tenth_of_the_symbols_may_go(listed, seen):
    book = load(content("knowledge") / "venues").find("binance_usdm")
    tables = last_tables(book, DAY)
    again = {
        symbol: [
            ListedTier(symbol=symbol, floor=tier.floor, cap=tier.cap, rate=tier.rate, max_leverage=tier.max_leverage)
            for tier in table.tiers
        ]
        for symbol, table in tables.items()
    }
    few, many = sorted(tables)[: len(tables) // 10], sorted(tables)[: len(tables) // 10 + 1]
    for gone, doubted in ((few, False), (many, True)):
        left = {symbol: tiers for symbol, tiers in again.items() if symbol not in gone}
        assert bool(review(book, left, day=DAY, basis=TierBasis.QUOTE_NOTIONAL).doubts) is doubted


def test_edges_in_another_unit_are_doubted(seen, listed):
    assert "edges count base_size" in seen(listed, basis=TierBasis.BASE_SIZE).doubts[0]


def test_a_day_that_is_not_after_the_last_snapshot_is_doubted(seen, listed):
    assert "is not after it" in seen(listed, day=date(2026, 8, 5)).doubts[0]


def test_an_answer_without_symbols_is_doubted(seen):
    assert seen({}).doubts[0] == "the answer holds no tier of this product"


def test_a_snapshot_whose_tables_break_is_not_whole(seen, listed):
    assert not seen(listed | ladder(("1", "10", "0.01", "50"))).is_whole
    assert seen(listed | ladder(("0", "10", "0", "50"))).is_whole

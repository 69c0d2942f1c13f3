"""Mistakes other calculators make, each with the number it would give."""

from decimal import Decimal

import pytest

from assistant.values import Status


def close(value: Decimal | None, expected: str) -> bool:
    return value is not None and abs(value / Decimal(expected) - 1) < Decimal("1e-6")


def test_trap_1_the_tier_is_chosen_by_notional_and_not_by_margin(ask):
    trade = {"venue": "binance", "symbol": "BTC", "side": "long", "entry_price": "60000"}
    by_margin = ["57228.92", "54349.52"]
    twenty = ask("liquidation_price", **trade, size="20", leverage="20").figure("liquidation_price")
    four_hundred = ask("liquidation_price", **trade, size="400", leverage="10").figure("liquidation_price")
    assert close(twenty, "57297.4333")
    assert close(four_hundred, "54765.3061")
    assert not close(twenty, by_margin[0])
    assert not close(four_hundred, by_margin[1])


def test_trap_2_another_positions_gain_has_the_sign_of_its_own_side(ask):
    def price(side: str) -> Decimal:
        other = {
            "symbol": "ETH",
            "side": side,
            "size": "5",
            "entry_price": "3000",
            "mark_price": "3100",
            "maintenance_margin_rate": "0.01",
        }
        trade = {"margin_mode": "cross", "symbol": "BTC", "side": "long", "entry_price": "60000", "size": "1"}
        result = ask("liquidation_price", **trade, wallet_balance="12000", other_positions=[other])
        return result.figure("liquidation_price")

    assert price("short") > price("long")
    assert close(price("short") - price("long"), str(Decimal(1000) / Decimal("0.995")))


def test_trap_3_the_others_maintenance_is_taken_off(ask):
    trade = {
        "margin_mode": "cross",
        "side": "long",
        "entry_price": "100",
        "size": "1",
        "wallet_balance": "5",
        "maintenance_margin_rate": "0.004",
    }
    alone = ask("liquidation_price", **trade)
    beside = ask("liquidation_price", **trade, other_positions={"maintenance_margin": "4", "unrealized_pnl": "0"})
    assert close(alone.figure("liquidation_price"), "95.38152610")
    assert close(beside.figure("liquidation_price"), "99.39759036")


@pytest.mark.parametrize("mark", ["2900", "3000", "3500"])
def test_trap_4_margin_paired_with_the_entry_is_not_moved_by_the_mark(ask, mark):
    trade = {"side": "long", "entry_price": "3000", "size": "1", "size_unit": "base", "collateral": "300"}
    with_mark = ask("liquidation_price", **trade, mark_price=mark)
    assert close(with_mark.figure("liquidation_price"), str(Decimal(2700) / Decimal("0.995")))
    assert close(with_mark.figure("margin_balance"), str(300 + Decimal(mark) - 3000))


def test_trap_6_a_flipped_position_is_liquidated_on_its_new_side(ask):
    trade = {"contract": "inverse", "entry_price": "110000", "leverage": "2.5", "maintenance_margin_rate": "0"}
    long = ask("liquidation_price", **trade, side="long").figure("liquidation_price")
    short = ask("liquidation_price", **trade, side="short").figure("liquidation_price")
    assert close(long, "78571.428571")
    assert close(short, "183333.33333")


@pytest.mark.parametrize("tick", [{}, {"tick_size": "0.1"}])
@pytest.mark.parametrize(
    "trade",
    [
        {"side": "long", "leverage": "1"},
        {"side": "long", "leverage": "0.5"},
        {"side": "short", "leverage": "1", "contract": "inverse"},
        {"side": "long", "margin_mode": "cross", "size": "1", "wallet_balance": "200000"},
    ],
)
def test_trap_7_no_liquidation_price_is_said_and_never_a_number(ask, trade, tick):
    result = ask("liquidation_price", entry_price="60000", **trade, **tick)
    assert result.status is Status.NOT_LIQUIDATABLE
    assert result.code in ("no_positive_price", "collateral_covers")
    assert result.figure("liquidation_price") is None
    assert result.figure("distance_pct") is None


@pytest.mark.parametrize("leverage", ["0", "-10"])
def test_trap_15_a_leverage_of_zero_or_below_is_refused_and_not_computed_with(ask, leverage):
    trade = {"venue": "binance", "symbol": "BTC", "side": "long", "entry_price": "60000", "size": "1"}
    result = ask("liquidation_price", **trade, leverage=leverage)
    assert (result.status, result.code) == (Status.REFUSED, "impossible_value")
    assert (result.data["argument"], result.figures) == ("leverage", ())


def test_trap_16_a_cross_price_is_not_computable_without_the_wallet(ask):
    result = ask("liquidation_price", margin_mode="cross", side="long", entry_price="60000", size="1", leverage="20")
    assert result.status is Status.UNDERDETERMINED
    assert result.missing == ("wallet_balance",)


@pytest.mark.parametrize("leverage", ["1", "10", "20"])
def test_trap_17_maintenance_margin_does_not_scale_with_leverage(ask, leverage):
    result = ask(
        "liquidation_price",
        side="short",
        entry_price="60000",
        size="1",
        leverage=leverage,
        maintenance_margin_rate="0.025",
    )
    assert result.figure("maintenance_margin") == Decimal(1500)


@pytest.mark.parametrize("rate", ["0.2", "0.01"])
def test_trap_18_a_rate_that_takes_the_whole_margin_is_refused(ask, rate):
    result = ask("liquidation_price", side="long", entry_price="100", leverage="100", maintenance_margin_rate=rate)
    assert (result.status, result.code) == (Status.REFUSED, "rate_above_margin")
    assert not result.figures


def test_trap_18_the_same_from_margin_and_size_would_be_liquidated_at_once(ask):
    result = ask(
        "liquidation_price", side="long", entry_price="100", size="1", collateral="1", maintenance_margin_rate="0.2"
    )
    assert result.status is Status.BEYOND_MAINTENANCE
    assert result.figure("liquidation_price") is None


@pytest.mark.parametrize(("funding", "expected"), [("100", "57329.317269"), ("-100", "57128.514056")])
def test_trap_20_funding_paid_reduces_the_margin_and_funding_received_adds_to_it(ask, funding, expected):
    trade = {"venue": "binance", "symbol": "BTC", "side": "long", "entry_price": "60000", "size": "1", "leverage": "20"}
    result = ask("liquidation_price", **trade, funding_paid=funding, maintenance_margin_rate="0.004")
    assert close(result.figure("liquidation_price"), expected)

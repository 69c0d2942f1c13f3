"""What positions recorded at the venues, and the venues' own texts, say about the mistakes other programs made."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from assistant.errors import InputOutOfRange, NoRuleInForce
from assistant.margin.buffer import maintenance_at, margin_balance
from assistant.margin.display import displayed
from assistant.margin.liquidation import Liquidation, solve
from assistant.margin.quantities import to_tick
from assistant.margin.rulebook import PositionRequest, Rounding
from assistant.values import Contract, MarginMode, Side, Status
from assistant.venues.catalogue import Rulebooks

TODAY = date(2026, 11, 22)


def asked(**given: Any) -> PositionRequest:
    facts = {"symbol": "BTC", "contract": Contract.LINEAR, "side": Side.LONG} | given
    return PositionRequest(**{name: Decimal(fact) if name in NUMBERS else fact for name, fact in facts.items()})


NUMBERS = {"entry_price", "size", "leverage", "collateral", "wallet_balance", "mark_price"}
NUMBERS |= {"maintenance_margin_rate", "fee_rate", "funding_paid"}
SHIB = asked(
    symbol="SHIB",
    entry_price="0.000013841",
    size=65997400,
    collateral="184.05",
    maintenance_margin_rate="0.025",
)
GATE_CROSS = asked(
    entry_price=22322,
    size="0.0006",
    margin_mode=MarginMode.CROSS,
    wallet_balance="4.053794242903",
    mark_price="34693.88",
    maintenance_margin_rate="0.005",
)


def solved(rulebooks: Rulebooks, identity: str, request: PositionRequest, day: date) -> Liquidation:
    terms = rulebooks.terms(rulebooks.get(identity), request, day)
    return solve(request.position(), terms, start_price=request.mark_price)


def price(rulebooks: Rulebooks, identity: str, request: PositionRequest, day: date) -> Decimal:
    found = solved(rulebooks, identity, request, day).price
    assert found is not None
    return found


def test_trap_5_gate_s_highest_tier_would_put_a_long_s_price_above_entry(rulebooks: Rulebooks) -> None:
    day = date(2022, 8, 25)
    assert abs(price(rulebooks, "gate_linear", SHIB, day) - Decimal("0.000011344")) < Decimal("1e-9")
    highest = replace(SHIB, maintenance_margin_rate=Decimal("0.25"))
    found = solved(rulebooks, "gate_linear", highest, day)
    assert (found.price, found.status) == (None, Status.BEYOND_MAINTENANCE)


@pytest.mark.parametrize(
    ("identity", "spelling"),
    [
        ("okx_swap", "an empty field"),
        ("okx_inverse", "an empty field"),
        ("bybit_linear", "an empty field"),
        ("bybit_inverse", "an empty field"),
        ("bitget_linear", "a negative number"),
        ("gate_linear", "99999999"),
        ("kucoin_inverse", "1000000.0"),
        ("htx_linear", "a negative number"),
    ],
)
def test_trap_7_how_a_venue_spells_no_price_is_data(rulebooks: Rulebooks, identity: str, spelling: str) -> None:
    display = rulebooks.get(identity).display
    assert display is not None and spelling in display.none


def test_trap_7_a_recorded_price_of_0_means_none(rulebooks: Rulebooks) -> None:
    covered = asked(
        symbol="LTC",
        entry_price="90.22",
        size="0.2",
        margin_mode=MarginMode.CROSS,
        wallet_balance="36.61700759895",
        mark_price="95.06",
        maintenance_margin_rate="0.01",
    )
    found = solved(rulebooks, "gate_linear", covered, date(2023, 5, 25))
    assert (found.price, found.reason) == (None, "no_positive_price")


def test_trap_8_kucoin_s_rule_changed_under_its_name(rulebooks: Rulebooks) -> None:
    short = asked(side=Side.SHORT, entry_price=28000, size="0.005", leverage=100, maintenance_margin_rate="0.004")
    before, after = date(2025, 5, 21), date(2025, 5, 22)
    assert price(rulebooks, "kucoin_linear", short, before) == 28168
    assert 28168 - price(rulebooks, "kucoin_linear", short, after) > 17


def test_trap_8_bitget_s_tiers_changed_under_their_rates(rulebooks: Rulebooks) -> None:
    three = asked(entry_price=110000, size=3, leverage=20)
    found = {}
    for day in (date(2025, 11, 9), date(2025, 11, 11)):
        terms = rulebooks.terms(rulebooks.get("bitget_linear"), three, day)
        found[day.day] = maintenance_at(three.position(), terms, Decimal(110000))
    assert found == {9: 1650, 11: 1450}
    with pytest.raises(NoRuleInForce):
        rulebooks.terms(rulebooks.get("bitget_linear"), three, date(2025, 11, 10))


def test_the_newer_tiers_of_bitget_are_seamless(rulebooks: Rulebooks) -> None:
    for symbol in ("BTC", "ETH", "SOL"):
        table = rulebooks.get("bitget_linear").tiers_on(symbol, TODAY)
        assert table is not None
        for below, above in pairwise(table.tiers):
            assert above.floor * below.rate - below.amount == above.floor * above.rate - above.amount


@pytest.mark.parametrize(
    ("identity", "day", "request_", "recorded", "on_grid"),
    [
        (
            "okx_swap",
            date(2026, 3, 10),
            asked(
                symbol="BIGTIME",
                entry_price="0.01305",
                size=6130,
                collateral="9.9995625",
                maintenance_margin_rate="0.02",
            ),
            "0.0116677335375191",
            "0.01167",
        ),
        (
            "okx_inverse",
            date(2021, 11, 10),
            asked(
                symbol="ETH",
                contract=Contract.INVERSE,
                side=Side.SHORT,
                entry_price="4778.8384462538659751",
                size=93740,
                collateral="11.2907226596551759",
                maintenance_margin_rate="0.005",
            ),
            "11198.22376279407",
            "11198.22",
        ),
    ],
    ids=["linear long", "inverse short"],
)
def test_trap_9_okx_shows_isolated_prices_one_step_nearer_to_entry(
    rulebooks: Rulebooks, identity: str, day: date, request_: PositionRequest, recorded: str, on_grid: str
) -> None:
    book = rulebooks.get(identity)
    tick, display = book.tick_on(request_.symbol, day), book.display
    assert tick is not None and display is not None
    found = price(rulebooks, identity, request_, day)
    nearer = found + request_.side.sign * display.nearer_ticks * tick.size
    assert abs(nearer - Decimal(recorded)) < Decimal("1e-11")
    shown = displayed(found, display, tick=tick.size, side=request_.side, margin_mode=MarginMode.ISOLATED)
    assert shown == Decimal(on_grid)
    across = displayed(found, display, tick=tick.size, side=request_.side, margin_mode=MarginMode.CROSS)
    assert abs(shown - across) == tick.size


def test_trap_10_kucoin_rounds_a_short_s_price_down(rulebooks: Rulebooks) -> None:
    assert to_tick(Decimal("1.62396"), Decimal("0.0001"), Side.SHORT) == Decimal("1.6239")
    shown = {one: rulebooks.get(one).display for one in ("kucoin_linear", "gate_linear", "bybit_linear")}
    assert all(display is not None and display.rounding is Rounding.EARLIER for display in shown.values())


def test_trap_10_a_recorded_long_is_rounded_up_to_the_venue_s_step(rulebooks: Rulebooks) -> None:
    day = date(2023, 5, 13)
    long = asked(
        entry_price=26821, size="0.001", collateral="5.3642", funding_paid="0.0026821", maintenance_margin_rate="0.004"
    )
    book = rulebooks.get("kucoin_linear")
    tick, found = book.tick_on("XBTUSDTM", day), price(rulebooks, "kucoin_linear", long, day)
    assert tick is not None and book.display is not None and 21566 < found < 21567
    assert displayed(found, book.display, tick=tick.size, side=Side.LONG, margin_mode=MarginMode.ISOLATED) == 21567


@pytest.mark.parametrize(
    ("identity", "fee"), [("okx_swap", "0.0005"), ("gate_linear", "0.00075"), ("bitget_linear", "0.0006")]
)
def test_trap_11_the_taker_fee_counts_at_okx_gate_and_bitget(rulebooks: Rulebooks, identity: str, fee: str) -> None:
    long = asked(entry_price=60000, size="0.5", leverage=20, maintenance_margin_rate="0.004")
    right = 57000 / (Decimal("0.996") - Decimal(fee))
    assert abs(price(rulebooks, identity, long, TODAY) - right) < Decimal("1e-20")


def test_trap_12_kucoin_took_maintenance_at_entry_and_takes_it_at_the_mark(rulebooks: Rulebooks) -> None:
    long = asked(entry_price=60000, size=1, leverage=20, maintenance_margin_rate="0.004")
    book = rulebooks.get("kucoin_linear")
    at = {
        day: maintenance_at(long.position(), rulebooks.terms(book, long, day), Decimal(50000))
        for day in (date(2025, 5, 21), TODAY)
    }
    assert list(at.values()) == [240, 200]


def test_trap_13_htx_s_ratio_takes_the_factor_off_equity_over_used_margin(rulebooks: Rulebooks) -> None:
    factor, leverage, frozen = Decimal("0.075"), 10, Decimal("12.73")
    long = asked(
        entry_price=13068,
        size="0.001",
        leverage=leverage,
        collateral="99.74983164",
        maintenance_margin_rate=factor / leverage,
    )
    terms, mark = rulebooks.terms(rulebooks.get("htx_linear"), long, TODAY), Decimal("13069.9")
    used = maintenance_at(long.position(), terms, mark) / factor
    assert used == Decimal("1.30699")
    ratio = margin_balance(long.position(), terms, mark) / (used + frozen) - factor
    assert abs(ratio - Decimal("7.0313477027482385")) < Decimal("1e-15")


def test_trap_13_htx_s_rate_belongs_to_one_chosen_leverage(rulebooks: Rulebooks) -> None:
    day, book = date(2020, 10, 26), rulebooks.get("htx_linear")
    at_125 = book.tiers_on("BTC", day, Decimal(125))
    assert at_125 is not None
    assert [tier.rate * 125 for tier in at_125.tiers] == [Decimal("0.65"), Decimal("0.8"), Decimal("0.85")]
    with pytest.raises(InputOutOfRange) as error:
        book.tiers_on("BTC", day, Decimal(10))
    assert error.value.data["reason"] == "no_table_for_leverage"


def test_trap_14_six_gate_contracts_are_six_times_its_multiplier(rulebooks: Rulebooks) -> None:
    day = date(2023, 6, 18)
    held = rulebooks.get("gate_linear").contract_size_on("BTC_USDT", day)
    assert held is not None
    position = replace(GATE_CROSS, size=6 * held.size).position()
    assert position.notional(Decimal("34693.88")) == Decimal("20.816328")


def test_trap_15_gate_s_leverage_of_0_is_cross(rulebooks: Rulebooks) -> None:
    found = price(rulebooks, "gate_linear", GATE_CROSS, date(2023, 6, 18))
    assert to_tick(found, Decimal("0.1"), Side.LONG) == Decimal("15655.7")
    with pytest.raises(InputOutOfRange):
        replace(GATE_CROSS, margin_mode=MarginMode.ISOLATED, leverage=Decimal(0))

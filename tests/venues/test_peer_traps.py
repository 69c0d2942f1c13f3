"""More mistakes other programs made, on the venues they concern: spellings, ticks, bases, coins, accounts, samples."""

import tomllib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assistant.margin.bankruptcy import bankruptcy_price
from assistant.margin.display import displayed, on_value_step
from assistant.margin.liquidation import Liquidation, solve
from assistant.margin.quantities import to_tick
from assistant.margin.rulebook import PositionRequest, Rulebook
from assistant.values import Contract, MarginMode, Side, Status
from assistant.venues.catalogue import Rulebooks

TODAY = date(2026, 11, 22)
CENT = Decimal("0.005")
CASES = Path(__file__).parent / "cases"


def asked(**given: Any) -> PositionRequest:
    facts = {"symbol": "BTC", "contract": Contract.LINEAR, "side": Side.LONG, "entry_price": 60000} | given
    return PositionRequest(**{name: Decimal(fact) if isinstance(fact, int) else fact for name, fact in facts.items()})


def of_book(book: Rulebook, **given: Any) -> PositionRequest:
    """A request any rulebook answers: a listed coin, or a stated rate where the rulebook lists none."""
    listed = sorted(symbol for block in book.tables if block.covers(TODAY) for symbol in block.tables)
    rate = None if listed or book.assumed_rate is not None else Decimal("0.01")
    symbol = "BTC" if not listed or "BTC" in listed else listed[0]
    size = {Contract.LINEAR: 1, Contract.INVERSE: 60000, Contract.QUANTO: Decimal("0.0001")}[book.contract]
    facts = {"contract": book.contract, "symbol": symbol, "size": size, "maintenance_margin_rate": rate}
    return asked(**(facts | given))


def solved(rulebooks: Rulebooks, identity: str, request: PositionRequest) -> Liquidation:
    return solve(
        request.position(),
        rulebooks.terms(rulebooks.get(identity), request, TODAY),
        start_price=request.mark_price,
    )


def price(rulebooks: Rulebooks, identity: str, request: PositionRequest) -> Decimal:
    found = solved(rulebooks, identity, request)
    assert found.price is not None, (identity, found.status)
    return found.price


def test_trap_7_no_rulebook_spells_a_missing_price_as_a_number(rulebooks: Rulebooks) -> None:
    for book in rulebooks:
        side = Side.SHORT if book.contract is Contract.INVERSE else Side.LONG
        request = of_book(book, side=side)
        covered = 2 * request.position().notional(request.entry_price)
        found = solved(rulebooks, book.id, replace(request, collateral=covered))
        assert (found.price, found.status) == (None, Status.NOT_LIQUIDATABLE), book.id


def test_trap_7_where_bitmex_writes_a_hundred_million_there_is_no_price(rulebooks: Rulebooks) -> None:
    display = rulebooks.get("bitmex_inverse").display
    short = asked(contract=Contract.INVERSE, side=Side.SHORT, entry_price=7770, size=100, collateral=1)
    assert display is not None and display.none == "100000000"
    assert solved(rulebooks, "bitmex_inverse", short).price is None


@pytest.mark.parametrize(
    ("exact", "tick", "side", "shown"),
    [
        ("1.62396", "0.0001", Side.SHORT, "1.6239"),
        ("6968.86", "0.5", Side.SHORT, "6968.5"),
        ("3607.69", "1", Side.LONG, "3608"),
        ("3598.68", "1", Side.LONG, "3599"),
        ("0.0175544", "0.000001", Side.SHORT, "0.017554"),
    ],
)
def test_trap_10_a_tick_is_rounded_towards_the_earlier_liquidation(
    exact: str, tick: str, side: Side, shown: str
) -> None:
    assert to_tick(Decimal(exact), Decimal(tick), side) == Decimal(shown)


@pytest.mark.parametrize(
    ("day", "size", "entry", "leverage", "liquidation", "bankrupt"),
    [
        (date(2018, 8, 27), 500, "6724.94956287827841", 25, "6968.5", "7004.5"),
        (date(2019, 7, 20), 10, "10948.1059776658638", 10, "12096", "12163.5"),
    ],
)
def test_trap_10_bitmex_rounds_the_satoshis_of_a_contract_and_then_the_tick(
    rulebooks: Rulebooks, day: date, size: int, entry: str, leverage: int, liquidation: str, bankrupt: str
) -> None:
    book = rulebooks.get("bitmex_inverse")
    facts = {"contract": Contract.INVERSE, "side": Side.SHORT, "symbol": "XBT", "entry_price": Decimal(entry)}
    request = asked(**facts, size=size, leverage=leverage, maintenance_margin_rate=Decimal("0.005"))
    terms, tick, held = rulebooks.terms(book, request, day), book.tick_on("XBT", day), book.contract_size_on("XBT", day)
    assert tick is not None and held is not None and book.display is not None and book.display.value_step is not None
    one = replace(request.position(), size=held.size)
    shown = []
    for exact in (solve(request.position(), terms).price, bankruptcy_price(request.position(), terms.margin)):
        assert exact is not None
        stepped = on_value_step(exact, one, book.display.value_step)
        assert stepped is not None
        shown.append(displayed(stepped, book.display, tick=tick.size, side=Side.SHORT, margin_mode=MarginMode.ISOLATED))
    assert shown == [Decimal(liquidation), Decimal(bankrupt)]


def test_trap_10_what_bitmex_shows_today_is_not_known_and_not_told(rulebooks: Rulebooks) -> None:
    assert rulebooks.get("bitmex_inverse").tick_on("XBT", TODAY) is None


@pytest.mark.parametrize(
    ("identity", "contract", "right", "wrong"),
    [
        ("bitmex_inverse", Contract.INVERSE, "57416.27", "57428.57"),
        ("bitmex_linear", Contract.LINEAR, "57300", "57286.43"),
        ("gmx_v2", Contract.LINEAR, "57336", "57321.00"),
        ("kraken_inverse", Contract.INVERSE, "57714.29", "57692.31"),
    ],
)
def test_trap_12_maintenance_is_taken_at_entry_where_the_venue_takes_it_there(
    rulebooks: Rulebooks, identity: str, contract: Contract, right: str, wrong: str
) -> None:
    size = 30000 if contract is Contract.INVERSE else Decimal("0.5")
    found = price(rulebooks, identity, asked(contract=contract, size=size, leverage=20))
    assert abs(found - Decimal(right)) <= CENT
    assert abs(found - Decimal(wrong)) > 10


def test_trap_19_collateral_in_the_coin_moves_with_the_price_that_is_solved(rulebooks: Rulebooks) -> None:
    position = {"symbol": "ETH", "entry_price": 3000, "size": 1}
    in_money = price(rulebooks, "gmx_v2", asked(**position, collateral=300))
    in_coin = price(rulebooks, "gmx_v2", asked(**position, coin_collateral=Decimal("0.1")))
    assert abs(in_money - Decimal("2716.80")) <= CENT
    assert abs(in_coin - Decimal("2742.55")) <= CENT


def test_trap_19_the_small_position_needs_the_minimum_and_not_the_factor(rulebooks: Rulebooks) -> None:
    small = {"symbol": "ETH", "entry_price": 2000, "collateral": 10}
    assert price(rulebooks, "gmx_v2", asked(**small, size=Decimal("0.05"))) == Decimal("1821.2")
    large = {"symbol": "ETH", "entry_price": 2000, "collateral": 1000}
    assert price(rulebooks, "gmx_v2", asked(**large, size=5)) == Decimal("1811.2")


def test_trap_20_funding_and_borrow_fees_paid_bring_the_price_nearer_and_received_ones_take_it_away(
    rulebooks: Rulebooks,
) -> None:
    for book in rulebooks:
        plain = of_book(book)
        value = plain.position().notional(plain.entry_price)
        plain = replace(plain, collateral=value / 5)
        for side in Side:
            paid, none, got = (
                price(rulebooks, book.id, replace(plain, side=side, funding_paid=share * value))
                for share in (Decimal("0.01"), Decimal(0), Decimal("-0.01"))
            )
            assert side.sign * (paid - none) > 0, book.id
            assert side.sign * (none - got) > 0, book.id


def test_trap_20_hundred_dollars_of_borrow_fees_are_a_hundred_dollars_of_price(rulebooks: Rulebooks) -> None:
    plain = asked(size=1, collateral=6000)
    after = replace(plain, funding_paid=Decimal(100))
    assert price(rulebooks, "gmx_v2", after) - price(rulebooks, "gmx_v2", plain) == 100


def test_trap_22_an_account_that_lives_on_this_position_s_profit_keeps_the_right_sign(rulebooks: Rulebooks) -> None:
    account = {"size": 1, "margin_mode": MarginMode.CROSS, "wallet_balance": 1000, "other_maintenance_margin": 5000}
    long = price(rulebooks, "generic", asked(**account, mark_price=70000))
    assert abs(long - Decimal(64000) / Decimal("0.995")) <= CENT
    assert 60000 < long < 70000
    short = price(rulebooks, "generic", asked(**account, side=Side.SHORT, mark_price=50000))
    assert abs(short - Decimal(56000) / Decimal("1.005")) <= CENT
    assert 50000 < short < 60000


def test_trap_22_without_that_profit_such_an_account_is_past_its_maintenance(rulebooks: Rulebooks) -> None:
    account = {"size": 1, "margin_mode": MarginMode.CROSS, "wallet_balance": 1000, "other_maintenance_margin": 5000}
    found = solved(rulebooks, "generic", asked(**account))
    assert (found.price, found.status) == (None, Status.BEYOND_MAINTENANCE)


def test_trap_22_an_isolated_position_does_not_see_the_account(rulebooks: Rulebooks) -> None:
    alone = asked(size=1, leverage=20)
    beside = replace(alone, wallet_balance=Decimal(58000), other_maintenance_margin=Decimal(5000))
    assert price(rulebooks, "generic", beside) == price(rulebooks, "generic", alone)


def test_trap_23_a_published_sample_that_contradicts_itself_is_never_an_oracle() -> None:
    doubtful = [
        case
        for file in sorted(CASES.glob("*.toml"))
        for case in tomllib.loads(file.read_text(encoding="utf-8"))["cases"]
        if "reproduce" in case["kind"]
    ]
    assert len(doubtful) >= 2
    for case in doubtful:
        assert case["note"] and case["never"], case["name"]
        assert not set(case["never"].items()) & set(case["expect"].items()), case["name"]

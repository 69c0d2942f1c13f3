"""The mistakes other programs made, one test each; the numbers are the ones they gave and the ones they should have."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from assistant.errors import InputOutOfRange, NoRuleInForce
from assistant.margin.buffer import maintenance_at, margin_balance
from assistant.margin.cross import OtherPosition, sums
from assistant.margin.liquidation import Liquidation, Terms, solve
from assistant.margin.maintenance import Joins, MaintenanceBasis, flat_table
from assistant.margin.position import Position
from assistant.margin.quantities import ZERO
from assistant.margin.rulebook import PositionRequest, Rulebook
from assistant.values import Contract, MarginMode, Side, Status
from assistant.venues.catalogue import Rulebooks

TODAY = date(2026, 11, 22)
CENT = Decimal("0.005")


def request(**given: Any) -> PositionRequest:
    facts = {"symbol": "BTC", "contract": Contract.LINEAR, "side": Side.LONG, "entry_price": 60000} | given
    return PositionRequest(**{name: Decimal(fact) if isinstance(fact, int) else fact for name, fact in facts.items()})


def solved(rulebooks: Rulebooks, identity: str, asked: PositionRequest, day: date = TODAY) -> Liquidation:
    return solve(asked.position(), rulebooks.terms(rulebooks.get(identity), asked, day))


def price(rulebooks: Rulebooks, identity: str, asked: PositionRequest, day: date = TODAY) -> Decimal:
    found = solved(rulebooks, identity, asked, day).price
    assert found is not None
    return found


def listed(book: Rulebook) -> str:
    """A coin the rulebook has rates for today: BTC, else the first of its newest table."""
    tables = [block.tables for block in book.tables if block.covers(TODAY)]
    return "BTC" if not tables or any("BTC" in coins for coins in tables) else min(tables[-1])


def in_profit_elsewhere(side: Side, mark: int) -> Decimal:
    position = Position(contract=Contract.LINEAR, side=side, size=Decimal(10), entry_price=Decimal(3000))
    other = OtherPosition(position=position, mark_price=Decimal(mark), tiers=flat_table(ZERO))
    return sums([other]).unrealized_pnl


@pytest.mark.parametrize(
    ("size", "leverage", "theirs", "right"),
    [(20, 20, "57228.92", "57297.43"), (400, 10, "54349.52", "54765.31")],
)
def test_trap_1_the_tier_is_looked_up_by_notional_not_by_margin(
    rulebooks: Rulebooks, size: int, leverage: int, theirs: str, right: str
) -> None:
    found = price(rulebooks, "binance_usdm", request(size=size, leverage=leverage))
    assert abs(found - Decimal(right)) <= CENT
    assert found > Decimal(theirs)


def test_trap_2_a_short_elsewhere_in_the_account_counts_with_its_own_sign(rulebooks: Rulebooks) -> None:
    account = {"size": 1, "margin_mode": MarginMode.CROSS, "wallet_balance": 12000}
    prices = [
        price(rulebooks, "binance_usdm", request(**account, other_unrealized_pnl=in_profit_elsewhere(side, 3100)))
        for side in (Side.LONG, Side.SHORT)
    ]
    assert prices[0] < prices[1]
    assert abs(prices[1] - prices[0] - Decimal(2000) / Decimal("0.996")) <= CENT


def test_trap_3_the_other_positions_maintenance_margin_is_not_free(rulebooks: Rulebooks) -> None:
    account = {
        "entry_price": 100,
        "size": 1,
        "margin_mode": MarginMode.CROSS,
        "wallet_balance": 5,
        "maintenance_margin_rate": Decimal("0.004"),
    }
    alone = price(rulebooks, "generic", request(**account))
    beside = price(rulebooks, "generic", request(**account, other_maintenance_margin=4))
    assert (abs(alone - Decimal("95.38")) <= CENT, abs(beside - Decimal("99.40")) <= CENT) == (True, True)


def test_trap_4_margin_taken_at_the_mark_is_never_paired_with_the_entry_price(rulebooks: Rulebooks) -> None:
    mark, rate = Decimal(50000), Decimal("0.004")
    at_entry = request(size=1, collateral=15000, maintenance_margin_rate=rate)
    with_pnl = margin_balance(
        at_entry.position(), rulebooks.terms(rulebooks.get("binance_usdm"), at_entry, TODAY), mark
    )
    at_mark = request(entry_price=mark, size=1, collateral=with_pnl, maintenance_margin_rate=rate)
    mixed = request(size=1, collateral=with_pnl, maintenance_margin_rate=rate)
    right = price(rulebooks, "binance_usdm", at_entry)
    assert with_pnl == 5000
    assert price(rulebooks, "binance_usdm", at_mark) == right
    assert price(rulebooks, "binance_usdm", mixed) - right > 10000


def test_trap_5_a_small_position_never_gets_the_highest_tier(rulebooks: Rulebooks) -> None:
    looked_at = 0
    for book in rulebooks:
        for block in (block for block in book.tables if block.covers(TODAY) and book.contract is Contract.LINEAR):
            for symbol, table in block.tables.items():
                if len(table.tiers) > 1:
                    looked_at += 1
                    asked = request(symbol=symbol, size=table.tiers[1].floor / 120000, leverage=2)
                    found = solved(rulebooks, book.id, asked)
                    assert found.tier == rulebooks.terms(book, asked, TODAY).tiers.tiers[0], (book.id, symbol)
    assert looked_at > 70


def test_trap_5_a_rate_of_the_highest_tier_would_put_the_price_above_entry(rulebooks: Rulebooks) -> None:
    shib = request(symbol="SHIB", entry_price=Decimal("0.00002"), size=Decimal(50_000_000), leverage=5)
    table = rulebooks.get("binance_usdm").tiers_on("SHIB", TODAY)
    assert table is not None
    right = price(rulebooks, "binance_usdm", shib)
    highest = solved(rulebooks, "binance_usdm", replace(shib, maintenance_margin_rate=table.tiers[-1].rate))
    assert right < shib.entry_price
    assert (highest.price, highest.status) == (None, Status.BEYOND_MAINTENANCE)


def test_trap_6_after_a_flip_the_new_side_s_price_is_given() -> None:
    prices = {}
    for side in Side:
        position = Position(contract=Contract.INVERSE, side=side, size=Decimal(110000), entry_price=Decimal(110000))
        terms = Terms(margin=Decimal("0.4"), fee_rate=ZERO, basis=MaintenanceBasis.MARK, tiers=flat_table(ZERO))
        found = solve(position, terms).price
        prices[side] = None if found is None else int(found)
    assert prices == {Side.LONG: 78571, Side.SHORT: 183333}


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (request(size=1, collateral=60000), "no_positive_price"),
        (request(size=1, collateral=90000), "no_positive_price"),
        (request(contract=Contract.INVERSE, side=Side.SHORT, size=60000, leverage=1), "collateral_covers"),
        (request(contract=Contract.INVERSE, side=Side.SHORT, size=60000, collateral=2), "collateral_covers"),
    ],
)
def test_trap_7_no_liquidation_price_is_said_and_never_spelled_as_a_number(
    rulebooks: Rulebooks, asked: PositionRequest, reason: str
) -> None:
    found = solved(rulebooks, "generic", asked)
    assert (found.price, found.status, found.reason) == (None, Status.NOT_LIQUIDATABLE, reason)


def test_trap_7_a_venue_s_spelling_of_no_price_is_data_and_no_number(rulebooks: Rulebooks) -> None:
    shown = {book.id: book.display.none for book in rulebooks if book.display is not None}
    assert shown["binance_usdm"] == shown["binance_coinm"] == "--"


@pytest.mark.parametrize("day", [date(2025, 9, 2), date(2025, 12, 31), date(2026, 5, 26)])
def test_trap_8_between_two_rules_of_one_name_neither_is_taken(rulebooks: Rulebooks, day: date) -> None:
    asked = request(size=1, leverage=50, maintenance_margin_rate=Decimal("0.005"))
    with pytest.raises(NoRuleInForce):
        rulebooks.terms(rulebooks.get("bybit_linear"), asked, day)


def test_trap_8_a_rule_that_is_gone_does_not_answer_for_today(rulebooks: Rulebooks) -> None:
    asked = request(size=1, leverage=20, maintenance_margin_rate=Decimal("0.005"))
    older = 60000 * (1 - Decimal("0.05") + Decimal("0.005"))
    found = {book: price(rulebooks, book, asked) for book in ("bybit_linear", "coinex_linear")}
    assert all(older - one > 10 for one in found.values())
    assert price(rulebooks, "bybit_linear", asked, date(2025, 5, 6)) == older


@pytest.mark.parametrize(
    ("identity", "fee"),
    [
        ("binance_usdm", "0"),
        ("hyperliquid", "0"),
        ("dydx_v4", "0"),
        ("bybit_linear", "0"),
        ("coinex_linear", "0"),
        ("generic", "0"),
        ("okx_swap", "0.0005"),
        ("bingx_linear", "0.0005"),
        ("blofin_linear", "0.0006"),
    ],
)
def test_trap_11_the_closing_fee_counts_only_where_the_venue_counts_it(
    rulebooks: Rulebooks, identity: str, fee: str
) -> None:
    asked = request(size=1, leverage=20, maintenance_margin_rate=Decimal("0.004"))
    right = 60000 * Decimal("0.95") / (1 - Decimal("0.004") - Decimal(fee))
    assert abs(price(rulebooks, identity, asked) - right) <= Decimal("1e-20")


def test_trap_11_a_fee_that_is_posted_with_the_margin_moves_the_price_back(rulebooks: Rulebooks) -> None:
    asked = request(size=1, leverage=20, maintenance_margin_rate=Decimal("0.004"))
    found = price(rulebooks, "phemex_linear", asked)
    assert abs(found - (57000 - Decimal("34.2")) / Decimal("0.9954")) <= Decimal("1e-20")


def test_trap_12_maintenance_is_taken_where_the_venue_of_that_day_takes_it(rulebooks: Rulebooks) -> None:
    asked = request(entry_price=20000, size=1, leverage=50, maintenance_margin_rate=Decimal("0.005"))
    assert price(rulebooks, "bybit_linear", asked, date(2025, 5, 6)) == 19700
    assert abs(price(rulebooks, "bybit_linear", asked) - Decimal("19698.49")) <= CENT


@pytest.mark.parametrize(("symbol", "size"), [("BTC", 100), ("ETH", 10), ("DOGE", 10)])
def test_trap_14_a_contract_holds_what_the_venue_says_coin_by_coin(
    rulebooks: Rulebooks, symbol: str, size: int
) -> None:
    held = rulebooks.get("binance_coinm").contract_size_on(symbol, TODAY)
    assert held is not None and held.size == size


def test_trap_14_coin_margined_brackets_count_coins_and_not_dollars(rulebooks: Rulebooks) -> None:
    found = {}
    for entry in (20000, 80000):
        asked = request(contract=Contract.INVERSE, size=400_000, entry_price=entry, leverage=2)
        found[entry] = rulebooks.terms(rulebooks.get("binance_coinm"), asked, TODAY).tier_at(
            asked.position(), asked.entry_price
        )
    assert [(tier.floor, tier.rate) for tier in found.values()] == [(10, Decimal("0.01")), (0, Decimal("0.004"))]


@pytest.mark.parametrize("leverage", [0, -10])
def test_trap_15_a_leverage_of_zero_or_below_is_no_isolated_leverage(leverage: int) -> None:
    with pytest.raises(InputOutOfRange) as error:
        request(size=1, leverage=leverage)
    assert (error.value.data["argument"], error.value.data["reason"]) == ("leverage", "not_positive")


def test_trap_16_a_position_alone_gives_no_cross_price(rulebooks: Rulebooks) -> None:
    asked = request(size=1, leverage=20, margin_mode=MarginMode.CROSS, maintenance_margin_rate=Decimal("0.004"))
    for book in rulebooks:
        if MarginMode.CROSS in book.modes and Contract.LINEAR in book.contracts:
            with pytest.raises(InputOutOfRange) as error:
                rulebooks.terms(book, asked, TODAY)
            assert error.value.data["argument"] == "wallet_balance", book.id


def test_trap_17_maintenance_margin_does_not_scale_with_the_user_s_leverage(rulebooks: Rulebooks) -> None:
    for book in rulebooks:
        contract = book.contract
        size = {Contract.LINEAR: 1, Contract.INVERSE: 60000, Contract.QUANTO: Decimal("0.0001")}[contract]
        listed = sorted(symbol for block in book.tables if block.covers(TODAY) for symbol in block.tables)
        rate = None if listed or book.assumed_rate else Decimal("0.01")
        coin = {"symbol": "BTC" if not listed or "BTC" in listed else listed[0], "maintenance_margin_rate": rate}
        found = set()
        for leverage in (2, 5, 10, 20):
            asked = request(contract=contract, size=size, leverage=leverage, **coin)
            terms = rulebooks.terms(book, asked, TODAY)
            found.add(maintenance_at(asked.position(), terms, asked.entry_price))
        assert len(found) == 1, book.id


@pytest.mark.parametrize("side", list(Side))
def test_trap_18_a_rate_above_the_initial_margin_gives_no_price_on_the_wrong_side(
    rulebooks: Rulebooks, side: Side
) -> None:
    asked = request(side=side, size=1, leverage=100, maintenance_margin_rate=Decimal("0.2"))
    for book in rulebooks:
        if Contract.LINEAR in book.contracts:
            found = solved(rulebooks, book.id, asked)
            assert (found.price, found.status) == (None, Status.BEYOND_MAINTENANCE), book.id


@pytest.mark.parametrize("funding", [Decimal("0.01"), Decimal("-0.01")])
def test_trap_20_funding_paid_comes_off_the_margin_and_funding_received_adds_to_it(
    rulebooks: Rulebooks, funding: Decimal
) -> None:
    for book in rulebooks:
        inverse = book.contract is Contract.INVERSE
        asked = request(
            symbol=listed(book),
            contract=book.contract,
            side=Side.LONG,
            size=60000 if inverse else 1,
            leverage=5,
            margin_mode=book.modes[0],
            wallet_balance=Decimal("0.2") if inverse else 12000,
        )
        paid = funding * asked.position().notional(asked.entry_price)
        before, after = (price(rulebooks, book.id, one) for one in (asked, replace(asked, funding_paid=paid)))
        assert (after > before) is (funding > 0), book.id
        terms = [rulebooks.terms(book, one, TODAY).margin for one in (asked, replace(asked, funding_paid=paid))]
        assert terms[0] - terms[1] == paid, book.id


@pytest.mark.parametrize("identity", ["binance_usdm", "bybit_linear", "hyperliquid"])
def test_trap_21_in_isolated_each_leg_of_a_hedge_keeps_a_price_of_its_own(rulebooks: Rulebooks, identity: str) -> None:
    long = price(rulebooks, identity, request(size=1, leverage=10))
    short = price(rulebooks, identity, request(side=Side.SHORT, size=2, leverage=10))
    assert long < 60000 < short


def test_trap_24_the_tier_is_that_of_the_notional_at_the_liquidation_price(rulebooks: Rulebooks) -> None:
    asked = request(contract=Contract.INVERSE, size=10_000_000, entry_price=45000, collateral=101)
    table = rulebooks.get("binance_coinm").tiers_on("BTC", TODAY)
    found = solved(rulebooks, "binance_coinm", asked)
    assert table is not None and found.price is not None
    at_entry, at_price = (table.at(asked.position().notional(where)) for where in (asked.entry_price, found.price))
    assert (at_entry.floor, at_price.floor, found.tier) == (200, 200, at_price)
    bigger = request(size=100, leverage=4)
    outgrown = solved(rulebooks, "binance_usdm", bigger)
    assert outgrown.price is not None
    assert outgrown.tier.floor < bigger.position().notional(bigger.entry_price)
    assert outgrown.tier.floor <= bigger.position().notional(outgrown.price) <= (outgrown.tier.cap or 0)


def test_trap_24_the_maintenance_margin_is_continuous_across_every_published_edge(rulebooks: Rulebooks) -> None:
    joins = 0
    for book in rulebooks:
        for table in (table for block in book.tables for table in block.tables.values()):
            if table.joins is Joins.CONTINUOUS:
                for below, above in pairwise(table.tiers):
                    joins += 1
                    needed = [above.floor * tier.rate - tier.amount for tier in (below, above)]
                    assert abs(needed[0] - needed[1]) <= Decimal("1e-20")
    assert joins > 1000

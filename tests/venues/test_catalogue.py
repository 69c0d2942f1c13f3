import tomllib
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from assistant.adapters.tiers.venues import VENUES
from assistant.errors import ContentError, NoRuleInForce, UnknownSymbol, UnknownVenue
from assistant.margin.rulebook import Level, PositionRequest, TierOrigin, Unlisted
from assistant.values import Contract, MarginMode, Side
from assistant.venues.catalogue import Rulebooks, load

TODAY = date(2026, 11, 22)
CASES = Path(__file__).parent / "cases"
MODULES = Path(load.__code__.co_filename).parent


def request(symbol: str = "BTC", **given: Decimal) -> PositionRequest:
    return PositionRequest(
        symbol=symbol,
        contract=Contract.LINEAR,
        side=Side.LONG,
        entry_price=Decimal(60000),
        **({"size": Decimal("0.5"), "leverage": Decimal(20)} | given),
    )


def test_data_modules_and_cases_are_the_same_set(rulebooks: Rulebooks) -> None:
    data = {book.id for book in rulebooks}
    modules = {file.stem for file in MODULES.glob("*.py") if "def terms(" in file.read_text(encoding="utf-8")}
    modules.discard("catalogue")
    cases = {file.stem for file in CASES.glob("*.toml")}
    assert data == modules == cases


def test_the_import_contract_names_every_rulebook(rulebooks: Rulebooks) -> None:
    project = tomllib.loads((MODULES.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {contract["id"]: contract for contract in project["tool"]["importlinter"]["contracts"]}
    assert set(contracts["rulebooks-apart"]["modules"]) == {f"assistant.venues.{book.id}" for book in rulebooks}


def test_rulebooks_come_in_the_order_of_their_ids(rulebooks: Rulebooks) -> None:
    assert [book.id for book in rulebooks] == sorted(rulebooks.books)


@pytest.mark.parametrize(
    ("name", "contract", "identity"),
    [
        ("binance", None, "binance_usdm"),
        ("Binance  Futures", None, "binance_usdm"),
        ("bnb futures", Contract.LINEAR, "binance_usdm"),
        ("binance", Contract.INVERSE, "binance_coinm"),
        ("coin-m", None, "binance_coinm"),
        ("binance_coinm", None, "binance_coinm"),
        ("OKEX", None, "okx_swap"),
        ("HL", None, "hyperliquid"),
        ("dydx", None, "dydx_v4"),
        ("bybit", None, "bybit_linear"),
        ("bybit", Contract.INVERSE, "bybit_inverse"),
        ("okex", Contract.INVERSE, "okx_inverse"),
        ("bitget futures", None, "bitget_linear"),
        ("gate.io", None, "gate_linear"),
        ("gate", Contract.INVERSE, "gate_inverse"),
        ("KuCoin", None, "kucoin_linear"),
        ("kucoin", Contract.INVERSE, "kucoin_inverse"),
        ("mexc", None, "mexc_linear"),
        ("Huobi", None, "htx_linear"),
        ("phemex", None, "phemex_linear"),
        ("phemex", Contract.INVERSE, "phemex_inverse"),
        ("bing x", None, "bingx_linear"),
        ("BloFin", None, "blofin_linear"),
        ("coinex futures", None, "coinex_linear"),
        ("generic", Contract.INVERSE, "generic"),
        ("bitmex", None, "bitmex_linear"),
        ("mex", Contract.INVERSE, "bitmex_inverse"),
        ("bitmex", Contract.QUANTO, "bitmex_quanto"),
        ("Kraken Futures", None, "kraken_linear"),
        ("kraken", Contract.INVERSE, "kraken_inverse"),
        ("deribit", Contract.INVERSE, "deribit_inverse"),
        ("coinbase international", None, "coinbase_intl"),
        ("drift protocol", None, "drift"),
        ("gmx", None, "gmx_v2"),
    ],
)
def test_a_name_and_a_contract_find_the_rulebook(
    rulebooks: Rulebooks, name: str, contract: Contract | None, identity: str
) -> None:
    assert rulebooks.find(name, contract).id == identity


@pytest.mark.parametrize(
    ("name", "contract"),
    [("bitfoo", None), ("", None), ("hyperliquid", Contract.INVERSE), ("binance_usdm", Contract.INVERSE)],
)
def test_a_name_nobody_answers_to_is_unknown(rulebooks: Rulebooks, name: str, contract: Contract | None) -> None:
    with pytest.raises(UnknownVenue) as error:
        rulebooks.find(name, contract)
    assert error.value.data["venue"] == name


def test_an_unknown_id_is_an_unknown_venue(rulebooks: Rulebooks) -> None:
    with pytest.raises(UnknownVenue):
        rulebooks.get("bitfoo")


def test_every_name_leads_to_its_venue(rulebooks: Rulebooks) -> None:
    names = rulebooks.names()
    assert all(names[name] == book.venue for book in rulebooks for name in (*book.aliases, book.venue, book.id))
    assert (names["hl"], names["bnb futures"], names["okex"]) == ("hyperliquid", "binance", "okx")


def test_no_name_means_two_venues(rulebooks: Rulebooks) -> None:
    said = [(alias, book.venue) for book in rulebooks for alias in book.aliases]
    assert len({alias for alias, _ in said}) == len(set(said))


def test_the_golden_position_rests_on_its_two_sources(rulebooks: Rulebooks) -> None:
    grounds = rulebooks.grounds(rulebooks.get("binance_usdm"), request(), TODAY)
    assert [source.id for source in grounds.sources] == ["binance-faq-liquidation-price", "binance-brackets-2026-09"]
    assert (grounds.origin, grounds.rules_as_of) == (TierOrigin.LISTED, date(2026, 9, 29))


def test_a_stated_rate_needs_no_table(rulebooks: Rulebooks) -> None:
    stated = request(maintenance_margin_rate=Decimal("0.01"))
    grounds = rulebooks.grounds(rulebooks.get("binance_usdm"), stated, date(2025, 6, 1))
    assert (grounds.origin, grounds.tiers.tiers[0].rate) == (TierOrigin.STATED, Decimal("0.01"))


def test_the_later_snapshot_is_not_used_for_an_earlier_day(rulebooks: Rulebooks) -> None:
    old = rulebooks.get("binance_usdm").tiers_on("BTC", date(2024, 10, 24))
    assert old is not None and old.tiers[0].cap == 50000


@pytest.mark.parametrize(
    "day", [date(2021, 3, 18), date(2021, 3, 27), date(2024, 10, 23), date(2024, 10, 25), date(2025, 8, 19)]
)
def test_a_day_no_snapshot_covers_is_refused(rulebooks: Rulebooks, day: date) -> None:
    with pytest.raises(NoRuleInForce):
        rulebooks.terms(rulebooks.get("binance_usdm"), request(), day)


@pytest.mark.parametrize("day", [date(2024, 9, 9), date(2025, 9, 2), date(2026, 1, 1), date(2026, 5, 26)])
def test_a_day_between_bybit_s_rules_is_refused(rulebooks: Rulebooks, day: date) -> None:
    with pytest.raises(NoRuleInForce):
        rulebooks.get("bybit_linear").rule_on(day)


@pytest.mark.parametrize(
    ("day", "formula"), [(date(2024, 9, 10), "entry"), (date(2025, 5, 6), "entry"), (date(2026, 5, 27), "mark")]
)
def test_bybit_s_rule_depends_on_the_day(rulebooks: Rulebooks, day: date, formula: str) -> None:
    assert rulebooks.get("bybit_linear").rule_on(day).formula == formula


def test_no_rulebook_knows_a_day_before_there_were_perpetuals(rulebooks: Rulebooks) -> None:
    for book in rulebooks:
        with pytest.raises(NoRuleInForce):
            rulebooks.terms(book, request(), date(2009, 1, 3))


@pytest.mark.parametrize("identity", ["hyperliquid", "dydx_v4", "bingx_linear"])
def test_where_rates_are_the_asset_s_own_an_unlisted_one_is_refused(rulebooks: Rulebooks, identity: str) -> None:
    with pytest.raises(UnknownSymbol) as error:
        rulebooks.terms(rulebooks.get(identity), request("NOTLISTEDCOIN"), TODAY)
    assert error.value.data["symbol"] == "NOTLISTEDCOIN"


@pytest.mark.parametrize("identity", ["binance_usdm", "bybit_linear", "okx_swap", "generic"])
def test_elsewhere_it_is_estimated_and_that_is_told(rulebooks: Rulebooks, identity: str) -> None:
    grounds = rulebooks.grounds(rulebooks.get(identity), request("NOTLISTEDCOIN"), TODAY)
    assert grounds.origin is TierOrigin.ASSUMED


def test_pepe_has_the_tiers_of_a_thousand_of_it(rulebooks: Rulebooks) -> None:
    book = rulebooks.get("binance_usdm")
    assert book.tiers_on("PEPE", TODAY) == book.tiers_on("1000PEPE", TODAY) is not None


def test_a_rulebook_that_estimates_says_with_which_rate(rulebooks: Rulebooks) -> None:
    assert all((book.unlisted is Unlisted.ESTIMATE) is (book.assumed_rate is not None) for book in rulebooks)


def test_a_gold_rulebook_has_worked_examples_of_the_venue_itself(rulebooks: Rulebooks) -> None:
    for book in rulebooks:
        cases = tomllib.loads((CASES / f"{book.id}.toml").read_text(encoding="utf-8"))["cases"]
        own = [case for case in cases if case["kind"].startswith("venue-published") and "never" not in case]
        assert own or book.level is not Level.GOLD, book.id


def test_every_rulebook_has_at_least_three_cases_with_a_number(rulebooks: Rulebooks) -> None:
    for book in rulebooks:
        cases = tomllib.loads((CASES / f"{book.id}.toml").read_text(encoding="utf-8"))["cases"]
        assert len([case for case in cases if "error" not in case["expect"]]) >= 3, book.id


def test_every_source_is_used(rulebooks: Rulebooks) -> None:
    for book in rulebooks:
        dated = (*book.rules, *book.tables, *book.contract_sizes, *book.ticks)
        used = {identity for one in dated for identity in one.sources}
        assert used == set(book.sources), book.id


@pytest.mark.parametrize(
    ("identity", "symbol", "size"),
    [
        ("binance_coinm", "BTC", "100"),
        ("binance_coinm", "BTCUSD_PERP", "100"),
        ("binance_coinm", "ethusd", "10"),
        ("okx_swap", "BTC-USDT-SWAP", "0.01"),
        ("okx_swap", "XRP", "100"),
        ("bitmex_inverse", "XBTUSD", "1"),
        ("bitmex_quanto", "ETHUSD", "0.000001"),
        ("deribit_inverse", "BTC-PERPETUAL", "10"),
        ("kraken_inverse", "ETH", "1"),
        ("okx_swap", "ETH", "0.1"),
        ("okx_inverse", "BTC-USD-SWAP", "100"),
        ("bybit_inverse", "BTCUSD", "1"),
        ("gate_linear", "BTC_USDT", "0.0001"),
        ("kucoin_linear", "XBTUSDTM", "0.001"),
        ("mexc_linear", "BTC_USDT", "0.0001"),
        ("htx_linear", "BTC-USDT", "0.001"),
    ],
)
def test_a_contract_holds_what_the_venue_says(rulebooks: Rulebooks, identity: str, symbol: str, size: str) -> None:
    held = rulebooks.get(identity).contract_size_on(symbol, TODAY)
    assert held is not None and held.size == Decimal(size)


@pytest.mark.parametrize(
    ("identity", "symbol"),
    [
        ("binance_coinm", "BTCUSD_270326"),
        ("binance_coinm", "BTCUSDT"),
        ("binance_coinm", "XBT"),
        ("binance_coinm", "ETH/BTC"),
        ("binance_coinm", "NOSUCHCOIN"),
        ("okx_swap", "BTC-USD-SWAP"),
        ("okx_swap", "SOL"),
        ("binance_usdm", "BTC"),
        ("bitmex_quanto", "SOLUSD"),
        ("deribit_inverse", "ETH"),
    ],
)
def test_a_contract_nobody_described_is_not_guessed(rulebooks: Rulebooks, identity: str, symbol: str) -> None:
    assert rulebooks.get(identity).contract_size_on(symbol, TODAY) is None


def test_every_coin_with_a_contract_size_is_found_by_its_name(rulebooks: Rulebooks) -> None:
    for book in rulebooks:
        for held in book.contract_sizes:
            assert all(book.contract_size_on(symbol, held.effective_from) is held for symbol in held.symbols)


def test_an_empty_directory_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(ContentError):
        load(tmp_path)


def test_a_tier_feed_is_for_a_rulebook_that_exists_and_counts_as_it_does(rulebooks: Rulebooks) -> None:
    assert VENUES.keys() <= rulebooks.books.keys()
    for identity, feed in VENUES.items():
        tables = [table for block in rulebooks.get(identity).tables for table in block.tables.values()]
        assert {table.basis for table in tables} == {feed.basis}


@pytest.mark.parametrize("day", [date(2025, 11, 25), date(2026, 9, 26)])
def test_bybit_s_inverse_limits_of_a_day_are_those_that_were_known_of_it(rulebooks: Rulebooks, day: date) -> None:
    table = rulebooks.get("bybit_inverse").tiers_on("BTC", day)
    assert table is not None
    assert len(table.tiers) == (1 if day.year == 2025 else 10)


def test_bybit_s_inverse_deductions_follow_from_continuity(rulebooks: Rulebooks) -> None:
    table = rulebooks.get("bybit_inverse").tiers_on("BTC", TODAY)
    assert table is not None
    for below, above in pairwise(table.tiers):
        assert above.amount == below.amount + above.floor * (above.rate - below.rate)


def test_hedge_mode_is_claimed_only_where_the_count_of_two_legs_is_on_file(rulebooks: Rulebooks) -> None:
    claiming = [book for book in rulebooks if "hedge" in book.special]
    assert claiming
    assert all(book.cross_tiers is not None and MarginMode.CROSS in book.modes for book in claiming)

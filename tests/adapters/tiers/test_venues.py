"""Every venue: its requests, its documented answers, and the tiers in them, whatever the order they come in."""

import json
import random
from decimal import Decimal

import pytest

from assistant.adapters.tiers.venues import VENUES
from assistant.errors import ContentError, OutsideUnavailable
from assistant.resources import content
from assistant.venues.catalogue import load


def shuffled(value, seed):
    """The same answer with every array of objects and every object in another order."""
    rng = random.Random(seed)

    def mixed(one):
        if isinstance(one, dict):
            return dict(rng.sample([(key, mixed(inner)) for key, inner in one.items()], len(one)))
        if isinstance(one, list) and not (len(one) == 2 and isinstance(one[0], int)):
            return rng.sample([mixed(inner) for inner in one], len(one))
        return [mixed(inner) for inner in one] if isinstance(one, list) else one

    return mixed(value)


def spoilt(value, field, wrong):
    """The same answer with a wrong figure wherever the field stands."""
    if isinstance(value, dict):
        return {key: wrong if key == field else spoilt(inner, field, wrong) for key, inner in value.items()}
    return [spoilt(inner, field, wrong) for inner in value] if isinstance(value, list) else value


FIGURES = {
    "binance": "bracketNotionalFloor bracketNotionalCap bracketMaintenanceMarginRate cumFastMaintenanceAmount "
    "maxOpenPosLeverage",
    "bitget": "startUnit endUnit leverage keepMarginRate",
    "bybit": "riskLimitValue maintenanceMargin initialMargin maxLeverage mmDeduction",
    "dydx": "initialMarginFraction maintenanceMarginFraction",
    "gate": "risk_limit maintenance_rate leverage_max deduction",
    "hyperliquid": "maxLeverage marginTableId lowerBound",
    "kucoin": "maxRiskLimit minRiskLimit maintainMargin maxLeverage",
    "okx": "ctVal ctMult minSz maxSz mmr maxLever",
}
"""The fields a table is made of, by venue."""
ONE_EACH = {venue.base: name for name, venue in VENUES.items()}.values()
"""One rulebook of each venue."""
READ_FIELDS = [(name, field) for name in VENUES for field in FIGURES[name.partition("_")[0]].split()]
NO_NUMBERS = ["NaN", "Infinity", "-1", "1e400", "1_000", "", None, True, "0x10", "\u0663", [], "9" * 40]


def test_all_eight_venues_are_there():
    assert len(ONE_EACH) == 8


@pytest.mark.parametrize("name", VENUES)
def test_a_venue_is_asked_as_documented_and_its_tiers_are_read(name, venue, feed, recorded, written):
    exchange = recorded(name)
    exchange.serve(venue)
    assert written(feed(name).fetch()) == exchange.tiers
    assert venue.asked == [one["request"] for one in exchange.requests]


@pytest.mark.parametrize("name", VENUES)
@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_an_answer_does_not_matter(name, seed, venue, feed, recorded, written):
    exchange = recorded(name)
    exchange.serve(venue)
    venue.answers = {
        line: json.dumps(shuffled(json.loads(answer), seed)).encode() for line, answer in venue.answers.items()
    }
    assert written(feed(name).fetch()) == exchange.tiers


@pytest.mark.parametrize("name", VENUES)
def test_saved_answers_read_like_fetched_ones_in_any_order(name, feed, recorded, written):
    files = recorded(name).files()
    assert written(feed(name).read(dict(reversed(files.items())))) == recorded(name).tiers


@pytest.mark.parametrize(("name", "field"), READ_FIELDS)
def test_a_figure_that_is_no_plain_number_is_refused(name, field, feed, recorded):
    for wrong in NO_NUMBERS:
        if wrong == "" and field in ("mmDeduction", "deduction"):  # there it means that nothing is taken off
            continue
        answers = [spoilt(one["answer"], field, wrong) for one in recorded(name).requests]
        with pytest.raises(ContentError, match=field):
            feed(name).read({f"{number}.json": json.dumps(answer).encode() for number, answer in enumerate(answers)})


@pytest.mark.parametrize("name", VENUES)
def test_an_answer_of_a_venue_in_trouble_is_refused(name, feed):
    for body in (
        b"{}",
        b"[{}]",
        b"null",
        b'"text"',
        b'{"code": "50001", "msg": "busy", "data": []}',
        b'{"retCode": 10006}',
    ):
        with pytest.raises(ContentError):
            feed(name).read({"answer.json": body})


@pytest.mark.parametrize("name", ONE_EACH)
def test_whatever_a_venue_does_instead_of_answering_ends_in_words(name, fault, venue, feed, recorded):
    recorded(name).serve(venue)
    venue.faults = [fault] * 3
    with pytest.raises((ContentError, OutsideUnavailable)) as refusal:
        feed(name, read_s=fault.patience_s).fetch()
    assert "127.0.0.1" in str(refusal.value)


@pytest.mark.parametrize("name", VENUES)
def test_a_rulebook_counts_its_edges_as_its_venue_gives_them(name):
    book = load(content("knowledge") / "venues").books.get(name)
    bases = {table.basis for block in (book.tables if book else ()) for table in block.tables.values()}
    assert bases <= {VENUES[name].basis}


def test_bybits_rates_in_percent_and_as_fractions_are_told_apart(feed, recorded, written):
    rows = written(feed("bybit_inverse").read(recorded("bybit_inverse").files()))
    assert [row[3] for row in rows] == ["0.005", "0.01"]
    broken = recorded("bybit_inverse").files()["0.json"].replace(b'"initialMargin": "1"', b'"initialMargin": "0.2"')
    with pytest.raises(ContentError, match=r"initialMargin is 1 / maxLeverage"):
        feed("bybit_inverse").read({"answer.json": broken})


def test_a_cursor_that_leads_back_ends_the_paging(venue, feed):
    page = {"retCode": 0, "result": {"category": "linear", "list": [], "nextPageCursor": "again"}}
    line = "GET /v5/market/risk-limit?category=linear"
    venue.answers = {line: json.dumps(page).encode(), f"{line}&cursor=again": json.dumps(page).encode()}
    with pytest.raises(ContentError, match="leads to a new page"):
        feed("bybit_linear").fetch()


def test_a_page_that_comes_twice_ends_the_paging(venue, feed, recorded):
    first, _ = recorded("gate_linear").requests
    page = json.dumps(first["answer"]).encode()
    venue.answers = {first["request"].replace("offset=0", f"offset={offset}"): page for offset in (0, 100)}
    with pytest.raises(ContentError, match="other markets than the page before"):
        feed("gate_linear").fetch()


def test_a_swap_without_tiers_is_not_passed_over(venue, feed, recorded):
    exchange = recorded("okx_swap")
    exchange.serve(venue)
    venue.answers[exchange.requests[2]["request"]] = b'{"code": "0", "msg": "", "data": []}'
    with pytest.raises(ContentError, match="has a tier of XRP-USDT"):
        feed("okx_swap").fetch()


@pytest.mark.parametrize("name", ["bitget_linear", "kucoin_linear"])
def test_a_contract_without_tiers_is_not_passed_over(name, venue, feed, recorded):
    exchange = recorded(name)
    exchange.serve(venue)
    answer = exchange.requests[1]["answer"] | {"data": []}
    venue.answers[exchange.requests[1]["request"]] = json.dumps(answer).encode()
    with pytest.raises(ContentError, match=r"has a (tier|level) of"):
        feed(name).fetch()


def test_a_contract_that_counts_another_currency_is_refused(feed, recorded):
    files = recorded("okx_swap").files()
    files["0.json"] = files["0.json"].replace(b'"ctValCcy": "ETH"', b'"ctValCcy": "USDT"')
    with pytest.raises(ContentError, match="ctValCcy is 'ETH'"):
        feed("okx_swap").read(files)


SIGNED = {
    "binance_usdm": [
        {
            "symbol": "ETHUSDT",
            "brackets": [
                {
                    "bracket": 1,
                    "initialLeverage": 75,
                    "notionalCap": 10000,
                    "notionalFloor": 0,
                    "maintMarginRatio": 0.0065,
                    "cum": 0.0,
                }
            ],
        }
    ],
    "binance_coinm": [
        {
            "symbol": "BTCUSD_PERP",
            "brackets": [
                {
                    "bracket": 1,
                    "initialLeverage": 125,
                    "qtyCap": 50,
                    "qtylFloor": 0,
                    "maintMarginRatio": 0.004,
                    "cum": 0.0,
                }
            ],
        }
    ],
}
READ = {
    "binance_usdm": [["ETH", "0", "10000", "0.0065", "0", "75"]],
    "binance_coinm": [["BTC", "0", "50", "0.004", "0", "125"]],
}


@pytest.mark.parametrize("name", SIGNED)
@pytest.mark.parametrize("coefficient", [None, 1])
def test_binances_documented_answer_is_read_from_a_file(name, coefficient, feed, written):
    answer = [one | ({} if coefficient is None else {"notionalCoef": coefficient}) for one in SIGNED[name]]
    assert written(feed(name).read({"saved.json": json.dumps(answer).encode()})) == READ[name]
    assert written(feed(name).read({"saved.json": json.dumps(answer[0]).encode()})) == READ[name]


def test_brackets_widened_for_one_account_are_refused(feed):
    answer = [SIGNED["binance_usdm"][0] | {"notionalCoef": 1.5}]
    with pytest.raises(ContentError, match="widened for one account"):
        feed("binance_usdm").read({"saved.json": json.dumps(answer).encode()})


def test_what_binances_page_loads_is_for_a_person_to_look_at():
    assert {name for name, venue in VENUES.items() if venue.caution} == {"binance_usdm", "binance_coinm"}
    assert "--from-file" in VENUES["binance_usdm"].caution


def test_an_assets_own_leverage_is_that_of_its_table(feed, recorded):
    files = recorded("hyperliquid").files()
    files["0.json"] = files["0.json"].replace(b'"BTC", "maxLeverage": 40', b'"BTC", "maxLeverage": 50')
    with pytest.raises(ContentError, match="maxLeverage is that of the lowest tier"):
        feed("hyperliquid").read(files)


def test_a_table_that_is_not_there_is_not_made_up(feed, recorded):
    files = recorded("hyperliquid").files()
    files["0.json"] = files["0.json"].replace(b'"marginTableId": 5}', b'"marginTableId": 7}')
    with pytest.raises(ContentError, match="marginTableId is a number of marginTables"):
        feed("hyperliquid").read(files)


def test_a_fraction_of_no_round_leverage_is_cut_never_raised(feed, recorded):
    (tier,) = feed("dydx_v4").read(recorded("dydx_v4").files())["DOGE"]
    assert tier.max_leverage == Decimal("33.33")

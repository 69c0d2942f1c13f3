"""`tiers refresh` from the terminal to the files and back, against a venue on loopback."""

import json
import shutil
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import pairwise

import pytest

from assistant.cli import main
from assistant.margin.request import PositionRequest
from assistant.resources import content
from assistant.values import Contract, Side
from assistant.venues.catalogue import load
from assistant.venues.rulebook_file import read

BOOK, TIERS = "bybit_linear.toml", "bybit_linear.tiers.csv"
LINE = "GET /v5/market/risk-limit?category=linear"


@pytest.fixture
def directory(tmp_path):
    """A copy of the two rulebooks these tests refresh."""
    copied = tmp_path / "venues"
    copied.mkdir()
    for file in (content("knowledge") / "venues").glob("b*_*"):
        if file.name.partition(".")[0] in ("bybit_linear", "binance_usdm"):
            shutil.copy(file, copied)
    return copied


@pytest.fixture
def files(directory):
    """What is in the two files of the rulebook."""
    return lambda: [(directory / name).read_bytes() for name in (BOOK, TIERS)]


@pytest.fixture
def bybit(venue, recorded, feed, clock, monkeypatch):
    """The fake venue in the place of the real one, with the tables that are on file and one rate changed."""
    monkeypatch.setattr("assistant.cli.tiers.open_tier_feed", feed)
    monkeypatch.setattr("assistant.cli.tiers.open_clock", lambda: clock)
    venue.answers = {LINE: json.dumps(answer(on_file())).encode()}
    return venue


def on_file():
    """Every tier of the rulebook as Bybit would send it."""
    book = read(content("knowledge") / "venues" / BOOK)
    block = max(book.tables, key=lambda one: one.effective_from)
    return {
        symbol: [[str(tier.cap), str(tier.rate), str(tier.amount), str(tier.max_leverage)] for tier in table.tiers]
        for symbol, table in block.tables.items()
    }


def answer(tables):
    rows = [
        {
            "symbol": f"{symbol}USDT",
            "riskLimitValue": cap,
            "maintenanceMargin": rate,
            "initialMargin": str(1 / float(leverage)),
            "maxLeverage": leverage,
            "mmDeduction": amount,
        }
        for symbol, tiers in tables.items()
        for cap, rate, amount, leverage in tiers
    ]
    return {"retCode": 0, "result": {"category": "linear", "list": rows, "nextPageCursor": ""}}


@pytest.fixture
def refresh(directory, capsys):
    def refresh(*arguments, venue="bybit_linear"):
        status = main(["tiers", "--directory", str(directory), "refresh", venue, *arguments])
        seen = capsys.readouterr()
        return status, seen.out + seen.err

    return refresh


def test_the_diff_is_printed_and_nothing_is_written(bybit, refresh, files):
    before = files()
    status, out = refresh()
    assert status == 0
    assert "+2026-11-22,,BTC,0,2000000,0.005,0,100,bybit-risk-limit-2026-11-22" in out.splitlines()
    assert files() == before


def test_the_diff_can_go_to_a_file(bybit, refresh, files, tmp_path):
    before = files()
    status, _ = refresh("--output", str(tmp_path / "tiers.diff"))
    assert status == 0
    assert (tmp_path / "tiers.diff").read_text().startswith("--- a/knowledge/venues/bybit_linear.toml\n")
    assert files() == before


def test_a_written_snapshot_follows_what_is_there_and_counts_from_its_day_on(bybit, refresh, files, directory):
    before = files()
    assert refresh("--write")[0] == 0
    assert all(after.startswith(was) and after != was for was, after in zip(before, files(), strict=True))
    book = load(directory).find("bybit_linear")
    days = {day: book.listing_on("BTC", day)[0].effective_from for day in (date(2026, 11, 21), date(2026, 11, 22))}
    assert days == {date(2026, 11, 21): date(2026, 8, 5), date(2026, 11, 22): date(2026, 11, 22)}
    position = PositionRequest(
        symbol="BTC",
        contract=Contract.LINEAR,
        side=Side.LONG,
        entry_price=Decimal(60000),
        size=Decimal(1),
        leverage=Decimal(20),
    )
    sources = load(directory).grounds(book, position, date(2026, 11, 22)).sources
    assert ("bybit-risk-limit-2026-11-22", date(2026, 11, 22)) in [(one.id, one.retrieved) for one in sources]


def test_a_second_snapshot_of_a_day_is_refused(bybit, refresh, files):
    assert refresh("--write")[0] == 0
    before = files()
    status, out = refresh("--write")
    assert (status, files()) == (1, before)
    assert "a snapshot of 2026-11-22 is on file already" in out


def test_the_summary_names_what_is_new_and_what_is_different(bybit, refresh):
    tables = on_file()
    tables["BTC"][0][1] = "0.0045"
    for tier, amount in zip(tables["BTC"][1:], seamless(tables["BTC"]), strict=True):
        tier[2] = amount
    tables["NEW"] = [["1000", "0.01", "", "50"]]
    bybit.answers[LINE] = json.dumps(answer(tables)).encode()
    status, out = refresh()
    assert status == 0
    assert "added (1): NEW" in out
    assert "BTC: tier 1 rate 0.005 -> 0.0045" in out


def seamless(tiers):
    """The deductions that make a ladder seamless."""
    deduction = Decimal(0)
    for below, above in pairwise(tiers):
        deduction += Decimal(below[0]) * (Decimal(above[1]) - Decimal(below[1]))
        yield str(deduction)


@pytest.mark.parametrize("target", ["--write", "--output"])
def test_whatever_the_venue_does_nothing_is_written_on_doubt(
    target, fault, bybit, feed, refresh, files, tmp_path, monkeypatch
):
    before, output = files(), tmp_path / "tiers.diff"
    monkeypatch.setattr("assistant.cli.tiers.open_tier_feed", partial(feed, read_s=fault.patience_s))
    bybit.faults = [fault] * 3
    status, out = refresh(target, *([str(output)] if target == "--output" else []))
    assert (status, files(), output.exists()) == (1, before, False)
    assert "127.0.0.1" in out


SPOILT = {
    "a symbol gone": (lambda tables: tables.pop("ADA"), "1 of 2 symbols are gone"),
    "no symbol at all": (lambda tables: tables.clear(), "the answer holds no tier of this product"),
    "a rate ten times as high": (lambda tables: tables["BTC"][0].__setitem__(1, "0.05"), "falling rate"),
    "a tier gone": (lambda tables: tables["BTC"].pop(3), "not continuous"),
    "a deduction wrong": (lambda tables: tables["BTC"][1].__setitem__(2, "1201"), "not continuous"),
    "a tier twice": (lambda tables: tables["BTC"].insert(1, tables["BTC"][1]), "cap not above floor"),
    "all caps ten times as high": (
        lambda tables: [
            tier.__setitem__(at, f"{tier[at]}0") for tier in tables["ADA"] for at in (0, 2) if tier[at] not in ("", "0")
        ],
        "ADA: tier 1: the cap leaps from 200000 to 2000000",
    ),
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_doubtful_answer_is_refused_with_its_doubts_and_not_written(name, bybit, refresh, files, tmp_path):
    change, doubt = SPOILT[name]
    tables = on_file()
    change(tables)
    bybit.answers[LINE] = json.dumps(answer(tables)).encode()
    before = files()
    for target in (["--write"], ["--output", str(tmp_path / "tiers.diff")]):
        status, out = refresh(*target)
        assert (status, files()) == (1, before)
        assert doubt in out
        assert "nothing is written" in out
    assert not (tmp_path / "tiers.diff").exists()


def test_what_needs_a_persons_eye_is_printed_and_not_written(bybit, refresh, recorded, directory):
    recorded("binance_usdm").serve(bybit)
    before = (directory / "binance_usdm.tiers.csv").read_bytes()
    status, out = refresh("--write", "--symbols", "BTC", venue="binance")
    assert status == 1
    assert "the documented endpoint needs an account's key" in out
    assert "--from-file" in out
    assert (directory / "binance_usdm.tiers.csv").read_bytes() == before


def test_only_the_symbols_asked_for_are_taken(bybit, refresh):
    status, out = refresh("--symbols", "ADA")
    assert status == 0
    assert ",ADA," in out
    assert "+2026-11-22,,BTC," not in out


def test_a_symbol_asked_for_that_is_not_there_is_a_doubt(bybit, refresh):
    status, out = refresh("--symbols", "ADA,NONE")
    assert status == 1
    assert "NONE: the answer has no such symbol" in out


def test_a_directory_that_cannot_be_written_is_said(bybit, refresh, tmp_path):
    status, out = refresh("--output", str(tmp_path / "nowhere" / "tiers.diff"))
    assert status == 1
    assert "can be written" in out

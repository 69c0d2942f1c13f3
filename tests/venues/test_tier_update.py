"""A snapshot as text: appended lines that load, and a diff that says exactly what is appended."""

from datetime import date
from decimal import Decimal
from difflib import unified_diff

import pytest

from assistant.errors import ContentError
from assistant.margin.listed import ListedTier
from assistant.values import Source
from assistant.venues.rulebook_file import read
from assistant.venues.tier_update import changes

DAY = date(2026, 11, 22)
SOURCE = Source(id="page-2026-11-22", title='A "quoted" \\ title', url="https://example.org/new", retrieved=DAY)
BOOK = """\
id = "generic"
venue = "generic"
venue_name = "Example"
name = "Example"
product = "nothing"
aliases = ["example"]
contracts = ["linear"]
modes = ["isolated"]
level = "bronze"
trigger = "mark"
quote = "USDT"
settlement = "USDT"
unlisted = "estimate"
assumed_rate = 0.005
review_days = 90

[tiers]
basis = "quote_notional"
joins = "continuous"

[[rules]]
effective_from = 2024-01-01
formula = "mark"
sources = ["page"]
note = "because"

[[sources]]
id = "page"
title = "A page"
url = "https://example.org/page"
retrieved = 2026-11-22
"""
COLUMNS = "effective_from,effective_to,symbol,floor,cap,rate,amount,max_leverage,source"
LINE = "2024-01-01,,BTC,0,,0.01,0,50,page"
LISTED = {
    symbol: [
        ListedTier(symbol=symbol, floor=Decimal(0), cap=Decimal("1E+5"), rate=None, max_leverage=Decimal("50.0")),
        ListedTier(symbol=symbol, floor=Decimal(100000), cap=None, rate=Decimal("0.0250"), max_leverage=None),
    ]
    for symbol in ("BTC", "A,B", "币")
}


@pytest.fixture
def file(tmp_path):
    (tmp_path / "generic.toml").write_text(BOOK, "utf-8")
    (tmp_path / "generic.tiers.csv").write_text(f"{COLUMNS}\n{LINE}\n", "utf-8")
    return tmp_path / "generic.toml"


def test_the_appended_texts_load_with_the_old_ones(file):
    for change in changes(file, LISTED, day=DAY, source=SOURCE):
        change.file.write_text(change.before + change.added, "utf-8")
    book = read(file)
    assert book.sources["page-2026-11-22"] == SOURCE
    assert [block.effective_from for block in book.tables] == [date(2024, 1, 1), DAY]
    tiers = book.tables[1].tables["币"].tiers
    assert [(tier.rate, tier.cap, tier.amount) for tier in tiers] == [
        (Decimal("0.01"), Decimal(100000), Decimal(0)),
        (Decimal("0.025"), None, Decimal(1500)),
    ]
    assert set(book.tables[1].tables) == set(LISTED)


def test_numbers_are_written_without_exponents_and_idle_zeros(file):
    _, table = changes(file, LISTED, day=DAY, source=SOURCE)
    assert table.added.splitlines()[0] == "2026-11-22,,BTC,0,100000,,,50,page-2026-11-22"


@pytest.mark.parametrize("lines", [0, 1, 2, 3, 50])
def test_the_diff_is_that_of_the_whole_files(file, lines):
    file.with_suffix(".tiers.csv").write_text("\n".join([COLUMNS, *[LINE] * lines, ""]), "utf-8")
    for change in changes(file, LISTED, day=DAY, source=SOURCE):
        name = f"knowledge/venues/{change.file.name}"
        before = change.before.splitlines(keepends=True)
        after = (change.before + change.added).splitlines(keepends=True)
        hunk = list(unified_diff(before, after, f"a/{name}", f"b/{name}"))
        ours = change.diff().splitlines(keepends=True)
        assert ours[3:] == hunk[3:]
        assert ours[:2] == hunk[:2]
        assert ours[2].replace(",1 +", " +") == hunk[2].replace(",1 +", " +")


def test_the_columns_of_the_file_are_kept(file):
    tiers = file.with_suffix(".tiers.csv")
    tiers.write_text(f"{COLUMNS},growth,leverage\n{LINE},,\n", "utf-8")
    _, table = changes(file, LISTED, day=DAY, source=SOURCE)
    assert all(line.endswith("page-2026-11-22,,") for line in table.added.splitlines())


@pytest.mark.parametrize("name", ["generic.toml", "generic.tiers.csv"])
def test_a_file_whose_last_line_has_no_end_is_not_appended_to(file, name):
    path = file.parent / name
    path.write_text(path.read_text("utf-8").rstrip("\n"), "utf-8")
    with pytest.raises(ContentError, match="ends with a line end"):
        changes(file, LISTED, day=DAY, source=SOURCE)

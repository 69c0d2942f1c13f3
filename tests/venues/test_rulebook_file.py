"""A content file that is wrong is refused with its name, its line and the rule it breaks."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistant.errors import ContentError
from assistant.venues.catalogue import load
from assistant.venues.rulebook_file import read

GOOD = """\
id = "generic"
venue = "generic"
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
venue_name = "Example"
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
TIERS = """\
effective_from,effective_to,symbol,floor,cap,rate,amount,max_leverage,source
2024-01-01,,BTC,0,100,0.01,0,50,page
2024-01-01,,BTC,100,,0.02,1,25,page
"""
SECOND = 'title = "A"\nurl = "https://example.org"\nretrieved = 2026-11-22\n\n[[sources]]\nid = "page"'

SIZES = """
[[contract_sizes]]
effective_from = 2024-01-01
effective_to = 2024-12-31
size = 0.1
symbols = ["BTC", "ETH"]
sources = ["page"]
note = "because"

[[contract_sizes]]
effective_from = 2025-01-01
size = 0.01
symbols = ["BTC"]
sources = ["page"]
note = "because"
"""

Write = Callable[[str, str | None], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(text: str, tiers: str | None = TIERS) -> Path:
        file = tmp_path / "generic.toml"
        file.write_text(text, encoding="utf-8")
        if tiers is not None:
            (tmp_path / "generic.tiers.csv").write_text(tiers, encoding="utf-8")
        return file

    return written


def test_a_file_that_is_right_is_read(write: Write) -> None:
    book = read(write(GOOD, TIERS))
    assert (book.id, len(book.tables), list(book.tables[0].tables)) == ("generic", 1, ["BTC"])


LEVELS = [
    ('level = "silver"', {}, "cross among its modes"),
    ('level = "gold"', {}, "cross among its modes"),
    ('level = "gold"', {'["isolated"]': '["isolated", "cross"]'}, "inverse or quanto contracts, or special modes"),
]
EARNED = [
    ("bronze", {}),
    ("silver", {'["isolated"]': '["isolated", "cross"]'}),
    ("gold", {'["isolated"]': '["isolated", "cross"]', '["linear"]': '["inverse"]'}),
    ("gold", {'["isolated"]': '["isolated", "cross"]', '["linear"]': '["quanto"]'}),
    ("gold", {'["isolated"]': '["isolated", "cross"]\nspecial = ["hedge"]'}),
]


def with_level(line: str, changes: dict[str, str]) -> str:
    text = GOOD.replace('level = "bronze"', line)
    for old, new in changes.items():
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize(("line", "changes", "rule"), LEVELS)
def test_a_level_the_file_does_not_earn_is_refused(write: Write, line: str, changes: dict[str, str], rule: str) -> None:
    text = with_level(line, changes)
    with pytest.raises(ContentError) as error:
        read(write(text))
    named = text.splitlines()[int(str(error.value.data["line"])) - 1]
    assert (named, rule in str(error.value.data["rule"])) == (line, True)


def test_a_level_above_bronze_without_tier_tables_is_refused(write: Write) -> None:
    shape = '[tiers]\nbasis = "quote_notional"\njoins = "continuous"\n'
    text = with_level('level = "silver"', {'["isolated"]': '["isolated", "cross"]', shape: ""})
    with pytest.raises(ContentError) as error:
        read(write(text, None))
    assert "tier tables" in str(error.value.data["rule"])


@pytest.mark.parametrize(("level", "changes"), EARNED)
def test_a_level_that_is_earned_is_read(write: Write, level: str, changes: dict[str, str]) -> None:
    assert read(write(with_level(f'level = "{level}"', changes))).level == level


WRONG = [
    ('venue = "generic"\n', "", 1, "venue"),
    ('id = "generic"', 'id = "other"', 1, "file's name"),
    ('name = "Example"', "name = 5", 3, "string"),
    ('name = "Example"', 'name = ""', 3, "not empty"),
    ('aliases = ["example"]', "aliases = []", 5, "array"),
    ('contracts = ["linear"]', 'contracts = ["option"]', 6, "linear, inverse"),
    ('level = "bronze"', 'level = "tin"', 8, "bronze, silver, gold"),
    ('quote = "USDT"', 'quote = "USDT"\ncolour = "red"', 11, "unknown key colour in this file"),
    ("assumed_rate = 0.005", 'assumed_rate = "0.005"', 13, "number"),
    ("assumed_rate = 0.005", "assumed_rate = nan", 13, "number"),
    ("assumed_rate = 0.005", "assumed_rate = true", 13, "number"),
    ("assumed_rate = 0.005\n", "", 1, "only where, unlisted"),
    ("effective_from = 2024-01-01", 'effective_from = "2024-01-01"', 21, "date"),
    ("effective_from = 2024-01-01", "effective_from = 2024-01-01T00:00:00Z", 21, "date"),
    ("effective_from = 2024-01-01", "effective_from = 2024-01-01\neffective_to = 2023-01-01", 20, "before"),
    ('note = "because"\n', "", 20, "note"),
    ('sources = ["page"]', 'sources = ["pages"]', 23, "one of the [[sources]]"),
    ("https://example.org", "http://example.org", 29, "https"),
    ('title = "A page"', 'title = "A page"\nauthor = "A"', 29, "unknown key author in [[sources]]"),
    ('joins = "continuous"', 'joins = "seamless"', 18, "continuous, stepped"),
    ('basis = "quote_notional"\njoins = "continuous"', 'basis = "quote_notional"', 16, "joins"),
    ('[tiers]\nbasis = "quote_notional"\njoins = "continuous"', "", 1, "[tiers] stands where"),
    ('[tiers]\nbasis = "quote_notional"', "[tiers]\nbasis = 5", 17, "string"),
    ('[tiers]\nbasis = "quote_notional"\njoins = "continuous"', "[[tiers]]", 16, "table"),
    ("assumed_rate = 0.005", "assumed_rate = 1.5", 13, "fraction"),
    ('note = "because"', 'note = "because"\ntaker_fee_rate = -0.1', 25, "fraction"),
    ('id = "page"', 'id = "page"\n' + SECOND, 33, "declared once"),
    ('unlisted = "estimate"', "symbols = 5\nunlisted = 'estimate'", 12, "symbols is a table"),
    ('joins = "continuous"', 'joins = "continuous"\n[symbols]\nBTC = 5', 20, "BTC is a string"),
    ('unlisted = "estimate"', "unlisted = ", 12, "TOML"),
    ('venue = "generic"', 'venue = "generic"\nvenue = "other"', 3, "TOML"),
]


@pytest.mark.parametrize(("old", "new", "line", "rule"), WRONG, ids=[f"{rule} ({line})" for _, _, line, rule in WRONG])
def test_a_file_that_is_wrong_is_refused_with_its_line(write: Write, old: str, new: str, line: int, rule: str) -> None:
    assert GOOD.count(old) >= 1
    file = write(GOOD.replace(old, new, 1), TIERS)
    with pytest.raises(ContentError) as error:
        read(file)
    assert error.value.data["file"] == str(file)
    assert rule in str(error.value.data["rule"])
    assert error.value.data["line"] == line


def test_two_rules_of_the_same_day_are_refused(write: Write) -> None:
    second = '\n[[rules]]\neffective_from = 2025-01-01\nformula = "mark"\nsources = ["page"]\nnote = "because"\n'
    with pytest.raises(ContentError) as error:
        read(write(GOOD + second, TIERS))
    assert (error.value.data["line"], "overlap" in str(error.value)) == (32, True)


def test_a_rulebook_without_rules_is_refused(write: Write) -> None:
    with pytest.raises(ContentError):
        read(write(GOOD[: GOOD.index("[[rules]]")] + GOOD[GOOD.index("[[sources]]") :], TIERS))


def test_a_tiers_block_without_its_file_is_refused(write: Write) -> None:
    with pytest.raises(ContentError):
        read(write(GOOD, None))


def test_a_formula_the_module_does_not_know_is_refused(write: Write) -> None:
    file = write(GOOD.replace('formula = "mark"', 'formula = "guess"'), TIERS)
    with pytest.raises(ContentError) as error:
        load(file.parent)
    assert str(error.value) == f"{file}:22: formula is one of mark"


def test_a_rulebook_without_a_module_is_refused(tmp_path: Path) -> None:
    (tmp_path / "nowhere.toml").write_text(GOOD.replace('id = "generic"', 'id = "nowhere"'), encoding="utf-8")
    (tmp_path / "nowhere.tiers.csv").write_text(TIERS, encoding="utf-8")
    with pytest.raises(ContentError) as error:
        load(tmp_path)
    assert "assistant/venues/nowhere.py" in str(error.value)


def test_contract_sizes_are_dated(write: Write) -> None:
    book = read(write(GOOD + SIZES))
    days = (date(2023, 12, 31), date(2024, 12, 31), date(2025, 1, 1))
    found = [[book.contract_size_on(symbol, day) for day in days] for symbol in ("BTC", "ETH")]
    assert [[held and str(held.size) for held in row] for row in found] == [[None, "0.1", "0.01"], [None, "0.1", None]]


WRONG_SIZES = [
    ("size = 0.1", "size = 0", 35, "above 0"),
    ("size = 0.1", 'size = "0.1"', 35, "number"),
    ("size = 0.1\n", "", 32, "size is missing"),
    ('symbols = ["BTC"]', "symbols = []", 43, "array"),
    ('symbols = ["BTC"]', 'symbols = ["BTC"]\nunit = "coins"', 44, "unknown key unit in [[contract_sizes]]"),
    ('sources = ["page"]', 'sources = ["pages"]', 37, "one of the [[sources]]"),
    ('note = "because"', "", 32, "note"),
    ("effective_to = 2024-12-31", "effective_to = 2023-12-31", 32, "before"),
    ("effective_to = 2024-12-31", "effective_to = 2025-01-01", 40, "do not overlap"),
]


@pytest.mark.parametrize(
    ("old", "new", "line", "rule"), WRONG_SIZES, ids=[f"{rule} ({line})" for _, _, line, rule in WRONG_SIZES]
)
def test_a_contract_size_that_is_wrong_is_refused_with_its_line(
    write: Write, old: str, new: str, line: int, rule: str
) -> None:
    assert old in SIZES
    with pytest.raises(ContentError) as error:
        read(write(GOOD + SIZES.replace(old, new, 1)))
    assert (error.value.data["line"], rule in str(error.value.data["rule"])) == (line, True), error.value


def test_contract_sizes_of_two_kinds_of_contract_are_refused(write: Write) -> None:
    with pytest.raises(ContentError) as error:
        read(write(GOOD.replace('contracts = ["linear"]', 'contracts = ["linear", "inverse"]') + SIZES))
    assert "one kind of contract" in str(error.value)


WRONG_TIERS = [
    ("floor,cap", "cap,floor", 1, "columns"),
    ("0.02,1,25,page", "0.02,1,25", 3, "9 cells"),
    ("0.02,1,25,page", '0.02,1,25,"page', 3, "is CSV"),
    ("0.02,1,25", "x,1,25", 3, "rate is a number"),
    ("0.02,1,25", "NaN,1,25", 3, "rate is a number"),
    ("0.02,1,25", "1.02,1,25", 3, "not_a_fraction"),
    ("0.02,1,25", ",1,", 3, "max_leverage is a number"),
    ("0.02,1,25", ",1,0", 3, "max_leverage is positive"),
    ("0.02,1,25", "0.02,2,25", 3, "not_continuous"),
    ("0.02,1,25", "0.005,1,25", 3, "falling_rate"),
    ("BTC,100,,", "BTC,110,,", 3, "gap"),
    ("BTC,100,,", "BTC,90,,", 3, "overlap"),
    ("BTC,0,100", "BTC,1,100", 2, "does_not_start_at_zero"),
    ("BTC,100,,", "BTC,100,50,", 3, "cap_not_above_floor"),
    ("2024-01-01,,BTC,0", "someday,,BTC,0", 2, "date"),
    ("2024-01-01,,BTC,0", ",,BTC,0", 2, "effective_from"),
    ("2024-01-01,,BTC,0", "2024-01-01,2023-01-01,BTC,0", 2, "before"),
    ("25,page", "25,", 3, "source"),
    ("BTC,0,100,0.01,0,50,page", ",0,100,0.01,0,50,page", 2, "name"),
]


@pytest.mark.parametrize(
    ("old", "new", "line", "rule"), WRONG_TIERS, ids=[f"{rule} ({line})" for _, _, line, rule in WRONG_TIERS]
)
def test_a_tier_that_is_wrong_is_refused_with_its_line(write: Write, old: str, new: str, line: int, rule: str) -> None:
    assert old in TIERS
    file = write(GOOD, TIERS.replace(old, new, 1))
    with pytest.raises(ContentError) as error:
        read(file)
    assert error.value.data["file"] == str(file.with_suffix(".tiers.csv"))
    assert rule in str(error.value.data["rule"])
    assert error.value.data["line"] == line


@pytest.mark.parametrize("rows", ["", "\n"])
def test_a_table_file_without_a_tier_is_refused(write: Write, rows: str) -> None:
    with pytest.raises(ContentError) as error:
        read(write(GOOD, TIERS.splitlines()[0] + rows))
    assert "at least one tier" in str(error.value)


@pytest.mark.parametrize("word", ["NaN", "sNaN", "Infinity", "-Infinity", "1e999999999"])
@pytest.mark.parametrize("column", ["floor", "cap", "rate", "amount", "max_leverage"])
def test_a_cell_that_is_no_finite_number_is_refused(write: Write, column: str, word: str) -> None:
    header, first, *rest = TIERS.splitlines()
    cells = dict(zip(header.split(","), first.split(","), strict=True)) | {column: word}
    with pytest.raises(ContentError):
        read(write(GOOD, "\n".join((header, ",".join(cells.values()), *rest))))


def test_a_tier_from_an_undeclared_source_is_refused(write: Write) -> None:
    with pytest.raises(ContentError) as error:
        read(write(GOOD, TIERS.replace("50,page", "50,pages").replace("25,page", "25,pages")))
    assert (error.value.data["line"], "pages is one of the [[sources]]" in str(error.value)) == (2, True)


def test_a_symbol_that_comes_back_later_in_the_file_is_refused(write: Write) -> None:
    eth = "2024-01-01,,ETH,0,,0.01,0,50,page\n"
    with pytest.raises(ContentError) as error:
        read(write(GOOD, TIERS + eth + "2024-01-01,,BTC,0,,0.01,0,50,page\n"))
    assert error.value.data["line"] == 5


def test_an_empty_rate_is_half_of_the_initial_margin(write: Write) -> None:
    table = read(write(GOOD, TIERS.replace("0.02,1,25", ",1,25"))).tables[0].tables["BTC"]
    assert str(table.tiers[1].rate) == "0.02"


def test_an_empty_amount_follows_from_continuity(write: Write) -> None:
    table = read(write(GOOD, TIERS.replace("0.02,1,25", "0.02,,25"))).tables[0].tables["BTC"]
    assert table.tiers[1].amount == 1

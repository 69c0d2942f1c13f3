"""bulk: good rows are written whatever the others are; what is wrong is said with its line."""

import csv
import re
from pathlib import Path

import pyarrow as arrow
import pytest
from pyarrow import parquet

from assistant.cli import main, row_files

HEADER = "id,venue,symbol,side,entry_price,size,leverage"
GOOD = "7,binance,BTC,long,60000,0.5,20"
PRICE = "57228.91566"


@pytest.fixture
def bulk(tmp_path, capsys):
    """Runs the command on a file of some content: exit status, rows by column name, what was said."""

    def bulk(content, *options):
        given, out = tmp_path / "in.csv", tmp_path / "out.csv"
        given.write_bytes(content if isinstance(content, bytes) else content.encode())
        code = main(["bulk", str(given), str(out), "--as-of", "2026-11-22", *options])
        said = capsys.readouterr()
        assert said.out == ""
        if not out.exists():
            return code, None, said.err
        with out.open(encoding="utf-8", errors="surrogateescape", newline="") as written:
            return code, list(csv.DictReader(written)), said.err

    return bulk


def lines(*rows, end="\n"):
    return "".join(f"{row}{end}" for row in (HEADER, *rows))


def test_a_row_is_written_with_its_price_its_rule_and_its_own_columns(bulk):
    code, (row,), _ = bulk(lines(GOOD))
    assert code == 0
    assert (row["id"], row["status"], row["liquidation_price"]) == ("7", "ok", PRICE)
    assert (row["distance_pct"], row["error"]) == ("-4.618474", "")
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", row["rules_as_of"])


def test_the_last_thing_said_is_the_disclaimer_and_the_error_bound_stands_before_it(bulk):
    _, _, said = bulk(lines(GOOD))
    bound, disclaimer = said.strip().splitlines()[-2:]
    assert "not financial advice" in disclaimer
    assert "within 1e-09 of the entry price" in bound


def test_a_bad_row_is_told_with_line_and_reason_and_the_good_ones_are_written(bulk):
    code, rows, said = bulk(lines(GOOD, GOOD.replace("20", "0"), GOOD.replace("60000", "NaN"), GOOD))
    assert code == 1
    assert [row["status"] for row in rows] == ["ok", "refused", "refused", "ok"]
    assert rows[3]["liquidation_price"] == PRICE
    assert "in.csv:3: refused: impossible_value argument=leverage" in said
    assert "in.csv:4: refused: malformed entry_price" in said
    assert "4 rows, 2 without an answer" in said


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(lines(GOOD, end="\r\n"), id="CRLF"),
        pytest.param("\ufeff" + lines(GOOD), id="byte order mark"),
        pytest.param(lines(GOOD).rstrip("\n"), id="no end of the last line"),
        pytest.param(lines("", GOOD, ""), id="blank lines"),
        pytest.param(lines('7,"binance","BTC","long","60000","0.5","20"'), id="quoted"),
        pytest.param(lines("7, binance , BTC, long, 60000, 0.5, 20 "), id="padded"),
    ],
)
def test_a_csv_file_is_read_as_its_writer_meant_it(bulk, content):
    code, (row,), _ = bulk(content)
    assert (code, row["liquidation_price"]) == (0, PRICE)


def test_a_quoted_field_keeps_commas_quotes_and_line_breaks(bulk):
    code, (row, other), said = bulk(lines('"a, ""b""\nc",binance,BTC,long,60000,0.5,20', GOOD.replace("long", "up")))
    assert row["id"] == 'a, "b"\nc'
    assert row["liquidation_price"] == PRICE
    assert (code, other["status"]) == (1, "refused")
    assert "in.csv:4: refused" in said


def test_bytes_that_are_not_utf_8_are_carried_along_in_columns_that_are_not_ours(bulk):
    code, (row,), _ = bulk(lines(GOOD).encode().replace(b"7,", b"caf\xe9,"))
    assert (code, row["id"]) == (0, "caf\udce9")


def test_a_symbol_that_is_not_utf_8_is_refused_and_said_in_ascii(bulk):
    code, rows, said = bulk(lines(GOOD, GOOD).encode().replace(b"BTC", b"B\xe9C", 1))
    assert (code, [row["status"] for row in rows]) == (1, ["refused", "ok"])
    assert "in.csv:2: refused: unknown_symbol" in said
    assert said.isascii()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "side, entry_price is missing"),
        ("\n", "side, entry_price is missing"),
        ("id,venue\n1,binance\n", "side, entry_price is missing"),
        ("side;entry_price\nlong;60000\n", "separated by commas"),
        ("side,entry_price,side\n", "side stands there again"),
        ("side,entry_price,status\n", "no column status yet"),
        ("side,entry_price,tick_size\n", "cannot take tick_size"),
        ("side,entry_price,other_positions\n", "cannot take other_positions"),
        (lines(GOOD).encode("utf-16"), "UTF-16"),
        ('"side,entry_price\n', "is CSV"),
    ],
)
def test_a_file_that_cannot_be_understood_is_refused_as_a_whole(bulk, content, told):
    code, rows, said = bulk(content)
    assert (code, rows) == (1, None)
    assert told in said


def test_a_header_alone_gives_a_header(bulk, tmp_path):
    code, rows, _ = bulk(f"{HEADER}\n")
    assert (code, rows) == (0, [])
    assert (tmp_path / "out.csv").read_text().startswith(f"{HEADER},status,liquidation_price")


def test_a_row_of_too_few_or_too_many_cells_is_told(bulk):
    code, rows, said = bulk(lines("1,binance", GOOD, f"{GOOD},more"))
    assert (code, [row["status"] for row in rows]) == (1, ["refused", "ok", "refused"])
    assert "in.csv:2: refused: malformed row: 2 cells under 7 columns" in said
    assert "in.csv:4: refused: malformed row: 8 cells under 7 columns" in said


def test_rows_before_a_broken_quote_are_written(bulk):
    code, rows, said = bulk(lines(GOOD, '8,"binance"x,BTC,long,60000,0.5,20', GOOD))
    assert (code, len(rows)) == (1, 1)
    assert "in.csv:3: is CSV" in said


def test_many_bad_rows_are_counted_instead_of_named(bulk):
    _, _, said = bulk(lines(*[GOOD.replace("long", "up")] * 50))
    assert said.count("refused:") == 20
    assert "30 more, see the column error" in said


def test_rows_are_the_same_in_one_piece_and_in_many(bulk, monkeypatch):
    rows = [GOOD.replace("0.5", f"0.{number}") for number in range(1, 30)]
    _, whole, _ = bulk(lines(*rows))
    monkeypatch.setattr(row_files, "PIECE", 4)
    _, parts, _ = bulk(lines(*rows))
    assert whole == parts


def test_a_missing_file_is_told(tmp_path, capsys):
    assert main(["bulk", str(tmp_path / "no.csv"), str(tmp_path / "out.csv")]) == 1
    assert "no.csv" in capsys.readouterr().err


def test_the_input_is_never_written_over(tmp_path, capsys):
    file = tmp_path / "in.csv"
    file.write_text(lines(GOOD))
    assert main(["bulk", str(file), str(file)]) == 1
    assert file.read_text() == lines(GOOD)
    assert "is not the input itself" in capsys.readouterr().err


def test_nothing_is_left_behind_where_writing_broke_off(tmp_path, monkeypatch):
    file = tmp_path / "in.csv"
    file.write_text(lines(GOOD))

    def breaks(self, piece, results):
        raise KeyboardInterrupt

    monkeypatch.setattr(row_files.CsvSink, "write", breaks)
    assert main(["bulk", str(file), str(tmp_path / "out.csv")]) == 130
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv"]


def test_a_terminal_sees_how_far_it_has_come(bulk, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    _, _, said = bulk(lines(GOOD))
    assert re.search(r"\[#{30}\] 100%  1 rows", said)


def test_without_pyarrow_a_parquet_file_is_refused_with_what_to_install(tmp_path, capsys, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    file = tmp_path / "in.csv"
    file.write_text(lines(GOOD))
    assert main(["bulk", str(file), str(tmp_path / "out.parquet")]) == 1
    assert "liquidation-assistant[parquet]" in capsys.readouterr().err


def test_a_parquet_file_keeps_its_columns_and_types(tmp_path):
    given, out = tmp_path / "in.parquet", tmp_path / "out.parquet"
    columns = {"id": [7, 8], "venue": ["binance", None], "symbol": ["BTC", "BTC"], "side": ["long", "short"]}
    numbers = {"entry_price": [60000.0, 3000.0], "size": [0.5, None], "leverage": [20, 10]}
    parquet.write_table(arrow.table({**columns, **numbers}), given)
    assert main(["bulk", str(given), str(out), "--as-of", "2026-11-22"]) == 0
    table = parquet.read_table(out)
    assert table.column("id").to_pylist() == [7, 8]
    assert table.column("entry_price").type == arrow.float64()
    assert table.column("liquidation_price").to_pylist()[0] == float(PRICE)
    assert table.column("status").to_pylist() == ["ok", "ok"]
    as_csv = tmp_path / "out.csv"
    assert main(["bulk", str(given), str(as_csv), "--as-of", "2026-11-22"]) == 0
    assert PRICE in Path(as_csv).read_text()

"""tiers: what is on file, and the ways to use it wrongly."""

import json

import pytest

from assistant.cli import main


def test_list_says_since_when_and_where_new_tables_come_from(capsys):
    assert main(["tiers", "list"]) == 0
    out = capsys.readouterr().out
    assert "hyperliquid: " in out
    assert "https://hyperliquid.gitbook.io/" in out


def test_show_gives_the_tiers_of_a_symbol_with_their_source(capsys):
    assert main(["tiers", "show", "--as-of", "2026-11-22", "bybit", "BTC"]) == 0
    out = capsys.readouterr().out
    assert "0 to 2000000: rate 0.005, amount 0, up to 100x" in out
    assert "https://www.bybit.com/en/announcement-info/margin-parameters, retrieved 2026-11-22" in out


def test_show_without_a_symbol_gives_a_line_for_each(capsys):
    assert main(["tiers", "show", "--as-of", "2026-11-22", "dydx"]) == 0
    assert "BTC: 1 tiers, lowest rate 0.012" in capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["show", "--as-of", "2020-01-01", "bybit", "BTC"], "no_rule_in_force"),
        (["show", "bybit", "NONE"], "unknown_symbol"),
        (["show", "nowhere"], "unknown_venue"),
        (["refresh", "generic"], "no public interface"),
        (["refresh", "dydx", "--recorded", "2026-11-22", "--from-file", "/nowhere/answer.json"], "is a readable file"),
    ],
)
def test_what_cannot_be_done_is_said(arguments, said, capsys):
    assert main(["tiers", *arguments]) == 1
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["refresh", "dydx", "--from-file", "answer.json"],
        ["refresh", "dydx", "--recorded", "2026-11-22"],
        ["refresh", "dydx", "--recorded", "9999-01-01", "--from-file", "answer.json"],
        ["refresh", "dydx", "--write", "--output", "diff"],
        ["refresh"],
        [],
    ],
)
def test_wrong_usage_ends_with_2(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["tiers", *arguments])
    assert ended.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_a_saved_answer_counts_from_the_day_it_was_saved(tmp_path, capsys):
    fractions = {"initialMarginFraction": "0.02", "maintenanceMarginFraction": "0.012", "status": "ACTIVE"}
    markets = {f"{coin}-USD": {"ticker": f"{coin}-USD", **fractions} for coin in ("BTC", "ETH")}
    slower = {"initialMarginFraction": "0.05", "maintenanceMarginFraction": "0.03", "status": "ACTIVE"}
    markets["SOL-USD"] = {"ticker": "SOL-USD", **slower}
    saved = tmp_path / "answer.json"
    saved.write_text(json.dumps({"markets": markets}))
    assert main(["tiers", "refresh", "dydx", "--from-file", str(saved), "--recorded", "2026-05-01"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert "+2026-05-01,,BTC,0,,0.012,,50,dydx-perpetual-markets-2026-05-01" in out
    assert "+retrieved = 2026-05-01" in out

"""verify: ours beside theirs in the terminal, and an exit status a script can rely on."""

import json
import shutil

import pytest

from assistant import wiring
from assistant.cli import main
from assistant.resources import content


@pytest.fixture
def broken(tmp_path, monkeypatch):
    """Content whose first sourced vector expects something else."""
    shutil.copytree(content("knowledge"), tmp_path / "knowledge")
    path = tmp_path / "knowledge" / "vectors" / "sourced.jsonl"
    path.write_text(path.read_text("utf-8").replace('"33599.4"', '"33600.4"', 1), "utf-8")
    monkeypatch.setattr(wiring, "content", lambda name: tmp_path / name if name == "knowledge" else content(name))
    return path


def last_paragraph(text):
    return text.rstrip().rpartition("\n\n")[2]


def test_everything_agrees_and_the_disclaimer_stands_last(capsys):
    assert main(["verify"]) == 0
    out = capsys.readouterr().out
    assert "33599.4" in out
    assert "DIFFERS" not in out
    assert "not financial advice" in last_paragraph(out)


def test_a_figure_that_differs_is_shown_and_fails(broken, capsys):
    assert main(["verify"]) == 1
    shown = [line for line in capsys.readouterr().out.splitlines() if "DIFFERS" in line]
    assert len(shown) == 1
    assert "33600.4" in shown[0]


def test_a_venue_that_agrees_does_not_fail_for_another(broken):
    assert main(["verify", "--venue", "hyperliquid"]) == 0
    assert main(["verify", "--venue", "binance"]) == 1


def test_only_sourced_figures(capsys):
    main(["verify", "--sourced", "--json"])
    payload = json.loads(capsys.readouterr().out)
    assert {one["label"] for one in payload["vectors"]} == {"sourced"}
    assert list(payload)[-1] == "disclaimer"


def test_as_json_it_is_the_payload_of_the_api(capsys):
    assert main(["verify", "--json", "--venue", "okx"]) == 0
    payload = json.loads(capsys.readouterr().out)
    assert set(payload) == {"summary", "venues", "vectors", "disclaimer"}
    assert {one["venue"] for one in payload["vectors"]} >= {"okx_swap"}


def test_an_unknown_venue_is_refused_by_name(capsys):
    assert main(["verify", "--venue", "bitfoo"]) == 1
    assert "unknown_venue: venue=bitfoo" in capsys.readouterr().err


def test_a_tool_without_vectors_is_not_called_verified():
    assert main(["verify", "--venue", "cascade_explain"]) == 1


def test_a_wrong_line_stops_the_command_by_file_line_and_rule(broken, capsys):
    broken.write_text("{}\n", "utf-8")
    assert main(["verify"]) == 1
    assert f"{broken}:1: " in capsys.readouterr().err

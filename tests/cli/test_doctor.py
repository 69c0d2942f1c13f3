"""`doctor` says what to mend, and its exit status whether anything must be."""

import json
import sqlite3
from contextlib import closing

import pytest

from assistant.cli import main


@pytest.fixture
def examined(monkeypatch, tmp_path, capsys):
    """The findings of one run with these variables, as (part, state) with their texts."""
    monkeypatch.setenv("ASSISTANT_DATABASE", str(tmp_path / "store.sqlite3"))

    def examined(**variables):
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        status = main(["doctor", "--json"])
        found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        return status, {(one["part"], one["state"]): one["text"] for one in found}

    return examined


def test_a_sound_installation_needs_nothing(examined, tmp_path):
    status, found = examined()
    assert status == 0
    assert {state for _, state in found} == {"fine"}
    assert list(tmp_path.iterdir()) == []


def test_a_setting_that_cannot_be_is_named(examined):
    status, found = examined(ASSISTANT_PORT="http")
    assert status == 1
    assert found["settings", "wrong"].startswith("ASSISTANT_PORT: ")


def test_a_misspelt_setting_is_a_warning(examined):
    _, found = examined(ASSISTANT_PROT="80")
    assert "ASSISTANT_PROT" in found["settings", "warning"]


def test_a_store_that_cannot_be_used_is_named_with_the_reason(examined, tmp_path):
    with closing(sqlite3.connect(tmp_path / "store.sqlite3")) as connection:
        connection.execute("CREATE TABLE bookmarks (url)")
    status, found = examined()
    assert status == 1
    assert "another program" in found["store", "wrong"]


def test_every_wrong_content_file_is_named(examined, monkeypatch, tmp_path):
    from assistant.resources import content

    (tmp_path / "prompts").mkdir()
    monkeypatch.setattr("assistant.cli.doctor.content", lambda name: tmp_path if name == "prompts" else content(name))
    status, found = examined()
    assert status == 1
    assert found["content", "wrong"]


def test_people_get_a_line_a_finding(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("ASSISTANT_DATABASE", str(tmp_path / "store.sqlite3"))
    main(["doctor"])
    lines = capsys.readouterr().out.splitlines()
    assert all(line.split()[0] in ("fine", "warning", "wrong") for line in lines)

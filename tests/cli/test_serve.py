"""`serve` does not start on what it could not serve, and says why in one line."""

import shutil
import sqlite3
from contextlib import closing

import pytest

from assistant.cli import main
from assistant.resources import content


@pytest.fixture
def refused(monkeypatch, tmp_path, capsys):
    """What `serve` says when it does not start."""
    monkeypatch.setenv("ASSISTANT_DATABASE", str(tmp_path / "store.sqlite3"))

    def refused(*options):
        assert main(["serve", *options]) == 1
        return capsys.readouterr().err

    return refused


def test_a_wrong_content_file_is_named_with_line_and_rule(refused, monkeypatch, tmp_path):
    shutil.copytree(content("prompts"), tmp_path / "prompts")
    labels = tmp_path / "prompts" / "en" / "labels.toml"
    labels.write_text(labels.read_text() + "\nthis is no TOML\n")
    monkeypatch.setattr(
        "assistant.wiring.content", lambda name: tmp_path / name if name == "prompts" else content(name)
    )
    line = len(labels.read_text().splitlines())
    assert f"labels.toml:{line}: " in refused()


def test_a_store_of_a_newer_program_is_named(refused, tmp_path):
    from assistant.adapters.store.schema import APPLICATION_ID

    with closing(sqlite3.connect(tmp_path / "store.sqlite3")) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 999")
    said = refused()
    assert "store.sqlite3: has version 999" in said


def test_a_setting_that_cannot_be_is_named(refused):
    assert "ASSISTANT_PORT: a whole number" in refused("--port", "http")

"""The doctor's look at the store finds what would keep a server from using it, and changes nothing."""

import sqlite3
from contextlib import closing
from decimal import Decimal

import pytest

from assistant.adapters.store.connection import writing
from assistant.adapters.store.examination import examine
from assistant.adapters.store.schema import MIGRATIONS, migrate

WAIT = Decimal("0.05")


def findings(file):
    return [str(error) for error in examine(file, timeout_s=WAIT)]


@pytest.fixture
def sound(tmp_path):
    writing(tmp_path / "store.sqlite3", timeout_s=WAIT).close()
    return tmp_path / "store.sqlite3"


def test_a_sound_store_has_no_findings_and_stays_as_it_is(sound):
    before = sound.read_bytes()
    assert findings(sound) == []
    assert sound.read_bytes() == before


def test_a_store_that_is_not_there_yet_is_fine_and_is_not_made(tmp_path):
    assert findings(tmp_path / "new" / "store.sqlite3") == []
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_found(tmp_path):
    (tmp_path / "file").write_text("")
    (finding,) = findings(tmp_path / "file" / "store.sqlite3")
    assert "cannot be made" in finding


def test_a_damaged_store_is_found(sound):
    with closing(writing(sound, timeout_s=WAIT)) as connection:
        connection.executemany(
            "INSERT INTO conversations VALUES (?, '')", [(f"{number:036}",) for number in range(2000)]
        )
    content = bytearray(sound.read_bytes())
    content[-4096 * 4 : -4096 * 3] = b"\xff" * 4096
    sound.write_bytes(content)
    assert any("is damaged" in finding or "malformed" in finding for finding in findings(sound))


def test_a_file_that_is_no_database_is_found(tmp_path):
    (tmp_path / "store.sqlite3").write_text("dear diary\n" * 100)
    (finding,) = findings(tmp_path / "store.sqlite3")
    assert "not a database" in finding


def test_a_store_of_a_newer_program_is_found(tmp_path):
    with closing(sqlite3.connect(tmp_path / "store.sqlite3", isolation_level=None)) as connection:
        migrate(connection, tmp_path / "store.sqlite3", [*MIGRATIONS, ("CREATE TABLE extra (a)",)])
    (finding,) = findings(tmp_path / "store.sqlite3")
    assert "this program knows" in finding


def test_a_store_somebody_else_holds_is_found(sound):
    with closing(sqlite3.connect(sound, isolation_level=None)) as lock:
        lock.execute("BEGIN IMMEDIATE")
        (finding,) = findings(sound)
    assert "locked" in finding

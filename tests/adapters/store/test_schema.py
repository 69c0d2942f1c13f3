"""A file of any earlier version is led to the newest; any other file is refused with its name and the reason."""

import contextlib
import sqlite3
from pathlib import Path

import pytest

from assistant.adapters.store.connection import writing
from assistant.adapters.store.schema import MIGRATIONS, migrate
from assistant.errors import StoreError

TIMEOUT = 1


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite3"


def connect(file: Path) -> contextlib.closing[sqlite3.Connection]:
    return contextlib.closing(sqlite3.connect(file, isolation_level=None))


def shape(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    return connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name").fetchall()


def test_a_new_file_has_the_newest_version(place):
    with contextlib.closing(writing(place, timeout_s=TIMEOUT)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)


def test_the_file_and_those_beside_it_are_for_the_owner_alone(place):
    with contextlib.closing(writing(place, timeout_s=TIMEOUT)) as connection:
        connection.execute("INSERT INTO conversations VALUES ('c', '')")
        assert {path.stat().st_mode & 0o777 for path in place.parent.iterdir()} == {0o600}


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS) + 1))
def test_every_earlier_version_becomes_the_newest_and_keeps_its_turns(place, tmp_path, version):
    with connect(place) as old:
        migrate(old, place, MIGRATIONS[:version])
        old.execute("INSERT INTO conversations VALUES ('c', '2026-01-01T00:00:00+00:00')")
        old.execute("INSERT INTO turns VALUES ('m', 'c', 1, '2026-01-01', '2026-01-01', 'en', '{}', '{}', '{}')")
    with contextlib.closing(writing(place, timeout_s=TIMEOUT)) as migrated:
        assert migrated.execute("SELECT message_id FROM turns").fetchall() == [("m",)]
        with contextlib.closing(writing(tmp_path / "new.sqlite3", timeout_s=TIMEOUT)) as new:
            assert shape(migrated) == shape(new)


def test_a_step_that_fails_leaves_the_version_before_it(place):
    with connect(place) as connection:
        with pytest.raises(sqlite3.OperationalError):
            migrate(connection, place, [*MIGRATIONS, ("CREATE TABLE extra (a)", "CREATE nonsense")])
        assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
        assert "extra" not in dict(shape(connection))


def test_a_file_of_a_newer_program_is_refused_with_both_versions(place):
    with connect(place) as connection:
        migrate(connection, place, [*MIGRATIONS, ("CREATE TABLE extra (a)",)])
    with pytest.raises(StoreError, match=f"has version {len(MIGRATIONS) + 1} and this program knows {len(MIGRATIONS)}"):
        writing(place, timeout_s=TIMEOUT)


def test_another_programs_database_is_left_alone(place):
    with connect(place) as connection:
        connection.execute("CREATE TABLE bookmarks (url)")
    before = place.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        writing(place, timeout_s=TIMEOUT)
    assert place.read_bytes() == before


def test_a_file_that_is_no_database_is_refused(place):
    place.write_text("dear diary\n" * 100)
    with pytest.raises(StoreError, match="not a database"):
        writing(place, timeout_s=TIMEOUT)


def test_a_folder_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be used"):
        writing(tmp_path / "file" / "store.sqlite3", timeout_s=TIMEOUT)

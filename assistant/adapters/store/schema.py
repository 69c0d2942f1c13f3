"""The tables of the store, as steps that lead from an empty file to the newest version."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from assistant.errors import StoreError

APPLICATION_ID = 0x4C495141
"""Marks a file as ours ("LIQA"), so that no other program's database is touched."""

MIGRATIONS: Sequence[Sequence[str]] = (
    (
        "CREATE TABLE conversations (id TEXT PRIMARY KEY, created TEXT NOT NULL) WITHOUT ROWID",
        """CREATE TABLE turns (
               message_id TEXT NOT NULL UNIQUE,
               conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
               number INTEGER NOT NULL CHECK (number > 0),
               created TEXT NOT NULL,
               as_of TEXT NOT NULL,
               language TEXT NOT NULL,
               request TEXT NOT NULL,
               reply TEXT NOT NULL,
               state TEXT NOT NULL,
               UNIQUE (conversation_id, number))""",
    ),
    (
        """CREATE TABLE feedback (
               message_id TEXT PRIMARY KEY REFERENCES turns (message_id) ON DELETE CASCADE,
               created TEXT NOT NULL,
               helpful INTEGER NOT NULL CHECK (helpful IN (0, 1)),
               comment TEXT) WITHOUT ROWID""",
    ),
)
"""Only ever appended to: a step that has been released is never changed."""


def migrate(connection: sqlite3.Connection, file: Path, steps: Sequence[Sequence[str]] = MIGRATIONS) -> None:
    """Bring the file up to the newest version, each step whole or not at all; StoreError when that cannot be."""
    version = version_of(connection, file, newest=len(steps))
    while version < len(steps):
        connection.execute("BEGIN IMMEDIATE")
        try:
            version = version_of(connection, file, newest=len(steps))  # another process may have been faster
            if version < len(steps):
                for statement in steps[version]:
                    connection.execute(statement)
                version += 1
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {version}")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


def version_of(connection: sqlite3.Connection, file: Path, *, newest: int) -> int:
    """The version a file has, 0 for an empty one; StoreError for another program's file or a newer version."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    owner = int(connection.execute("PRAGMA application_id").fetchone()[0])
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if owner != APPLICATION_ID and (owner or version or tables):
        raise StoreError(file=file, rule="belongs to another program; name another file in ASSISTANT_DATABASE")
    if version > newest:
        raise StoreError(
            file=file, rule=f"has version {version} and this program knows {newest}; use the program that wrote it"
        )
    return version

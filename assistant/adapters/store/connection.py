"""Connections to the store's file: durable ones that write, fast ones that only read."""

import sqlite3
from decimal import Decimal
from pathlib import Path

from assistant.adapters.store.schema import migrate
from assistant.errors import StoreError


def writing(file: Path, *, timeout_s: Decimal) -> sqlite3.Connection:
    """A connection whose commits are on the disk when they return; the file is made or migrated first.

    Raises StoreError when the file cannot be made, is no database, or is newer than this program.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.touch(mode=0o600)  # what people typed is for the owner alone; the files beside it get the same rights
        connection = connect(file, timeout_s)
        try:
            connection.execute("PRAGMA page_size = 8192")  # of a new file: a turn with its reply fits on one page
            migrate(connection, file)  # first: a file that is not ours stays as it is
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA secure_delete = ON")
        except BaseException:
            connection.close()
            raise
    except (OSError, sqlite3.Error) as error:
        raise StoreError(file=file, rule=f"cannot be used ({error})") from error
    return connection


def reading(file: Path) -> sqlite3.Connection:
    """A connection that never waits: in write-ahead mode readers and the writer do not block one another."""
    connection = connect(file, Decimal(0))
    connection.execute("PRAGMA query_only = ON")
    return connection


def connect(file: Path, timeout_s: Decimal) -> sqlite3.Connection:
    """A plain connection that waits so long for a lock; a transaction begins where the code says so."""
    return sqlite3.connect(file, timeout=float(timeout_s), isolation_level=None, check_same_thread=False)

"""A look at the store's file that changes nothing: is it ours, whole, known, and can it be written to."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

from assistant.adapters.store.connection import connect
from assistant.adapters.store.schema import MIGRATIONS, version_of
from assistant.errors import StoreError


def examine(file: Path, *, timeout_s: Decimal) -> Iterator[StoreError]:
    """Everything that would keep a server from using the file; nothing when it is sound or not there yet."""
    if not file.exists():
        folder = next(parent for parent in file.absolute().parents if parent.exists())
        if not (folder.is_dir() and os.access(folder, os.W_OK)):
            yield StoreError(file=file, rule=f"cannot be made: {folder} is no folder this user may write to")
        return
    try:
        with closing(connect(file, timeout_s)) as connection:
            version_of(connection, file, newest=len(MIGRATIONS))
            for (finding,) in connection.execute("PRAGMA integrity_check(3)"):
                if finding != "ok":
                    yield StoreError(file=file, rule=f"is damaged ({finding}); bring back a copy made before")
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
    except StoreError as error:
        yield error
    except (OSError, sqlite3.Error) as error:
        yield StoreError(file=file, rule=f"cannot be used ({error})")

"""Conversations in one SQLite file that survives the process and the power."""

import asyncio
import sqlite3
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

from assistant.adapters.store import rows
from assistant.adapters.store.connection import reading, writing
from assistant.adapters.store.writer import Writer
from assistant.errors import OutsideUnavailable
from assistant.ports import Feedback, Latest, Turn


class SqliteStore:
    """A ConversationStore; one per process, several processes may share the file."""

    def __init__(self, file: Path, *, timeout_s: Decimal) -> None:
        self._writer = Writer(writing(file, timeout_s=timeout_s))
        self._point = reading(file)
        """For single rows, on the event loop: some ten microseconds, and never behind a lock."""
        self._bulk = reading(file)
        """For whole conversations, in a thread of its own."""
        self._reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store-reader")

    async def latest(self, conversation_id: str) -> Latest | None:
        """Where a conversation stands, or None where there is none."""
        try:
            return rows.latest(self._point, conversation_id)
        except sqlite3.Error as error:
            raise OutsideUnavailable(what="store") from error

    async def append(self, turn: Turn) -> bool:
        """True once the turn is on the disk; False where its number is taken or its conversation is gone."""
        return await self._writer.submit(turn)

    async def turns(self, conversation_id: str) -> Sequence[Turn]:
        """Every turn of a conversation, oldest first."""
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._reader, rows.turns, self._bulk, conversation_id)
        except (sqlite3.Error, RuntimeError) as error:  # RuntimeError: closed meanwhile
            raise OutsideUnavailable(what="store") from error

    async def forget(self, conversation_id: str) -> bool:
        """True once a conversation is gone, in the file and in its write-ahead log."""
        return await self._writer.submit(rows.Forget(conversation_id))

    async def give_feedback(self, feedback: Feedback) -> bool:
        """True once feedback is on the disk; False where no such message exists."""
        return await self._writer.submit(feedback)

    async def check(self) -> None:
        """Return when the file can be written to now."""
        await self._writer.submit(rows.Check())

    async def close(self) -> None:
        """Return when everything that was accepted is on the disk and the file is released."""
        await asyncio.to_thread(self._reader.shutdown)
        self._point.close()
        self._bulk.close()
        await self._writer.close()  # last: whoever closes last folds the write-ahead file into the database

"""The one thread that writes: whatever waits is committed together, and nobody is told before the commit."""

import asyncio
import contextlib
import logging
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue

from assistant.adapters.store.rows import Forget, Write, insert_turns, write
from assistant.errors import OutsideUnavailable
from assistant.ports import Turn

log = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class _Job:
    work: Write
    done: asyncio.Future[bool]
    outcome: bool | None = None
    """What came of it; None: it is not on the disk."""


class Writer:
    """Writes what is submitted from event loops; a batch is one transaction, so one flush to the disk serves many."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._gathered: list[_Job] = []
        """What this round of the event loop has submitted so far."""
        self._queue: SimpleQueue[Sequence[_Job] | None] = SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="store-writer", daemon=True)
        self._thread.start()

    async def submit(self, work: Write) -> bool:
        """What came of the work, once it is on the disk; OutsideUnavailable when it could not be put there."""
        if self._closed:
            raise OutsideUnavailable(what="store")
        loop = asyncio.get_running_loop()
        job = _Job(work, loop.create_future())
        if not self._gathered:
            loop.call_soon(self._hand_over)
        self._gathered.append(job)
        return await job.done

    async def close(self) -> None:
        """Return when everything submitted so far is committed and the connection is closed."""
        if not self._closed:
            self._closed = True
            self._hand_over()
            self._queue.put(None)
        await asyncio.to_thread(self._thread.join)

    def _hand_over(self) -> None:
        """Give the thread all that was submitted in one round of the loop, so that it does not wake for each alone."""
        if self._gathered:
            self._queue.put(self._gathered)
            self._gathered = []

    def _run(self) -> None:
        going_on = True
        while going_on:
            waiting = [self._queue.get()]
            with contextlib.suppress(Empty):
                while True:
                    waiting.append(self._queue.get_nowait())
            going_on = None not in waiting
            if batch := [job for jobs in waiting if jobs is not None for job in jobs]:
                self._commit(batch)
                _tell(batch)
                self._erase(batch)
        self._connection.close()

    def _commit(self, batch: Sequence[_Job]) -> None:
        try:
            try:
                self._together(batch)
            except sqlite3.IntegrityError:  # one of the turns came too late; the others are fine
                self._one_by_one(batch)
        except Exception as error:
            for job in batch:
                job.outcome = None
            log.warning(
                "the store could not be written: %s", error if isinstance(error, sqlite3.Error) else type(error)
            )

    def _together(self, batch: Sequence[_Job]) -> None:
        turns = [job.work for job in batch if isinstance(job.work, Turn)]
        with self._transaction():
            if turns:
                insert_turns(self._connection, turns)
            for job in batch:
                job.outcome = isinstance(job.work, Turn) or write(self._connection, job.work)

    def _one_by_one(self, batch: Sequence[_Job]) -> None:
        with self._transaction():
            for job in batch:
                job.outcome = write(self._connection, job.work)

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        finally:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def _erase(self, batch: Sequence[_Job]) -> None:
        """Let no forgotten word stand in the write-ahead file; while somebody reads it, it waits for the next one."""
        if any(isinstance(job.work, Forget) and job.outcome for job in batch):
            with contextlib.suppress(sqlite3.Error):
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _tell(batch: Sequence[_Job]) -> None:
    """Wake everyone who waits, with one call into each event loop."""
    for loop in {job.done.get_loop() for job in batch}:
        with contextlib.suppress(RuntimeError):  # that loop has ended, and with it whoever waited
            loop.call_soon_threadsafe(_release, [job for job in batch if job.done.get_loop() is loop])


def _release(jobs: Sequence[_Job]) -> None:
    for job in jobs:
        if job.done.done():  # the one who waited has gone
            continue
        if job.outcome is None:
            job.done.set_exception(OutsideUnavailable(what="store"))
        else:
            job.done.set_result(job.outcome)

"""The store keeps what it says it keeps, and says nothing before it does."""

import asyncio
import contextlib
import sqlite3
from pathlib import Path

import pytest

from assistant.errors import OutsideUnavailable
from assistant.ports import Feedback, Latest


def test_a_stored_turn_is_there_after_the_store_was_opened_again(opened, turn, run):
    async def body():
        async with opened() as store:
            assert await store.append(turn(number=1))
            assert await store.append(turn(number=2))
        async with opened() as store:
            assert await store.turns("c") == (turn(number=1), turn(number=2))

    run(body())


def test_an_acknowledged_turn_is_in_the_file_while_the_store_is_still_open(opened, turn, run, file):
    async def body():
        async with opened() as store:
            await store.append(turn())
            with contextlib.closing(sqlite3.connect(file)) as other:
                assert other.execute("SELECT message_id FROM turns").fetchall() == [("c-1",)]

    run(body())


def test_commits_are_flushed_to_the_disk_through_a_write_ahead_log(opened, run):
    async def body():
        async with opened() as store:
            connection = store._writer._connection
            assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
            assert connection.execute("PRAGMA synchronous").fetchone() == (2,)

    run(body())


def test_the_latest_turn_says_where_a_conversation_stands(opened, turn, run):
    async def body():
        async with opened() as store:
            assert await store.latest("c") is None
            await store.append(turn(number=1))
            await store.append(turn(number=2))
            await store.append(turn("other"))
            assert await store.latest("c") == Latest(number=2, state='{"turn": 2}')

    run(body())


def test_a_turn_whose_number_is_taken_is_refused_and_its_neighbours_are_kept(opened, turn, run):
    async def body():
        async with opened() as store:
            await store.append(turn(number=1))
            late, fine = turn(number=1, message_id="late"), turn("other", 1)
            assert await asyncio.gather(store.append(late), store.append(fine)) == [False, True]
            assert await store.turns("c") == (turn(number=1),)

    run(body())


def test_a_turn_of_a_forgotten_conversation_is_refused(opened, turn, run):
    async def body():
        async with opened() as store:
            await store.append(turn(number=1))
            await store.forget("c")
            assert not await store.append(turn(number=2))
            assert await store.turns("c") == ()

    run(body())


def test_turns_that_wait_together_share_a_transaction(opened, turn, run, file):
    async def body():
        async with opened() as store:
            lock = sqlite3.connect(file, isolation_level=None)
            lock.execute("BEGIN IMMEDIATE")
            begun: list[str] = []
            store._writer._connection.set_trace_callback(
                lambda statement: begun.append(statement) if statement.startswith("BEGIN") else None
            )
            waiting = [asyncio.ensure_future(store.append(turn(f"c{n}"))) for n in range(50)]
            await asyncio.sleep(0)
            lock.execute("ROLLBACK")
            lock.close()
            assert all(await asyncio.gather(*waiting))
            assert len(begun) <= 2

    run(body())


def test_a_locked_file_refuses_the_turn_and_keeps_nothing_of_it(opened, turn, run, file):
    async def body():
        async with opened() as store:
            with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as lock:
                lock.execute("BEGIN IMMEDIATE")
                with pytest.raises(OutsideUnavailable):
                    await store.append(turn())
                lock.execute("ROLLBACK")
            assert await store.turns("c") == ()
            assert await store.append(turn())

    run(body())


def test_a_full_disk_refuses_the_turn_and_the_store_recovers(opened, turn, run):
    async def body():
        async with opened() as store:
            await store.append(turn(number=1))
            connection = store._writer._connection
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count = {pages}")
            with pytest.raises(OutsideUnavailable):
                await store.append(turn(number=2, reply="x" * 100_000))
            assert await store.turns("c") == (turn(number=1),)
            connection.execute("PRAGMA max_page_count = 1000000")
            assert await store.append(turn(number=2))

    run(body())


def test_reading_goes_on_while_the_file_is_locked_for_writing(opened, turn, run, file):
    async def body():
        async with opened() as store:
            await store.append(turn())
            with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as lock:
                lock.execute("BEGIN EXCLUSIVE")
                assert (await store.latest("c")).number == 1
                assert await store.turns("c") == (turn(),)

    run(body())


def test_check_fails_while_nothing_can_be_written(opened, run, file):
    async def body():
        async with opened() as store:
            await store.check()
            with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as lock:
                lock.execute("BEGIN IMMEDIATE")
                with pytest.raises(OutsideUnavailable):
                    await store.check()

    run(body())


def test_feedback_about_the_same_message_replaces_the_earlier_one(opened, turn, run, file):
    async def body():
        async with opened() as store:
            await store.append(turn())
            when = turn().created
            assert await store.give_feedback(Feedback(message_id="c-1", created=when, helpful=True))
            assert await store.give_feedback(Feedback(message_id="c-1", created=when, helpful=False, comment="no"))
            with contextlib.closing(sqlite3.connect(file)) as other:
                assert other.execute("SELECT helpful, comment FROM feedback").fetchall() == [(0, "no")]

    run(body())


def test_feedback_about_no_message_is_not_kept(opened, turn, run):
    async def body():
        async with opened() as store:
            assert not await store.give_feedback(
                Feedback(message_id="nobody", created=turn().created, helpful=True, comment="?")
            )

    run(body())


def test_a_forgotten_conversation_leaves_no_word_in_any_file(opened, turn, run, file):
    async def body():
        async with opened() as store:
            await store.append(turn(request='{"message": "planted-secret"}', reply='"planted-secret"' * 2000))
            await store.give_feedback(
                Feedback(message_id="c-1", created=turn().created, helpful=True, comment="planted-secret")
            )
            await store.append(turn("kept"))
            assert holds(file.parent, b"planted-secret")
            assert await store.forget("c")
            await store.check()  # the writer has gone on to the next batch, so it is through with this one
            assert not holds(file.parent, b"planted-secret")
            assert await store.turns("c") == ()
            assert await store.turns("kept") == (turn("kept"),)
            assert not await store.forget("c")

    run(body())


def test_closing_stores_what_was_still_waiting(opened, turn, run):
    async def body():
        async with opened() as store:
            waiting = [asyncio.ensure_future(store.append(turn(f"c{n}"))) for n in range(20)]
            await asyncio.sleep(0)
        assert all(await asyncio.gather(*waiting))
        async with opened() as store:
            assert [len(await store.turns(f"c{n}")) for n in range(20)] == [1] * 20

    run(body())


def test_a_closed_store_takes_nothing(opened, turn, run):
    async def body():
        async with opened() as store:
            pass
        with pytest.raises(OutsideUnavailable):
            await store.append(turn())
        with pytest.raises(OutsideUnavailable):
            await store.turns("c")
        with pytest.raises(OutsideUnavailable):
            await store.latest("c")

    run(body())


def test_someone_who_stopped_waiting_disturbs_nobody(opened, turn, run):
    async def body():
        async with opened() as store:
            gone = asyncio.ensure_future(store.append(turn("gone")))
            stays = asyncio.ensure_future(store.append(turn("stays")))
            await asyncio.sleep(0)
            gone.cancel()
            assert await stays
            with pytest.raises(asyncio.CancelledError):
                await gone

    run(body())


def holds(folder: Path, word: bytes) -> bool:
    return any(word in path.read_bytes() for path in folder.iterdir())

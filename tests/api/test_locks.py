"""One at a time within a conversation, side by side between them, nothing kept afterwards."""

import asyncio

import pytest

from assistant.api.locks import ConversationLocks


def test_work_on_one_conversation_never_overlaps():
    async def body():
        locks, inside, most = ConversationLocks(), 0, 0

        async def work():
            nonlocal inside, most
            async with locks.of("c"):
                inside += 1
                most = max(most, inside)
                await asyncio.sleep(0)
                inside -= 1

        await asyncio.gather(*(work() for _ in range(20)))
        assert most == 1

    asyncio.run(body())


def test_conversations_do_not_wait_for_one_another():
    async def body():
        locks = ConversationLocks()
        async with locks.of("a"), locks.of("b"):
            assert len(locks) == 2

    asyncio.run(body())


def test_a_lock_is_thrown_away_when_nobody_needs_it_even_after_a_failure():
    async def body():
        locks = ConversationLocks()
        with pytest.raises(ValueError, match="work"):
            async with locks.of("c"):
                raise ValueError("work")
        waiting = [asyncio.ensure_future(hold(locks)) for _ in range(3)]
        await asyncio.sleep(0)
        waiting[1].cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        assert len(locks) == 0

    async def hold(locks):
        async with locks.of("c"):
            await asyncio.sleep(0)

    asyncio.run(body())

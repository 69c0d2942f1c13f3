"""One turn of a conversation at a time: the next waits for the one before it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class _Held:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    holders: int = 0
    """Who has it or waits for it; nobody: it is thrown away."""


class ConversationLocks:
    """Locks by conversation id, kept only while somebody needs them."""

    def __init__(self) -> None:
        self._held: dict[str, _Held] = {}

    @asynccontextmanager
    async def of(self, conversation_id: str) -> AsyncIterator[None]:
        """A context in which nobody else of this process works on the conversation."""
        held = self._held.setdefault(conversation_id, _Held())
        held.holders += 1
        try:
            async with held.lock:
                yield
        finally:
            held.holders -= 1
            if not held.holders:
                del self._held[conversation_id]

    def __len__(self) -> int:
        """How many conversations are being worked on."""
        return len(self._held)

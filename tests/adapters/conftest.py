"""A store in a folder of its own, turns to put into it, and one event loop a test."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assistant.adapters.store.sqlite import SqliteStore
from assistant.ports import Turn

MakeTurn = Callable[..., Turn]
OpenStore = Callable[[], AbstractAsyncContextManager[SqliteStore]]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "conversations.sqlite3"


@pytest.fixture
def opened(file: Path) -> OpenStore:
    """An open store as a context: closed again whatever happens."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[SqliteStore]:
        store = SqliteStore(file, timeout_s=Decimal("0.2"))
        try:
            yield store
        finally:
            await store.close()

    return opened


@pytest.fixture
def turn() -> MakeTurn:
    def turn(conversation_id: str = "c", number: int = 1, **changes: Any) -> Turn:
        values: dict[str, Any] = {
            "message_id": f"{conversation_id}-{number}",
            "conversation_id": conversation_id,
            "number": number,
            "created": datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
            "as_of": date(2026, 11, 22),
            "language": "en",
            "request": '{"message": "liq?"}',
            "reply": '{"text": "an answer with \u2212 and \u4e2d"}',
            "state": f'{{"turn": {number}}}',
        }
        return Turn(**(values | changes))

    return turn


@pytest.fixture
def run() -> Callable[[Coroutine[Any, Any, None]], None]:
    return asyncio.run

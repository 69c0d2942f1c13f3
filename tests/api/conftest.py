"""The real application over the real content and a store of its own, spoken to in this process or in one of its own."""

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.adapters.store.sqlite import SqliteStore
from assistant.api.app import Application, create
from assistant.resources import content
from assistant.settings import Settings
from assistant.turn import Assistant
from assistant.verification.vector import Vector
from assistant.wiring import Parts

QUESTION = "long 0.5 btc at 60k 20x isolated on binance, liq?"
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@dataclass(frozen=True)
class FixedClock:
    """Always the same moment."""

    moment: datetime = NOW

    def now(self) -> datetime:
        return self.moment

    def today(self) -> date:
        return self.moment.date()


class Client:
    """A browser without a network: one event loop, the application's life around it."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self._runner = asyncio.Runner()
        self._life = AsyncExitStack()
        transport = httpx.ASGITransport(application.asgi)
        self.http = httpx.AsyncClient(transport=transport, base_url="http://assistant.test")
        self.run(self._life.enter_async_context(application.asgi.router.lifespan_context(application.asgi)))

    def run(self, work: Any) -> Any:
        return self._runner.run(work)

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        return self.run(self.http.request(method, path, **options))

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.request("GET", path, **options)

    def post(self, path: str, body: Any, **options: Any) -> httpx.Response:
        return self.request("POST", path, json=body, **options)

    def delete(self, path: str) -> httpx.Response:
        return self.request("DELETE", path)

    def chat(self, message: str = QUESTION, **fields: Any) -> dict[str, Any]:
        reply = self.post("/v1/chat", {"message": message, **fields})
        assert reply.status_code == 200, reply.text
        return reply.json()

    def close(self) -> None:
        self.run(self.http.aclose())
        self.run(self._life.aclose())
        self._runner.close()


class Wire:
    """One POST spoken in ASGI itself, where every message can be waited for."""

    def __init__(self, application: Application, path: str, *incoming: dict[str, Any], **headers: str) -> None:
        self._application = application
        self._incoming = iter(incoming)
        self._scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "method": "POST",
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "root_path": "",
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        }
        self.sent: list[dict[str, Any]] = []
        self.answered = asyncio.Event()
        """Set with the first piece of the body."""

    async def run(self) -> str:
        """The whole body, once the reply is over."""
        await self._application.asgi(self._scope, self._receive, self._send)
        return b"".join(message.get("body", b"") for message in self.sent).decode()

    async def _receive(self) -> Any:
        return next(self._incoming)

    async def _send(self, message: Any) -> None:
        self.sent.append(message)
        if message.get("body"):
            self.answered.set()


@pytest.fixture
def wire() -> type[Wire]:
    return Wire


@pytest.fixture
def parts(assistant: Assistant, vectors: tuple[Vector, ...], tmp_path: Path) -> Parts:
    settings = Settings(database=tmp_path / "store.sqlite3", ping_s=Decimal("0.02"))
    store = SqliteStore(settings.database, timeout_s=Decimal("0.5"))
    return Parts(settings=settings, assistant=assistant, store=store, clock=FixedClock(), vectors=vectors)


@pytest.fixture
def changed(parts: Parts) -> Iterator[Callable[..., Client]]:
    """A client of the application with some of its parts replaced."""
    clients: list[Client] = []

    def changed(**replaced: Any) -> Client:
        clients.append(Client(create(replace(parts, **replaced), web=content("web"))))
        return clients[-1]

    yield changed
    for client in clients:
        client.close()


@pytest.fixture
def client(changed: Callable[..., Client]) -> Client:
    return changed()


@dataclass
class Server:
    """A server process and where it listens."""

    process: subprocess.Popen[str]
    url: str

    def chat(self, message: str = QUESTION, **fields: Any) -> dict[str, Any]:
        reply = httpx.post(f"{self.url}/v1/chat", json={"message": message, **fields}, timeout=20)
        assert reply.status_code == 200, reply.text
        return reply.json()

    def end(self, how: signal.Signals) -> int:
        """The exit status after a signal to this very process."""
        self.process.send_signal(how)
        return self.process.wait(timeout=20)


@pytest.fixture
def serving() -> Callable[..., Any]:
    """A context with a real server process on a free port; killed at the end if it still lives."""

    @contextmanager
    def serving(database: Path, *, file_limit: int | None = None, **settings: str) -> Iterator[Server]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
        environment |= {"ASSISTANT_DATABASE": str(database), "ASSISTANT_PORT": "0"}
        environment |= {f"ASSISTANT_{name.upper()}": value for name, value in settings.items()}
        command = [sys.executable, "-m", "assistant", "serve"]
        if file_limit is not None:  # no file of the process may grow beyond: what a full disk is to it
            command = ["sh", "-c", f'ulimit -f {file_limit // 512} && exec "$@"', "sh", *command]
        process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
        try:
            yield Server(process, _address(process))
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
            assert process.stderr is not None
            process.stderr.close()

    return serving


def _address(process: "subprocess.Popen[str]") -> str:
    """Where the server says it listens; the rest of its log is read away so that it never waits for a reader."""
    assert process.stderr is not None
    log = []
    for line in process.stderr:
        log.append(line)
        if found := re.search(r"running on (http://\S+)", line):
            threading.Thread(target=_drain, args=(process.stderr,), daemon=True).start()
            return found[1]
    raise AssertionError("".join(log))


def _drain(stream: Any) -> None:
    try:
        for _ in stream:
            pass
    except ValueError:  # closed meanwhile
        return


@pytest.fixture
def problem() -> Callable[[httpx.Response, int, str], dict[str, Any]]:
    """The problem of a reply, which has every field it must have."""

    def problem(reply: httpx.Response, status: int, code: str) -> dict[str, Any]:
        assert (reply.status_code, reply.headers["content-type"]) == (status, "application/problem+json"), reply.text
        body = json.loads(reply.text)
        assert (body["status"], body["code"]) == (status, code)
        assert all(isinstance(body[name], str) and body[name] for name in ("type", "title", "detail", "disclaimer"))
        return body

    return problem

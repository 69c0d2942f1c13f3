"""A light client: kept connections, one request after another on each, as little work as possible between two."""

import asyncio
import json
import time
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MESSAGES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "messages.toml").read_text("utf-8"))["message"]
"""The mix."""
_STARTS = [number for number, message in enumerate(MESSAGES) if not message.get("follows")]


@dataclass
class Round:
    """What one round of requests took."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    replies: list[bytes] = field(default_factory=list)
    """Every reply, head and body."""

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.latencies) / self.seconds

    @property
    def bodies(self) -> list[bytes]:
        """The body of every reply."""
        return [reply.partition(b"\r\n\r\n")[2] for reply in self.replies]

    def percentile(self, share: float) -> float:
        """Milliseconds within which that share of the requests was answered."""
        return sorted(self.latencies)[min(int(len(self.latencies) * share), len(self.latencies) - 1)] * 1000


async def drive(port: int, path: str, *, connections: int, requests: int, rate: float | None = None) -> Round:
    """So many requests on each of so many connections.

    Without a rate a connection sends as soon as it has its reply. With one (requests a second in all) every request has
    its time, and its latency counts from then even where the connection was not free yet.
    """
    result, loop = Round(), asyncio.get_running_loop()
    pace = connections / rate if rate else 0.0
    talks = [_Talk(path, place, requests, pace, result, loop.create_future()) for place in range(connections)]
    started = time.perf_counter()
    for place, talk in enumerate(talks):
        talk.begins = started + pace * place / connections
        await loop.create_connection(lambda talk=talk: talk, "127.0.0.1", port)  # type: ignore[misc]
    await asyncio.gather(*(talk.over for talk in talks))
    result.seconds = time.perf_counter() - started
    return result


class _Talk(asyncio.Protocol):
    """One connection: sends, waits for the whole reply, sends the next."""

    def __init__(
        self, path: str, place: int, requests: int, pace: float, result: Round, over: "asyncio.Future[None]"
    ) -> None:
        self.begins = 0.0
        self.over = over
        self._head = f"POST {path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: "
        self._next = _STARTS[place % len(_STARTS)]
        self._left = requests
        self._pace = pace
        self._number = 0
        self._result = result
        self._reply = b""
        self._whole = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport
        self._go_on()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.over.done():
            self.over.set_exception(exc or ConnectionError("the server closed the connection"))

    def data_received(self, data: bytes) -> None:
        self._reply += data
        if not self._whole:
            self._whole = _length(self._reply)
        if self._whole and len(self._reply) >= self._whole:
            self._result.latencies.append(time.perf_counter() - self._sent)
            if self._reply.startswith(b"HTTP/1.1 200"):
                self._go_on()
            else:
                self.over.set_exception(RuntimeError(self._reply.decode()))

    def _go_on(self) -> None:
        """Keep the reply and send the next request, now or when it is due."""
        if self._reply:
            self._result.replies.append(self._reply)
        if not self._left:
            self.over.set_result(None)
            self._transport.close()
        elif self._pace:
            self._sent = self.begins + self._number * self._pace
            loop = asyncio.get_running_loop()
            loop.call_later(max(0.0, self._sent - time.perf_counter()), self._send)
        else:
            self._sent = time.perf_counter()
            self._send()

    def _send(self) -> None:
        message = MESSAGES[self._next % len(MESSAGES)]
        fields = {"message": message["text"]}
        if message.get("follows") and self._reply:
            fields["conversation_id"] = value(self._reply, b"conversation_id")
        self._next, self._number, self._left = self._next + 1, self._number + 1, self._left - 1
        self._reply, self._whole = b"", 0
        body = json.dumps(fields)
        self._transport.write(f"{self._head}{len(body)}\r\n\r\n{body}".encode())


def value(reply: bytes, name: bytes) -> str:
    """A value of a reply that has no escapes in it."""
    return reply.split(b'"' + name + b'":', 1)[1].split(b'"', 2)[1].decode()


def _length(reply: bytes) -> int:
    """Bytes of the whole reply, 0 while its head is not there."""
    head, end, _ = reply.partition(b"\r\n\r\n")
    return len(head) + 4 + int(head.lower().split(b"content-length: ", 1)[1].split(b"\r", 1)[0]) if end else 0

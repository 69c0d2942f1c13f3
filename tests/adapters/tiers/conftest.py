"""A venue on loopback that answers as recorded or misbehaves, and a client that sleeps only in its notes."""

import gzip
import json
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from assistant.adapters.tiers.client import Limits
from assistant.adapters.tiers.feed import VenueFeed
from assistant.adapters.tiers.venues import VENUES

TLS = ssl.create_default_context()
EXCHANGES = Path(__file__).parent / "exchanges"
JSON = "application/json; charset=utf-8"


@dataclass
class Reply:
    """What the fake venue sends once."""

    body: bytes
    status: int = 200
    kind: str = JSON
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None
    """A false Content-Length; None: the true one."""
    silent: bool = False
    """Send nothing until the test is over."""

    @property
    def patience_s(self) -> float:
        """How long a test waits for it: a slow machine must not turn another fault into silence."""
        return 0.05 if self.silent else 10


@dataclass
class FakeVenue:
    """One server; `answers` by request line, `faults` used up before them."""

    url: str
    answers: dict[str, bytes] = field(default_factory=dict)
    faults: list[Reply] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def reply(self, line: str) -> Reply:
        self.asked.append(line)
        if self.faults:
            return self.faults.pop(0)
        if line in self.answers:
            return Reply(self.answers[line])
        return Reply(b'{"message": "no such thing"}', status=404)


@pytest.fixture
def venue(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeVenue]:
    """A server of its own, on a free port of this machine; certificates are of no use there and slow to load."""
    monkeypatch.setattr("ssl.create_default_context", lambda *_, **__: TLS)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    fake = FakeVenue("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(f"GET {self.path}")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self._answer(f"POST {self.path} {json.dumps(json.loads(body))}")

        def _answer(self, line: str) -> None:
            reply = fake.reply(line)
            if reply.silent:
                fake.over.wait(10)
                return
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.kind)
            self.send_header("Content-Length", str(len(reply.body) if reply.length is None else reply.length))
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body)

        def handle(self) -> None:
            with suppress(ConnectionError):  # the client may hang up on an answer that is too long
                super().handle()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        fake.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield fake
        fake.over.set()
        server.shutdown()
        thread.join()


class Clock:
    """2026-11-22, noon; each look at it may take a while."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 22, 12, tzinfo=UTC)
        self.look = timedelta(0)

    def now(self) -> datetime:
        self.moment += self.look
        return self.moment

    def today(self) -> date:
        return self.moment.date()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@dataclass(frozen=True)
class Recorded:
    """What one venue was seen or documented to answer, and the tiers in it."""

    requests: Sequence[dict[str, Any]]
    tiers: Sequence[Sequence[str]]

    def serve(self, fake: FakeVenue) -> None:
        fake.answers = {one["request"]: json.dumps(one["answer"]).encode() for one in self.requests}

    def files(self) -> dict[str, bytes]:
        return {f"{number}.json": json.dumps(one["answer"]).encode() for number, one in enumerate(self.requests)}


@pytest.fixture(scope="session")
def recorded() -> Callable[[str], Recorded]:
    def recorded(name: str) -> Recorded:
        exchange = json.loads((EXCHANGES / f"{name}.json").read_text("utf-8"))
        return Recorded(exchange["requests"], exchange["tiers"])

    return recorded


@pytest.fixture
def slept() -> list[float]:
    """Every wait somebody asked for."""
    return []


@pytest.fixture
def feed(venue: FakeVenue, clock: Clock, slept: list[float]) -> Callable[..., VenueFeed]:
    """The feed of a rulebook against the fake venue, with little patience."""

    def feed(rulebook: str, **limits: Any) -> VenueFeed:
        return VenueFeed(
            venue=replace(VENUES[rulebook], base=venue.url),
            clock=clock,
            sleep=slept.append,
            random=lambda: 0.5,
            limits=Limits(**{"read_s": 10, "tries": 3, "most_bytes": 1_000_000, **limits}),
        )

    return feed


@pytest.fixture
def written() -> Callable[[Any], list[list[str]]]:
    """Tiers as the exchanges write them."""

    def number(value: Decimal | None) -> str:
        return "" if value is None else f"{value.normalize():f}"

    return lambda listed: [
        [tier.symbol, *map(number, (tier.floor, tier.cap, tier.rate, tier.amount, tier.max_leverage))]
        for tiers in listed.values()
        for tier in tiers
    ]


FAULTS: dict[str, Reply] = {
    "silence": Reply(b"", silent=True),
    "too many requests": Reply(b"{}", status=429),
    "server error": Reply(b"{}", status=503),
    "not found": Reply(b"{}", status=404),
    "page instead of data": Reply(b"<html>maintenance</html>", kind="text/html"),
    "page that calls itself data": Reply(b"<html>maintenance</html>"),
    "NaN": Reply(b'{"retCode": NaN}'),
    "cut JSON": Reply(b'{"retCode": 0, "result": {"category": "lin'),
    "cut connection": Reply(b'{"retCode": 0', length=5000),
    "empty object": Reply(b"{}"),
    "empty body": Reply(b""),
    "no UTF-8": Reply(b'{"retCode": "\xff"}'),
    "key twice": Reply(b'{"retCode": 1, "retCode": 0}'),
    "deep nest": Reply(b"[" * 200_000),
    "huge": Reply(b'{"pad": "' + b"x" * 2_000_000 + b'"}'),
    "huge once unpacked": Reply(gzip.compress(b" " * 4_000_000), headers={"Content-Encoding": "gzip"}),
    "broken packing": Reply(b"nothing packed", headers={"Content-Encoding": "gzip"}),
    "redirect": Reply(b"", status=302, headers={"Location": "https://example.org/elsewhere"}),
}
"""Everything a venue may do instead of answering."""


@pytest.fixture(params=FAULTS, ids=lambda name: name.replace(" ", "-"))
def fault(request: pytest.FixtureRequest) -> Reply:
    return FAULTS[request.param]

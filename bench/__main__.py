"""`python -m bench`: prices in bulk against a bare expression, and a chat turn against an empty handler, in one run."""

import argparse
import asyncio
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from bench import bulk
from bench.client import MESSAGES, Round, drive
from bench.client import value as value_of
from bench.servers import ASSISTANT, EMPTY, Server, serving

_PACED = 100
"""Requests a second of the round that measures latency away from saturation."""


@dataclass
class _Series:
    """The rounds of one handler."""

    name: str
    server: Server
    path: str
    rounds: list[Round] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)
    """Processor time of the server a request."""

    async def drive(self, *, connections: int, requests: int, rate: float | None = None) -> Round:
        before = self.server.cpu_seconds()
        done = await drive(self.server.port, self.path, connections=connections, requests=requests, rate=rate)
        after = self.server.cpu_seconds()
        if before is not None and after is not None:
            self.cpu_ms.append((after - before) / len(done.latencies) * 1000)
        self.rounds.append(done)
        return done

    def rate(self) -> float:
        return statistics.median(one.rate for one in self.rounds)

    def print(self) -> None:
        whole = Round(latencies=[latency for one in self.rounds for latency in one.latencies])
        cpu = f"{_cpu(self):.3f} ms CPU" if self.cpu_ms else ""
        print(f"{self.name:30}{self.rate():6.0f}/s   {_spread(whole)}   {cpu}   [{_rates(self.rounds)}]")


def main() -> None:
    """Prints every figure, and how many of the acknowledged turns were found in the store."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--rounds", type=int, default=7, help="rounds of each handler, in turns")
    parser.add_argument("--connections", type=int, default=8, help="requests in flight")
    parser.add_argument("--requests", type=int, default=60, help="requests on each connection in a round")
    parser.add_argument("--only", choices=("chat", "bulk"), help="one part alone")
    chosen = parser.parse_args()
    if chosen.only != "chat":
        bulk.measure(chosen.rounds)
    if chosen.only == "bulk":
        return
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_turns(Path(folder), chosen))
    _ask()


async def _turns(folder: Path, chosen: argparse.Namespace) -> None:
    database, reply = folder / "store.sqlite3", folder / "reply.json"
    with serving(ASSISTANT, folder / "assistant.log", ASSISTANT_DATABASE=str(database)) as assistant:
        warm = await drive(assistant.port, "/v1/chat", connections=len(MESSAGES), requests=len(MESSAGES))
        size = round(statistics.mean(map(len, warm.bodies)))
        reply.write_bytes(min(warm.bodies, key=lambda body: abs(len(body) - size)))
        with serving(EMPTY, folder / "empty.log", BENCH_REPLY=str(reply)) as empty:
            turns = _Series("POST /v1/chat, stored", assistant, "/v1/chat")
            finished = _Series("empty handler, finished bytes", empty, "/bytes")
            value = _Series("empty handler, same as a value", empty, "/value")
            for _ in range(chosen.rounds):
                for series in (finished, turns, value):
                    await series.drive(connections=chosen.connections, requests=chosen.requests)
        paced = await drive(assistant.port, "/v1/chat", connections=chosen.connections, requests=60, rate=_PACED)
        alone = await drive(assistant.port, "/v1/chat", connections=1, requests=10 * len(MESSAGES))
    print(f"{len(MESSAGES)} messages, {chosen.connections} connections, replies of {size} bytes on average")
    for series in (turns, finished, value):
        series.print()
    print(
        f"ratio of requests a second     {turns.rate() / finished.rate():.3f} to finished bytes, "
        f"{turns.rate() / value.rate():.3f} to a value"
    )
    if turns.cpu_ms:
        bytes_share, value_share = _cpu(finished) / _cpu(turns), _cpu(value) / _cpu(turns)
        print(f"ratio of processor time        {bytes_share:.3f} to finished bytes, {value_share:.3f} to a value")
    print(f"at {_PACED} turns a second         {_spread(paced)}")
    print(f"one connection alone           {_spread(alone)}")
    told = [value_of(reply, b"message_id") for one in (warm, *turns.rounds, paced, alone) for reply in one.replies]
    print(f"turns acknowledged {len(told)}, found in the store {_found(database, told)}")


def _cpu(series: _Series) -> float:
    return statistics.median(series.cpu_ms)


def _spread(one: Round) -> str:
    return f"p50 {one.percentile(0.5):5.1f} ms   p99 {one.percentile(0.99):5.1f} ms"


def _rates(rounds: Iterable[Round]) -> str:
    return " ".join(f"{one.rate:.0f}" for one in rounds)


def _found(database: Path, told: Iterable[str]) -> int:
    with closing(sqlite3.connect(database)) as connection:
        kept = {row[0] for row in connection.execute("SELECT message_id FROM turns")}
    return sum(message_id in kept for message_id in told)


def _ask() -> None:
    """What `ask` takes as a whole process."""
    command = [sys.executable, "-m", "assistant", "ask", str(MESSAGES[0]["text"])]
    taken = []
    for _ in range(11):
        started = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        taken.append((time.perf_counter() - started) * 1000)
    taken = taken[1:]  # the first one fetches the files the others find at hand
    print(f"ask as a whole process         median {statistics.median(taken):.0f} ms, slowest {max(taken):.0f} ms")


if __name__ == "__main__":
    main()

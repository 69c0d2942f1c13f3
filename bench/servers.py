"""Server processes of one worker each, on ports of their own."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ASSISTANT = (sys.executable, "-m", "assistant", "serve", "--port", "0")
EMPTY = (
    *(sys.executable, "-m", "uvicorn", "bench.empty:app", "--port", "0"),
    *("--no-access-log", "--no-server-header", "--no-proxy-headers"),
)


@dataclass(frozen=True)
class Server:
    """One that runs."""

    process: "subprocess.Popen[bytes]"
    port: int

    def cpu_seconds(self) -> float | None:
        """Processor time it has used so far; None where the system does not tell."""
        try:
            fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return None
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(command: Sequence[str], log: Path, **environment: str) -> Iterator[Server]:
    """A server that runs as long as the context; its log goes to a file."""
    with log.open("wb") as sink:
        process = subprocess.Popen(command, stderr=sink, stdout=sink, env={**os.environ, **environment})
    try:
        yield Server(process, _port(process, log))
    finally:
        process.terminate()
        process.wait(timeout=20)


def _port(process: "subprocess.Popen[bytes]", log: Path) -> int:
    """Where it listens, once it says so."""
    while process.poll() is None:
        if found := re.search(r"running on http://127\.0\.0\.1:(\d+)", log.read_text()):
            return int(found[1])
        try:
            process.wait(timeout=0.05)
        except subprocess.TimeoutExpired:
            continue
    raise RuntimeError(log.read_text())

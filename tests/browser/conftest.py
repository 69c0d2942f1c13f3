"""A real Chromium, driven by plain W3C WebDriver calls, and a small server with canned answers for it to talk to."""

import json
import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import jinja2
import pytest

WEB = Path(__file__).parents[2] / "web"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
DISCLAIMER = "Educational information, not advice; check the venue's own display."
TYPES = {".js": "text/javascript", ".css": "text/css"}
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
BEFORE_ANY_SCRIPT = """
window.violations = [];
window.alerts = [];
window.alert = (said) => window.alerts.push(said);
document.addEventListener('securitypolicyviolation',
  (event) => window.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
"""
INSIDE = (
    "const host = document.querySelector('liquidation-chat'), root = host.shadowRoot, log = root.querySelector('.log');"
)

Reply = tuple[int, str, str | Iterator[str]]
"""Status, content type and body; a body in pieces is sent piece by piece."""


@dataclass
class Stub:
    """The server's side: what was asked of it and what it says next."""

    url: str = ""
    requests: list[tuple[str, str, Any]] = field(default_factory=list)
    respond: Callable[[str, Any], Reply] = lambda path, body: (200, "application/json", "{}")

    def say(self, payload: object, status: int = 200, content_type: str = "application/json") -> None:
        """From now on every POST is answered with this."""
        body = payload if isinstance(payload, str) else json.dumps(payload)
        self.respond = lambda path, asked: (status, content_type, body)

    def posted(self, path: str) -> list[Any]:
        return [body for method, address, body in self.requests if method == "POST" and address == path]


def _handler(stub: Stub) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            stub.requests.append(("GET", self.path, None))
            file = WEB / self.path.removeprefix("/web/")
            if self.path == "/":
                page = jinja2.Template((WEB / "pages" / "index.html.j2").read_text("utf-8"), autoescape=True)
                self._send(200, "text/html; charset=utf-8", page.render(disclaimer=DISCLAIMER))
            elif self.path.startswith("/web/") and file.suffix in TYPES and file.is_file():
                self._send(200, TYPES[file.suffix], file.read_text("utf-8"))
            else:
                self._send(404, "text/plain", "nothing here")

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            stub.requests.append(("POST", self.path, body))
            self._send(*stub.respond(self.path, body))

        def _send(self, status: int, content_type: str, body: str | Iterator[str]) -> None:
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Security-Policy", POLICY)
            self.end_headers()
            for piece in [body] if isinstance(body, str) else body:
                self.wfile.write(piece.encode())
                self.wfile.flush()

        def log_message(self, *said: object) -> None:
            """Keeps the test's output clean."""

    return Handler


@pytest.fixture
def answer() -> dict[str, Any]:
    """One whole reply of POST /v1/chat with a block of every type."""
    return json.loads((Path(__file__).parent / "answer.json").read_text("utf-8"))


@pytest.fixture
def stub() -> Iterator[Stub]:
    """A fresh server on loopback."""
    made = Stub()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(made))
    made.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield made
    server.shutdown()
    server.server_close()
    thread.join()


@dataclass
class Browser:
    """One Chromium window over the W3C WebDriver protocol."""

    client: httpx.Client

    def call(self, method: str, path: str, **body: object) -> Any:
        answer = self.client.request(method, path, json=body if method == "POST" else None).json()["value"]
        if isinstance(answer, dict) and "error" in answer:
            raise AssertionError(f"{answer['error']}: {answer['message']}")
        return answer

    def devtools(self, command: str, **parameters: object) -> Any:
        return self.call("POST", "/goog/cdp/execute", cmd=command, params=parameters)

    def open(self, url: str) -> None:
        self.call("POST", "/url", url=url)
        self.until("return customElements.get('liquidation-chat') !== undefined")

    def plain(self, script: str) -> Any:
        """What a script says on a page that may have no chat."""
        return self.call("POST", "/execute/sync", script=script, args=[])

    def run(self, script: str, *arguments: object) -> Any:
        """What a script says that may use `host`, `root` (its shadow root) and `log`."""
        return self.call("POST", "/execute/sync", script=INSIDE + script, args=list(arguments))

    def until(self, script: str, *arguments: object) -> Any:
        """Waits until a script says something true; the pause is only between two looks."""
        deadline = time.monotonic() + 20
        while not (value := self.run(script, *arguments)):
            assert time.monotonic() < deadline, f"never came true: {script}"
            time.sleep(0.01)
        return value

    def keys(self, *keys: str) -> None:
        """Presses keys the way a person does, in the element that has the focus."""
        strokes = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.call("POST", "/actions", actions=[{"type": "key", "id": "keyboard", "actions": strokes}])

    def focused(self) -> str:
        """Label or class of what has the focus inside the chat."""
        return self.run("const a = root.activeElement; return a ? a.ariaLabel || a.id || a.className : ''")

    def ask(self, question: str) -> None:
        """Asks and waits for the answer or the problem to be complete."""
        answers = self.run("return root.querySelectorAll('.answer').length")
        self.run("host.send(arguments[0])", question)
        self.until(
            "const all = root.querySelectorAll('.answer');"
            "return all.length > arguments[0] && !all[all.length - 1].querySelector('.pending')",
            answers,
        )

    def screen(self, width: int, height: int) -> None:
        self.devtools(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500
        )

    def prefer(self, scheme: str) -> None:
        wish = {"name": "prefers-color-scheme", "value": scheme}
        self.devtools("Emulation.setEmulatedMedia", features=[wish])

    def offline(self, away: object) -> None:
        self.devtools("Network.enable")
        self.devtools(
            "Network.emulateNetworkConditions", offline=away, latency=0, downloadThroughput=-1, uploadThroughput=-1
        )


class Processes:
    """Programs that run beside the tests, each on a port of its own, until the run ends."""

    def __init__(self) -> None:
        self._running: list[subprocess.Popen[bytes]] = []

    def start(self, command: list[str], ready: str, **environment: str) -> str:
        """The address of a program once it answers at `ready`; `{port}` in the command is the port to use."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        process = subprocess.Popen(
            [word.format(port=port) for word in command],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **environment},
        )
        self._running.append(process)
        url = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + 60
        while not self._answers(url + ready):
            assert process.poll() is None, f"{command} ended with {process.returncode}"
            assert time.monotonic() < deadline, f"{command} never answered"
            time.sleep(0.02)
        return url

    def _answers(self, url: str) -> bool:
        try:
            return httpx.get(url, timeout=5).is_success
        except httpx.TransportError:
            return False

    def stop(self) -> None:
        for process in reversed(self._running):
            process.terminate()
            process.wait()


@pytest.fixture(scope="session")
def processes() -> Iterator[Processes]:
    """Starts programs; ends each of them after the last test."""
    made = Processes()
    yield made
    made.stop()


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory, processes: Processes) -> Iterator[Browser]:
    """One headless Chromium for the whole run, with a fresh profile."""
    binary, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if binary is None or driver is None:
        pytest.skip("NOT TESTED IN A BROWSER: tests/browser needs Debian's packages chromium and chromium-driver")
    base = processes.start([driver, "--port={port}"], "/status")
    options = {"binary": binary, "args": [*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"]}
    wanted = {"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}}
    made = httpx.post(f"{base}/session", json=wanted, timeout=60).json()["value"]
    assert "sessionId" in made, made
    session = f"{base}/session/{made['sessionId']}"
    with httpx.Client(base_url=session, timeout=60) as client:
        browser = Browser(client)
        browser.devtools("Page.addScriptToEvaluateOnNewDocument", source=BEFORE_ANY_SCRIPT)
        yield browser
    assert httpx.delete(session, timeout=60).is_success


@pytest.fixture
def browser(chromium: Browser) -> Iterator[Browser]:
    """The browser with a desktop screen and nothing emulated; afterwards no test may have broken the policy."""
    chromium.screen(1280, 900)
    chromium.prefer("light")
    yield chromium
    chromium.offline(False)
    violations = chromium.plain("return window.violations")
    chromium.call("POST", "/url", url="about:blank")
    assert violations == []

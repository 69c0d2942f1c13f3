"""One way to ask any venue: bounded in time, tries and size, and strict about what counts as an answer."""

from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpx

from assistant import __version__
from assistant.adapters.tiers.venue import Request
from assistant.errors import ContentError, OutsideUnavailable
from assistant.ports import Clock

_MIB = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much patience there is."""

    connect_s: float = 5
    read_s: float = 15
    """Longest silence between two pieces of an answer."""
    whole_s: float = 60
    """Longest time for one answer, however steadily it drips."""
    tries: int = 4
    backoff_s: float = 0.5
    """Wait after the first failure; doubled after each, with jitter."""
    longest_wait_s: float = 60
    """A venue that asks for a longer wait is left alone."""
    most_bytes: int = 32 * _MIB


class _Again(Exception):
    """Raised where another try may help."""

    def __init__(self, reason: str, wait_s: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.wait_s = wait_s
        """What the venue asks for, or None where it says nothing."""


class Client:
    """Asks one venue."""

    def __init__(
        self,
        base: str,
        *,
        clock: Clock,
        sleep: Callable[[float], None],
        random: Callable[[], float],
        pause_s: float,
        limits: Limits,
    ) -> None:
        self._base = base
        self._clock = clock
        self._sleep = sleep
        self._random = random
        self._pause_s = pause_s
        self._limits = limits
        self._http = httpx.Client(
            base_url=base,
            headers={"User-Agent": f"liquidation-assistant/{__version__}", "Accept": "application/json"},
            timeout=httpx.Timeout(limits.read_s, connect=limits.connect_s),
            follow_redirects=False,
        )
        self._asked = False

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def origin(self, request: Request) -> str:
        """Where an answer comes from, for complaints: host and path."""
        return f"{httpx.URL(self._base).netloc.decode()}{request.path}"

    def ask(self, request: Request) -> bytes:
        """The body of the answer.

        OutsideUnavailable where none came in the time and tries there are, ContentError where it cannot be the answer.
        """
        if self._asked:
            self._sleep(self._pause_s)
        self._asked = True
        for number in range(1, self._limits.tries + 1):
            try:
                return self._once(request)
            except _Again as again:
                if number == self._limits.tries:
                    reason = f"{again.reason}, {number} times"
                    raise OutsideUnavailable(what=self.origin(request), reason=reason) from again
                self._wait(request, again, number)
        raise AssertionError("a last try returns or raises")

    def _once(self, request: Request) -> bytes:
        """One try; _Again where a further one may help."""
        method = "GET" if request.body is None else "POST"
        try:
            with self._http.stream(method, request.path, params=dict(request.query), json=request.body) as response:
                self._check(request, response)
                return self._body(request, response)
        except httpx.TimeoutException as error:
            raise _Again("did not answer in time") from error
        except httpx.DecodingError as error:
            raise self._wrong(request, "the answer can be unpacked") from error
        except httpx.TransportError as error:
            raise _Again(f"the connection failed ({type(error).__name__})") from error

    def _check(self, request: Request, response: httpx.Response) -> None:
        """Nothing, or why this response is no answer."""
        status = response.status_code
        if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise _Again(f"HTTP {status}", self._asked_wait(response))
        if response.has_redirect_location:
            target = response.headers["Location"][:200]
            raise self._wrong(request, f"the answer is here, not at {target}: redirects are not followed")
        if status != HTTPStatus.OK:
            raise OutsideUnavailable(what=self.origin(request), reason=f"HTTP {status}")
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind != "application/json":
            raise self._wrong(request, f"the answer is application/json, not {kind or 'of an unnamed type'}")

    def _body(self, request: Request, response: httpx.Response) -> bytes:
        """The whole body, unpacked, as long as it stays within bounds."""
        began = self._clock.now()
        pieces, size = [], 0
        for piece in response.iter_bytes():
            size += len(piece)
            if size > self._limits.most_bytes:
                raise self._wrong(request, f"the answer has at most {self._limits.most_bytes} bytes")
            if (self._clock.now() - began).total_seconds() > self._limits.whole_s:
                raise _Again("did not finish its answer in time")
            pieces.append(piece)
        return b"".join(pieces)

    def _asked_wait(self, response: httpx.Response) -> float | None:
        """The seconds of Retry-After, a number or a date; None where it is missing or is neither."""
        stated = response.headers.get("Retry-After", "").strip()
        if stated.isascii() and stated.isdigit():
            return float(stated[:9])
        try:
            return max(0.0, (parsedate_to_datetime(stated) - self._clock.now()).total_seconds())
        except (ValueError, TypeError):
            return None

    def _wait(self, request: Request, again: _Again, number: int) -> None:
        """Sleep before the next try; OutsideUnavailable where the venue asks for more patience than there is."""
        backoff = self._limits.backoff_s * 2 ** (number - 1) * (0.5 + self._random())
        wait = backoff if again.wait_s is None else again.wait_s + self._random()
        if wait > self._limits.longest_wait_s:
            reason = f"{again.reason}, and asks to wait {again.wait_s:.0f} seconds: try again later"
            raise OutsideUnavailable(what=self.origin(request), reason=reason)
        self._sleep(wait)

    def _wrong(self, request: Request, rule: str) -> ContentError:
        """The complaint that a response breaks a rule."""
        return ContentError(file=self.origin(request), line=0, rule=rule)

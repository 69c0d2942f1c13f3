"""What a venue's module offers: which requests to make, and how their answers read as tiers. No I/O of its own."""

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from assistant.adapters.tiers.answer import Answer
from assistant.margin.listed import ListedTier
from assistant.margin.maintenance import TierBasis


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request to a venue's public interface."""

    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, str] | None = None
    """Posted as JSON; None: GET."""


Requests = Generator[Request, Answer, None]
"""Yields requests one by one and is sent the answer of each: paging stays with the venue, the wire with the client."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One tier of a venue that names upper edges only."""

    cap: Decimal
    rate: Decimal
    amount: Decimal | None
    max_leverage: Decimal


def stacked(symbol: str, steps: Iterable[Step]) -> Iterator[ListedTier]:
    """The tiers of a symbol: each begins where the one below it ends, whatever the order of the steps."""
    floor = Decimal(0)
    for step in sorted(steps, key=lambda step: step.cap):
        yield ListedTier(
            symbol=symbol,
            floor=floor,
            cap=step.cap,
            rate=step.rate,
            amount=step.amount,
            max_leverage=step.max_leverage,
        )
        floor = step.cap


def coin_of(symbol: str, ending: str) -> str | None:
    """The coin of a contract's name, `BTCUSDT` and `USDT` -> `BTC`; None where the name ends otherwise."""
    coin = symbol.removesuffix(ending)
    return None if coin in ("", symbol) else coin


class Venue(Protocol):
    """One product of one venue."""

    @property
    def base(self) -> str:
        """Where the interface stands: `https://api.bybit.com`."""

    @property
    def pause_s(self) -> float:
        """Seconds between two requests, from the venue's stated limits."""

    @property
    def source(self) -> str:
        """Beginning of the id of a source: `bybit-risk-limit`."""

    @property
    def title(self) -> str:
        """What the source is called."""

    @property
    def documentation(self) -> str:
        """The public page that documents the answer."""

    @property
    def basis(self) -> TierBasis:
        """What the edges of the tiers count, as `tiers` gives them."""

    @property
    def caution(self) -> str | None:
        """Why a person has to look at a fetched table before it counts; None: no reason."""

    def requests(self) -> Requests:
        """The requests, each after the answer of the one before."""

    def tiers(self, answers: Sequence[Answer]) -> Iterator[ListedTier]:
        """Every tier in the answers, in any order; ContentError where an answer is not as documented."""

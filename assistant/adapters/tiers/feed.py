"""A venue's tier tables: fetched through the client, or read from answers somebody saved."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from assistant.adapters.tiers.answer import Answer, decode
from assistant.adapters.tiers.client import Client, Limits
from assistant.adapters.tiers.venue import Venue
from assistant.errors import ContentError
from assistant.margin.listed import ListedTier
from assistant.margin.maintenance import TierBasis
from assistant.ports import Clock

_MOST_REQUESTS = 2000
"""More than any venue has symbols: a paging that never ends stops here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueFeed:
    """The port `TierFeed` over one venue."""

    venue: Venue
    clock: Clock
    sleep: Callable[[float], None]
    random: Callable[[], float]
    limits: Limits = field(default_factory=Limits)

    @property
    def source(self) -> str:
        """Beginning of the id of the source."""
        return self.venue.source

    @property
    def title(self) -> str:
        """What the source is called."""
        return self.venue.title

    @property
    def url(self) -> str:
        """The public page about the figures."""
        return self.venue.documentation

    @property
    def basis(self) -> TierBasis:
        """What the edges of the tiers count."""
        return self.venue.basis

    @property
    def caution(self) -> str | None:
        """Why a person has to look at what was fetched; None: no reason."""
        return self.venue.caution

    def fetch(self) -> Mapping[str, Sequence[ListedTier]]:
        """The tiers of every symbol from the venue; OutsideUnavailable or ContentError where they cannot be had."""
        answers: list[Answer] = []
        requests = self.venue.requests()
        with Client(
            self.venue.base,
            clock=self.clock,
            sleep=self.sleep,
            random=self.random,
            pause_s=self.venue.pause_s,
            limits=self.limits,
        ) as client:
            try:
                request = next(requests)
                while len(answers) < _MOST_REQUESTS:
                    answers.append(decode(client.ask(request), client.origin(request)))
                    request = requests.send(answers[-1])
            except StopIteration:
                return self._tables(answers)
            raise ContentError(
                file=client.origin(request), line=0, rule=f"the venue needs at most {_MOST_REQUESTS} requests"
            )

    def read(self, files: Mapping[str, bytes]) -> Mapping[str, Sequence[ListedTier]]:
        """The same from saved answers, by the names of their files; ContentError where one is not as documented."""
        return self._tables([decode(body, name) for name, body in files.items()])

    def _tables(self, answers: Sequence[Answer]) -> Mapping[str, Sequence[ListedTier]]:
        """The tiers by symbol, both in order, whatever the order of the answers."""
        found: dict[str, list[ListedTier]] = defaultdict(list)
        for tier in self.venue.tiers(answers):
            found[tier.symbol].append(tier)
        return {symbol: tuple(sorted(tiers, key=_lowest_first)) for symbol, tiers in sorted(found.items())}


def _lowest_first(tier: ListedTier) -> tuple[Decimal, bool, Decimal]:
    """Where a tier stands in its table."""
    return tier.floor, tier.cap is None, tier.cap or tier.floor

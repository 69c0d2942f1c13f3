"""A newly read snapshot held against the last one: what changed, and every reason not to believe it."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from assistant.errors import InputOutOfRange
from assistant.margin.listed import ListedTier, table_of
from assistant.margin.maintenance import Tier, TierBasis, TierTable
from assistant.margin.rulebook import Rulebook, TierBlock

RATE_FACTOR = Decimal(2)
"""A rate that is more than so many times the last one, or less than that part of it, is doubted."""
CAP_FACTOR = Decimal(5)
"""The same for the upper edge of a tier."""
VANISHED = Decimal("0.1")
"""More than this share of the symbols gone is doubted."""
MOST_LEVERAGE = Decimal(1000)
"""No venue lets anybody set more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A snapshot against the one before."""

    listed: Mapping[str, Sequence[ListedTier]]
    """What was read, by symbol."""
    is_whole: bool
    """Whether every table of it holds together."""
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: Mapping[str, str]
    """What is different, by symbol."""
    doubts: tuple[str, ...]
    """Every reason against the snapshot; only one without any may be written unseen."""


def review(
    rulebook: Rulebook,
    answer: Mapping[str, Sequence[ListedTier]],
    *,
    day: date,
    basis: TierBasis,
    only: Set[str] | None = None,
) -> Review:
    """The snapshot of a day against what is on file; the rulebook has a tiers file. `only`: of these symbols."""
    listed = {symbol: tiers for symbol, tiers in answer.items() if only is None or symbol in only}
    before = {symbol: table for symbol, table in last_tables(rulebook, day).items() if only is None or symbol in only}
    shape = next(iter(rulebook.tables[0].tables.values()))
    doubts = [*_whole(rulebook, listed, day), *_missing(listed, only or frozenset())]
    if basis is not shape.basis:
        doubts.append(f"the venue's edges count {basis}, those on file {shape.basis}")
    tables: dict[str, TierTable] = {}
    for symbol, tiers in listed.items():
        try:
            tables[symbol] = table_of(tiers, basis=shape.basis, joins=shape.joins)
        except InputOutOfRange as broken:
            doubts.append(f"{symbol}: {_complaint(broken)}")
        else:
            doubts += [f"{symbol}: {doubt}" for doubt in _odd(tables[symbol].tiers)]
    changed: dict[str, str] = {}
    for symbol in sorted(before.keys() & tables.keys()):
        old, new = before[symbol].tiers, tables[symbol].tiers
        doubts += [f"{symbol}: {doubt}" for doubt in _leaps(old, new)]
        if old != new:
            changed[symbol] = "; ".join(_differences(old, new))
    removed = tuple(sorted(before.keys() - listed.keys()))
    return Review(
        listed=listed,
        is_whole=tables.keys() == listed.keys(),
        added=tuple(sorted(tables.keys() - before.keys())),
        removed=removed,
        changed=changed,
        doubts=(*doubts, *_vanished(removed, before)),
    )


def last_tables(rulebook: Rulebook, day: date) -> Mapping[str, TierTable]:
    """The newest table of every symbol that is on file for a day, or in the newest snapshot where none covers it."""
    blocks = sorted(rulebook.tables, key=lambda block: block.effective_from)
    covering: Sequence[TierBlock] = [block for block in blocks if block.covers(day)] or blocks[-1:]
    return {symbol: table for block in covering for symbol, table in block.tables.items()}


def _whole(rulebook: Rulebook, listed: Mapping[str, Sequence[ListedTier]], day: date) -> Iterator[str]:
    """What is wrong with the snapshot as a whole."""
    if not listed:
        yield "the answer holds no tier of this product"
    newest = max(block.effective_from for block in rulebook.tables)
    if day <= newest:
        yield f"a snapshot of {newest} is on file already, and {day} is not after it"


def _missing(listed: Mapping[str, Sequence[ListedTier]], only: Set[str]) -> Iterator[str]:
    """Symbols that were asked for and are not there."""
    return (f"{symbol}: the answer has no such symbol" for symbol in sorted(only - listed.keys()))


def _vanished(removed: Sequence[str], before: Mapping[str, TierTable]) -> Iterator[str]:
    """Whether too many symbols are gone."""
    if len(removed) > VANISHED * len(before):
        yield f"{len(removed)} of {len(before)} symbols are gone, more than {VANISHED:%}: {', '.join(removed[:20])}"


def _odd(tiers: Sequence[Tier]) -> Iterator[str]:
    """What no venue would publish, tier by tier."""
    for number, tier in enumerate(tiers, start=1):
        if tier.rate <= 0:
            yield f"tier {number}: the rate is {_plain(tier.rate)}"
        if tier.max_leverage is not None and not 0 < tier.max_leverage <= MOST_LEVERAGE:
            yield f"tier {number}: the highest leverage is {_plain(tier.max_leverage)}"
        elif tier.max_leverage is not None and tier.rate * tier.max_leverage > 1:
            yield (
                f"tier {number}: the rate {_plain(tier.rate)} is above the initial margin rate, "
                f"1 / {_plain(tier.max_leverage)}"
            )
    for number, (below, above) in enumerate(pairwise(tiers), start=2):
        if (
            below.max_leverage is not None
            and above.max_leverage is not None
            and above.max_leverage > below.max_leverage
        ):
            yield f"tier {number}: the highest leverage rises to {_plain(above.max_leverage)}"


def _leaps(old: Sequence[Tier], new: Sequence[Tier]) -> Iterator[str]:
    """Rates and edges that moved further than venues move them, tier by tier."""
    for number, (before, after) in enumerate(zip(old, new, strict=False), start=1):
        if _apart(before.rate, after.rate) > RATE_FACTOR:
            yield f"tier {number}: the rate leaps from {_plain(before.rate)} to {_plain(after.rate)}"
        if before.cap is not None and after.cap is not None and _apart(before.cap, after.cap) > CAP_FACTOR:
            yield f"tier {number}: the cap leaps from {_plain(before.cap)} to {_plain(after.cap)}"


def _apart(before: Decimal, after: Decimal) -> Decimal:
    """How many times the smaller fits into the larger; without end where only one of them is 0."""
    low, high = sorted((before, after))
    if low == high:
        return Decimal(1)
    return high / low if low else Decimal("Infinity")


def _differences(old: Sequence[Tier], new: Sequence[Tier]) -> Iterator[str]:
    """What is different between two tables of a symbol, tier by tier."""
    if len(old) != len(new):
        yield f"{len(old)} tiers -> {len(new)}"
    for number, (before, after) in enumerate(zip(old, new, strict=False), start=1):
        for name in ("cap", "rate", "amount", "max_leverage"):
            was, is_now = getattr(before, name), getattr(after, name)
            if was != is_now:
                yield f"tier {number} {name} {_plain(was)} -> {_plain(is_now)}"


def _complaint(broken: InputOutOfRange) -> str:
    """Why a table does not hold together, with the figure it breaks at."""
    reason = str(broken.data["reason"]).replace("_", " ")
    return f"{broken.data['argument']}: {reason} at {broken.data.get('value')}"


def _plain(value: Decimal | None) -> str:
    """A number as people write it."""
    return "open" if value is None else f"{value:f}"

"""Every figure a vector may expect, found by the product's own calculation."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from assistant.margin.bankruptcy import bankruptcy_price
from assistant.margin.buffer import distance, maintenance_at, margin_balance, margin_ratio, requirement_at
from assistant.margin.collateral import posted_margin
from assistant.margin.liquidation import Liquidation, Terms, solve
from assistant.margin.maintenance import Tier, TierBasis, TierTable, continuous_amount
from assistant.margin.position import Position
from assistant.margin.quantities import ZERO, exact, to_tick
from assistant.margin.request import PositionRequest
from assistant.margin.rulebook import Grounds, Rulebook
from assistant.tools.registry import run
from assistant.values import Contract
from assistant.venues.catalogue import Rulebooks
from assistant.verification.vector import OwnTier, Subject, Vector

Found = Decimal | str | None


@dataclass(frozen=True)
class Measured:
    """One position under its rulebook; what a figure does not need is not computed."""

    subject: Subject
    rulebooks: Rulebooks
    as_of: date

    @cached_property
    def request(self) -> PositionRequest:
        """The request, with the sums of the other positions where there are some."""
        return whole_request(self.subject) if self.subject.others else self.subject.request

    @cached_property
    def book(self) -> Rulebook:
        """The rulebook; UnknownVenue where there is none of that id."""
        return self.rulebooks.get(self.subject.rulebook)

    @cached_property
    def position(self) -> Position:
        """The position."""
        return self.request.position()

    @cached_property
    def grounds(self) -> Grounds:
        """What the terms rest on."""
        return self.rulebooks.grounds(self.book, self.request, self.as_of)

    @cached_property
    def terms(self) -> Terms:
        """What the venue says, with the example's own tiers where it brings some."""
        if not self.subject.tiers:
            return self.rulebooks.terms(self.book, self.request, self.as_of)
        table = own_table(self.subject.tiers, self.book)
        return self.rulebooks.modules[self.book.id](self.request, self.book.rule_on(self.as_of), table)

    @cached_property
    def liquidation(self) -> Liquidation:
        """What the solver found, from the mark where one is known."""
        return solve(self.position, self.terms, start_price=self.request.mark_price)

    @property
    def mark(self) -> Decimal:
        """The mark price, else the entry price."""
        return self.request.mark_price or self.request.entry_price

    def on_grid(self, price: Decimal | None) -> Decimal | None:
        """A price as the source rounds it."""
        tick = self.subject.tick
        return price if price is None or tick is None else to_tick(price, tick, self.position.side)

    @property
    def bankruptcy(self) -> Decimal | None:
        """The price at which nothing of the margin is left."""
        return bankruptcy_price(self.position, self.terms.margin, coins=self.terms.coin_margin)

    @property
    def fee_to_close(self) -> Decimal:
        """Taker fee on the value at the bankruptcy price; 0 where no price takes all of the margin."""
        rate = self.subject.fee_to_close_rate or self.request.fee_rate or self.grounds.rule.taker_fee_rate or ZERO
        closed_at = bankruptcy_price(self.position, posted_margin(self.request, self.position))
        return ZERO if closed_at is None else self.position.notional(closed_at) * rate

    @property
    def account_margin_ratio(self) -> Decimal:
        """What the whole account must hold / its balance at the mark, the others' maintenance on both sides."""
        others = self.request.other_maintenance_margin
        required = requirement_at(self.position, self.terms, self.mark) + others
        return required / (margin_balance(self.position, self.terms, self.mark) + others)

    @property
    def distance_pct(self) -> Decimal | None:
        """Signed move to the unrounded liquidation price, in percent of the mark."""
        price = self.liquidation.price
        return None if price is None else 100 * distance(price, self.mark)


QUANTITIES: Mapping[str, Callable[[Measured], Found]] = {
    "liquidation_price": lambda it: it.on_grid(it.liquidation.price),
    "bankruptcy_price": lambda it: it.on_grid(it.bankruptcy),
    "status": lambda it: it.liquidation.status.value,
    "reason": lambda it: it.liquidation.reason,
    "origin": lambda it: it.grounds.origin.value,
    "tier_rate": lambda it: it.liquidation.tier.rate,
    "tier_amount": lambda it: it.liquidation.tier.amount,
    "notional": lambda it: it.position.notional(it.mark),
    "maintenance_margin": lambda it: maintenance_at(it.position, it.terms, it.mark),
    "maintenance_margin_at_entry": lambda it: maintenance_at(it.position, it.terms, it.request.entry_price),
    "maintenance_margin_with_fee": lambda it: maintenance_at(it.position, it.terms, it.mark) + it.fee_to_close,
    "requirement": lambda it: requirement_at(it.position, it.terms, it.mark),
    "margin_balance": lambda it: margin_balance(it.position, it.terms, it.mark),
    "margin_ratio": lambda it: margin_ratio(it.position, it.terms, it.mark),
    "account_margin_ratio": lambda it: it.account_margin_ratio,
    "initial_margin": lambda it: posted_margin(it.request, it.position),
    "initial_margin_with_fee": lambda it: posted_margin(it.request, it.position) + it.fee_to_close,
    "fee_to_close": lambda it: it.fee_to_close,
    "distance_pct": lambda it: it.distance_pct,
}
"""Every figure by its name. `..._with_fee` adds the fee to close; amounts are at the mark, else at entry."""


def figures(vector: Vector, rulebooks: Rulebooks) -> Mapping[str, Found]:
    """What the product finds for every figure the vector expects; CannotAnswer where a rulebook refuses."""
    if isinstance(vector.asks, Subject):
        return measure(vector.asks, vector.expected, rulebooks, vector.as_of)
    result = run(vector.asks.tool, vector.asks.arguments, rulebooks=rulebooks, as_of=vector.as_of)
    return {name: result.status.value if name == "status" else result.figure(name) for name in vector.expected}


@exact
def measure(subject: Subject, names: Iterable[str], rulebooks: Rulebooks, as_of: date) -> Mapping[str, Found]:
    """The figures of those names for one position; CannotAnswer where its rulebook refuses."""
    measured = Measured(subject, rulebooks, as_of)
    return {name: QUANTITIES[name](measured) for name in names}


@exact
def whole_request(subject: Subject) -> PositionRequest:
    """The request with the sums of the account's other positions, each at its own mark and rate."""
    maintenance, pnl = subject.request.other_maintenance_margin, subject.request.other_unrealized_pnl
    for other in subject.others:
        position = Position(contract=Contract.LINEAR, side=other.side, size=other.size, entry_price=other.entry_price)
        maintenance += position.notional(other.mark_price) * other.rate - other.amount
        pnl += position.unrealized_pnl(other.mark_price)
    return replace(subject.request, other_maintenance_margin=maintenance, other_unrealized_pnl=pnl)


@exact
def own_table(tiers: tuple[OwnTier, ...], book: Rulebook) -> TierTable:
    """The table of an example's own tiers, amounts by continuity, edges counted as the rulebook's are."""
    known = next((table for block in book.tables for table in block.tables.values()), None)
    caps = (*(tier.floor for tier in tiers[1:]), None)
    found: list[Tier] = []
    for tier, cap in zip(tiers, caps, strict=True):
        amount = continuous_amount(found[-1], tier.floor, tier.rate) if found else tier.amount
        found.append(Tier(floor=tier.floor, cap=cap, rate=tier.rate, amount=amount))
    return TierTable(basis=TierBasis.QUOTE_NOTIONAL if known is None else known.basis, tiers=tuple(found))

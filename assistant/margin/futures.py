"""Listed futures: the settlement price that brings the first margin call, and the account marked day by day.

A call refills the account to the INITIAL margin, not to the maintenance margin; equations and example:
`financetrain-futures-margin` in knowledge/venues/credit/methods.toml. Gains and losses are booked once a day at the
exchange's settlement price.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.errors import InputOutOfRange
from assistant.margin.quantities import ZERO, exact, require_positive
from assistant.values import Side


@dataclass(frozen=True, slots=True, kw_only=True)
class FuturesAccount:
    """A position in listed futures with the money behind it; margins are totals, not per contract."""

    side: Side
    units: Decimal
    """Contracts x multiplier: money won or lost per unit of price."""
    entry_price: Decimal
    balance: Decimal
    """Money in the account at entry."""
    maintenance_margin: Decimal

    def __post_init__(self) -> None:
        require_positive("size", self.units)
        require_positive("entry_price", self.entry_price)
        require_positive("wallet_balance", self.balance)
        require_positive("maintenance_margin", self.maintenance_margin)

    @exact
    def balance_at(self, price: Decimal) -> Decimal:
        """The balance once everything since entry is settled at a price: balance + s units (P - P0)."""
        return self.balance + self.side.sign * self.units * (price - self.entry_price)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One daily settlement."""

    settlement_price: Decimal
    opening: Decimal
    """Balance the day began with."""
    gain: Decimal
    """Money booked that day; below 0: paid."""
    balance: Decimal
    """At its end, before any call is met."""
    call: Decimal
    """Money asked for, which refills to the initial margin; 0 where there is no call."""


@exact
def first_call_price(account: FuturesAccount) -> Decimal | None:
    """Settlement price at which the balance is just the maintenance margin: P0 - s (balance - MM) / units.

    None where that price is not above 0. Any settlement beyond it brings a call.
    """
    room = account.balance - account.maintenance_margin
    price = account.entry_price - account.side.sign * room / account.units
    return price if price > 0 else None


@exact
def call_at(account: FuturesAccount, balance: Decimal, *, initial_margin: Decimal) -> Decimal:
    """What a call asks for at a settled balance: initial margin - balance; 0 while the maintenance margin is there.

    Raises InputOutOfRange (reason `above_initial`) where the maintenance margin is more than the initial margin.
    """
    require_positive("initial_margin", initial_margin)
    if account.maintenance_margin > initial_margin:
        raise InputOutOfRange(
            argument="maintenance_margin",
            reason="above_initial",
            value=account.maintenance_margin,
            bound=initial_margin,
        )
    return initial_margin - balance if balance < account.maintenance_margin else ZERO


@exact
def marked(account: FuturesAccount, settlements: Sequence[Decimal], *, initial_margin: Decimal) -> tuple[Day, ...]:
    """Day by day: gain s units (P - P of the day before), and a call wherever the balance ends below maintenance.

    Every call is met before the next day. Raises InputOutOfRange as `call_at` and for a price that is not positive.
    """
    days: list[Day] = []
    previous, opening = account.entry_price, account.balance
    for price in settlements:
        require_positive("settlement_prices", price)
        gain = account.side.sign * account.units * (price - previous)
        call = call_at(account, opening + gain, initial_margin=initial_margin)
        days.append(Day(settlement_price=price, opening=opening, gain=gain, balance=opening + gain, call=call))
        previous, opening = price, opening + gain + call
    return tuple(days)

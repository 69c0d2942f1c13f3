"""Shares on margin: the price at which a margin call comes, and how much it asks for; long and short.

The equations are those of Regulation T accounts, `ecfr-220-12` and `finra-4210` in
knowledge/venues/credit/us_stocks.toml. A call is a request for money, never a liquidation by itself.
"""

from dataclasses import dataclass
from decimal import Decimal

from assistant.errors import InputOutOfRange
from assistant.margin.quantities import ONE, ZERO, exact, require_fraction, require_not_negative, require_positive
from assistant.values import Side


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareFloor:
    """The least margin per share of a short, where a share of the price would be too little."""

    low: Decimal
    """Money per share asked of the cheapest."""
    high: Decimal
    """Money per share asked at and above this price; between the two, the whole price."""

    def at(self, price: Decimal) -> Decimal:
        """Money per share asked at least at a price: min(high, max(low, P))."""
        return min(self.high, max(self.low, price))


@dataclass(frozen=True, slots=True, kw_only=True)
class Maintenance:
    """What equity must not fall below: a share of the market value, for shorts at least so much a share."""

    rate: Decimal
    floor: ShareFloor | None = None

    def __post_init__(self) -> None:
        require_fraction("maintenance_margin_rate", self.rate)

    @exact
    def per_share(self, price: Decimal) -> Decimal:
        """Money per share at a price."""
        asked = self.rate * price
        return asked if self.floor is None else max(asked, self.floor.at(price))


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareAccount:
    """Shares bought with a loan, or sold short against a deposit; InputOutOfRange for what no account can have."""

    side: Side
    shares: Decimal
    entry_price: Decimal
    money: Decimal
    """Per share. Long: what is owed, P0 (1 - initial). Short: what was credited, P0 (1 + initial)."""

    def __post_init__(self) -> None:
        require_positive("size", self.shares)
        require_positive("entry_price", self.entry_price)
        require_not_negative("debt", self.money)

    @exact
    def equity(self, price: Decimal) -> Decimal:
        """Long: n (P - loan per share); short: n (credit per share - P)."""
        return self.shares * (price - self.money) * self.side.sign


@exact
def opened(*, side: Side, shares: Decimal, entry_price: Decimal, initial: Decimal) -> ShareAccount:
    """The account right after the trade: own money of `initial` times the value; InputOutOfRange outside 0 to 1."""
    require_positive("initial_margin_rate", initial)
    if initial > ONE:
        raise InputOutOfRange(argument="initial_margin_rate", reason="not_a_fraction", value=initial, bound=ONE)
    return ShareAccount(
        side=side, shares=shares, entry_price=entry_price, money=entry_price * (ONE - initial * side.sign)
    )


@exact
def call_price(account: ShareAccount, maintenance: Maintenance) -> Decimal | None:
    """Price at which equity is just the maintenance margin: loan / (1 - MM) long, credit / (1 + MM) short.

    A floor per share asks for more of cheap shorts: credit - high, credit / 2 or credit - low, whichever price comes
    first. None where nothing is owed, so that no price brings a call.
    """
    if account.money <= 0:
        return None
    if account.side is Side.LONG:
        return account.money / (ONE - maintenance.rate)
    price = account.money / (ONE + maintenance.rate)
    floor = maintenance.floor
    if floor is None or floor.at(price) <= maintenance.rate * price:
        return price
    for found in (account.money - floor.high, account.money / 2, account.money - floor.low):
        if found > 0 and floor.at(found) == account.money - found:
            return found
    return None


@exact
def call_amount(account: ShareAccount, maintenance: Maintenance, price: Decimal) -> Decimal:
    """Cash that brings equity back to the maintenance margin at a price: n MM P - equity; 0 where there is no call."""
    require_positive("mark_price", price)
    return max(ZERO, account.shares * maintenance.per_share(price) - account.equity(price))

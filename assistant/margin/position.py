"""One open position: what it is worth and what it has won or lost at a price."""

from dataclasses import dataclass
from decimal import Decimal

from assistant.margin.quantities import exact, require_positive
from assistant.values import Contract, Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A position of one contract; raises InputOutOfRange unless size and entry price are positive."""

    contract: Contract
    side: Side
    size: Decimal
    """Coins of a linear contract (q), quote units of an inverse one (Q); of a quanto one what it pays per unit of the
    price: contracts times multiplier, in settlement currency."""
    entry_price: Decimal
    """Average entry, quote currency per coin."""

    def __post_init__(self) -> None:
        require_positive("size", self.size)
        require_positive("entry_price", self.entry_price)

    @exact
    def notional(self, price: Decimal) -> Decimal:
        """Value in settlement currency: linear q P in quote, inverse Q / P in coins."""
        return self.size * price if self.contract.follows_price else self.size / price

    @exact
    def quote_notional(self, price: Decimal) -> Decimal:
        """Value in quote currency: linear q P, inverse Q at any price; quanto q P in settlement currency."""
        return self.size * price if self.contract.follows_price else self.size

    @exact
    def base_size(self, price: Decimal) -> Decimal:
        """Coins: linear q at any price, inverse Q / P."""
        return self.size if self.contract.follows_price else self.size / price

    @exact
    def unrealized_pnl(self, price: Decimal) -> Decimal:
        """Profit or loss in settlement currency: linear s q (P - E), inverse s Q (1/E - 1/P)."""
        return self.direction * (self.notional(price) - self.notional(self.entry_price))

    @property
    def direction(self) -> int:
        """+1 where profit grows with the notional in settlement currency: a linear long or an inverse short."""
        return self.side.sign if self.contract.follows_price else -self.side.sign

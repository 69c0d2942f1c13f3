"""One position as somebody describes it, before any venue has spoken about it."""

from dataclasses import dataclass
from decimal import Decimal

from assistant.errors import InputOutOfRange
from assistant.margin.position import Position
from assistant.margin.quantities import ONE, ZERO, exact, require_not_negative, require_positive
from assistant.values import Contract, MarginMode, Side


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionRequest:
    """What is known of a position; raises InputOutOfRange for a value no position can have."""

    symbol: str
    """Base asset, or the venue's own symbol."""
    contract: Contract
    side: Side
    entry_price: Decimal
    size: Decimal | None = None
    """Coins of a linear contract, quote units of an inverse one, contracts times multiplier of a quanto one."""
    leverage: Decimal | None = None
    margin_mode: MarginMode = MarginMode.ISOLATED
    collateral: Decimal | None = None
    """Isolated margin in settlement currency without unrealized PnL; left out: notional at entry / leverage."""
    added_margin: Decimal = ZERO
    """Put in on top (below 0: taken out): to the isolated margin, or to the cross balance."""
    wallet_balance: Decimal | None = None
    """Cross: balance in settlement currency without unrealized PnL."""
    funding_paid: Decimal = ZERO
    """Already taken from the margin, settlement currency; below 0: received."""
    coin_collateral: Decimal = ZERO
    """Coins of the position's own coin behind a linear position, haircut taken off; they count at the price."""
    other_maintenance_margin: Decimal = ZERO
    other_unrealized_pnl: Decimal = ZERO
    mark_price: Decimal | None = None
    maintenance_margin_rate: Decimal | None = None
    maintenance_amount: Decimal | None = None
    fee_rate: Decimal | None = None

    def __post_init__(self) -> None:
        for name in ("entry_price", "size", "leverage", "collateral", "mark_price"):
            value = getattr(self, name)
            if value is not None:
                require_positive(name, value)
        require_not_negative("other_maintenance_margin", self.other_maintenance_margin)
        require_not_negative("coin_collateral", self.coin_collateral)
        for name in ("added_margin", "wallet_balance", "other_unrealized_pnl", "funding_paid"):
            value = getattr(self, name)
            if value is not None and not value.is_finite():
                raise InputOutOfRange(argument=name, reason="not_finite", value=value)
        if self.maintenance_amount is not None and self.maintenance_margin_rate is None:
            raise InputOutOfRange(argument="maintenance_amount", reason="without_rate", value=self.maintenance_amount)

    @property
    def size_is_known(self) -> bool:
        """Whether the size was given or follows from margin and leverage; otherwise only ratios mean anything."""
        return self.size is not None or (self.collateral is not None and self.leverage is not None)

    @exact
    def position(self) -> Position:
        """The position: of the size given, else of collateral times leverage, else of one coin.

        Raises InputOutOfRange (reason `missing`) where one coin would be a guess: a cross account, or margin alone.
        """
        size = self.size
        if size is None:
            coins = ONE
            if self.margin_mode is MarginMode.CROSS or (self.collateral is not None and self.leverage is None):
                raise InputOutOfRange(argument="size", reason="missing", value=ZERO)
            if self.collateral is not None and self.leverage is not None:
                value = self.collateral * self.leverage
                coins = value / self.entry_price if self.contract.follows_price else value
            size = coins if self.contract.follows_price else coins * self.entry_price
        return Position(contract=self.contract, side=self.side, size=size, entry_price=self.entry_price)

"""What the other positions of a cross account take from the balance and add to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from assistant.margin.maintenance import TierTable
from assistant.margin.position import Position
from assistant.margin.quantities import ZERO, exact


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherPosition:
    """Another position of the account, at its own mark."""

    position: Position
    mark_price: Decimal
    tiers: TierTable
    """The symbol's table, or `flat_table` for a rate that was stated."""

    @property
    def maintenance_margin(self) -> Decimal:
        """Maintenance margin at its mark: v m - D."""
        measure = self.tiers.basis.measure(self.position, self.mark_price)
        tier = self.tiers.at(measure)
        return self.position.notional(self.mark_price) * tier.rate_at(measure) - tier.amount


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherPositions:
    """The two sums of a cross account, in settlement currency."""

    maintenance_margin: Decimal
    """TMM of the venues' texts."""
    unrealized_pnl: Decimal
    """UPNL: each position's with the sign of its own side."""


@exact
def sums(positions: Iterable[OtherPosition]) -> OtherPositions:
    """Maintenance margin and unrealized PnL of all the others, each at its own mark."""
    maintenance, pnl = ZERO, ZERO
    for other in positions:
        maintenance += other.maintenance_margin
        pnl += other.position.unrealized_pnl(other.mark_price)
    return OtherPositions(maintenance_margin=maintenance, unrealized_pnl=pnl)

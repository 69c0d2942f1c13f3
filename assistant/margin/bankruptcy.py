"""The price at which nothing of the margin is left."""

from decimal import Decimal

from assistant.margin.liquidation import price_of
from assistant.margin.position import Position
from assistant.margin.quantities import ZERO, exact


@exact
def bankruptcy_price(position: Position, margin: Decimal, *, coins: Decimal = ZERO) -> Decimal | None:
    """The price of zero equity, or None where no positive price takes it all.

    Linear E - s M / q, inverse Q / (Q/E + s M): the liquidation equation with m = f = D = 0. With C coins of collateral
    beside M a linear position has (q E - s M) / (q + s C).
    """
    value = position.notional(position.entry_price) - position.direction * margin
    share = 1 + position.direction * coins / position.size
    return price_of(position, value / share) if share > 0 else None

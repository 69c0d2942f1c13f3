"""The price at which nothing of the margin is left."""

from decimal import Decimal

from assistant.margin.liquidation import price_of
from assistant.margin.position import Position
from assistant.margin.quantities import exact


@exact
def bankruptcy_price(position: Position, margin: Decimal) -> Decimal | None:
    """The price of zero equity, or None where no positive price takes it all.

    Linear E - s M / q, inverse Q / (Q/E + s M): the liquidation equation with m = f = D = 0.
    """
    value = position.notional(position.entry_price) - position.direction * margin
    return price_of(position, value)

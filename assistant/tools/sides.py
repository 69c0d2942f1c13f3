"""The same position seen as a long and as a short, for whoever did not say which it is."""

from dataclasses import dataclass
from decimal import Decimal

from assistant.margin.liquidation import Liquidation
from assistant.margin.quantities import exact
from assistant.tools.rules import Rules
from assistant.tools.trade import Trade, describe
from assistant.values import Arguments, Side, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A position on one side, and where it is liquidated."""

    trade: Trade
    liquidation: Liquidation

    @property
    @exact
    def move(self) -> Decimal | None:
        """The signed move to liquidation as a fraction of the reference price, or None where there is none."""
        price = self.liquidation.price
        return None if price is None else price / self.trade.reference_price - 1


def seen(arguments: Arguments, rules: Rules) -> Seen:
    """The position on the side its arguments name."""
    trade = describe(arguments, rules, with_legs=True)
    return Seen(trade=trade, liquidation=trade.liquidation())


def both(arguments: Arguments, rules: Rules) -> tuple[Seen, Seen]:
    """The position as a long and as a short."""
    long, short = (seen({**arguments, "side": side.value}, rules) for side in Side)
    return long, short


def nearer(pair: tuple[Seen, ...]) -> Seen:
    """The one that is liquidated by the smaller move; one without a price only where none has one."""
    return min(pair, key=lambda one: (one.liquidation.status is not Status.OK, abs(one.move or 0)))

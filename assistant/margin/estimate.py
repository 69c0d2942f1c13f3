"""The maintenance rate to assume where no table is known: always labelled as an estimate by whoever shows it."""

from decimal import Decimal

from assistant.margin.quantities import ONE, exact

TWO = ONE + ONE


@exact
def initial_half(leverage: Decimal) -> Decimal:
    """Half of the initial margin rate at a leverage: 1 / (2 L)."""
    return ONE / (TWO * leverage)


def estimated_rate(*, highest: Decimal, leverage: Decimal | None) -> Decimal:
    """The smaller of `highest` and half of the initial margin rate."""
    return highest if leverage is None else min(highest, initial_half(leverage))

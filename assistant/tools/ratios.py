"""Percentages alone: how far liquidation is when nobody said at what price the position was opened."""

from decimal import Decimal

from assistant.margin.quantities import ONE, exact
from assistant.tools import said
from assistant.tools.market import Market
from assistant.tools.outcome import Gap
from assistant.values import Arguments, ArgumentValue, Contract, SizeUnit

_SETTLES = {Contract.LINEAR: SizeUnit.QUOTE, Contract.INVERSE: SizeUnit.BASE}
"""The unit in which a size is the notional in settlement currency."""
_DROPPED = ("size", "size_unit", "contract_size", "mark_price", "tick_size", "collateral")


@exact
def opened_at_one(arguments: Arguments, place: Market) -> Arguments:
    """The same position at an entry price of 1, of as much size as its tiers can be told without a price.

    Where the edges of the tiers move with the price, they count the value in settlement currency, which margin and
    leverage give; where they do not, they count the size itself. Gap: leverage, or entry_price where that would help.
    """
    leverage, value = said.number(arguments, "leverage"), value_of(arguments, place)
    collateral = said.number(arguments, "collateral")
    if leverage is None:
        if collateral is None or "size" not in arguments:
            raise Gap("leverage")
        if value is None:
            raise Gap("entry_price")
        leverage = value / collateral
    kept: dict[str, ArgumentValue] = {name: item for name, item in arguments.items() if name not in _DROPPED}
    kept |= {"entry_price": ONE, "leverage": leverage}
    table = place.rulebook.tiers_on(place.symbol, place.day, leverage)
    by_value = table is None or table.basis.moves_with_price(place.contract)
    counted = value if by_value else _size_in_own_unit(arguments, place)
    if counted is not None:
        kept |= {"size": counted, "size_unit": said.OWN_UNIT[place.contract].value}
        if place.contract is Contract.QUANTO:
            kept["contract_size"] = ONE
        if by_value and collateral is not None:
            kept["collateral"] = collateral
    return kept


def value_of(arguments: Arguments, place: Market) -> Decimal | None:
    """The notional in settlement currency, where it follows without a price."""
    size, unit = said.number(arguments, "size"), said.size_unit(arguments, place.contract)
    if size is not None:
        return size if unit is _SETTLES.get(place.contract) else None
    collateral, leverage = said.number(arguments, "collateral"), said.number(arguments, "leverage")
    return None if collateral is None or leverage is None else collateral * leverage


def _size_in_own_unit(arguments: Arguments, place: Market) -> Decimal | None:
    """Coins of a linear contract or quote units of an inverse one, where they were said as such."""
    size, unit = said.number(arguments, "size"), said.size_unit(arguments, place.contract)
    if size is None:
        return None
    if unit is SizeUnit.CONTRACTS:
        contract_size = said.number(arguments, "contract_size")
        return None if contract_size is None else size * contract_size
    return size if unit is said.OWN_UNIT[place.contract] else None

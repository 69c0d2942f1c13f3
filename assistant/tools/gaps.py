"""What is missing for a calculation: every gap at once, in the order people are asked."""

from assistant.tools import said
from assistant.tools.market import Market
from assistant.values import Arguments, MarginMode, SizeUnit


def gaps_of(arguments: Arguments, place: Market) -> tuple[str, ...]:
    """The gaps of a liquidation price; empty where it can be computed."""
    missing = [name for name in ("side", "entry_price") if name not in arguments]
    backing = cross_gaps(arguments) if place.margin_mode is MarginMode.CROSS else isolated_gaps(arguments)
    return (*missing, *backing, *contract_gaps(arguments, place))


def isolated_gaps(arguments: Arguments) -> tuple[str, ...]:
    """`leverage`, which stands for "leverage, or margin and size", and `size` where money was named beside it."""
    missing = () if "leverage" in arguments or said.has(arguments, "collateral", "size") else ("leverage",)
    sized = "size" in arguments or said.has(arguments, "collateral", "leverage")
    in_money = any(said.number(arguments, name) for name in ("added_margin", "maintenance_amount"))
    return (*missing, "size") if in_money and not sized else missing


def cross_gaps(arguments: Arguments) -> tuple[str, ...]:
    """`size` and `wallet_balance`, unless they are there or follow from margin, leverage and the free balance."""
    missing = [] if "size" in arguments or said.has(arguments, "collateral", "leverage") else ["size"]
    if "wallet_balance" in arguments:
        return tuple(missing)
    if "available_balance" not in arguments or "other_positions" in arguments:
        return (*missing, "wallet_balance")
    return (*missing, "leverage") if "leverage" not in arguments else tuple(missing)


def contract_gaps(arguments: Arguments, place: Market) -> tuple[str, ...]:
    """`contract_size` where the size counts contracts and nobody said what one holds."""
    counted = "size" in arguments and said.size_unit(arguments, place.contract) is SizeUnit.CONTRACTS
    return ("contract_size",) if counted and "contract_size" not in arguments else ()

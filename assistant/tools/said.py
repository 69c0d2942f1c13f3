"""What the arguments say, typed: each reader gives None where nothing was said."""

from collections.abc import Mapping
from decimal import Decimal

from assistant.values import Arguments, ArgumentValue, Contract, MarginMode, Side, SizeUnit

OWN_UNIT = {Contract.LINEAR: SizeUnit.BASE, Contract.INVERSE: SizeUnit.QUOTE, Contract.QUANTO: SizeUnit.CONTRACTS}
"""The unit a contract counts its size in, taken where nobody said one."""


def number(arguments: Arguments, name: str) -> Decimal | None:
    """A number, or None."""
    value = arguments.get(name)
    return value if isinstance(value, Decimal) else None


def text(arguments: Arguments, name: str) -> str | None:
    """A text, or None."""
    value = arguments.get(name)
    return value if isinstance(value, str) else None


def elements(arguments: Arguments, name: str) -> tuple[ArgumentValue, ...]:
    """The elements of a list; empty where there is none."""
    value = arguments.get(name)
    return value if isinstance(value, tuple) else ()


def records(arguments: Arguments, name: str) -> tuple[Arguments, ...]:
    """The objects of a list; empty where there is none."""
    return tuple(item for item in elements(arguments, name) if isinstance(item, Mapping))


def side(arguments: Arguments) -> Side | None:
    """The side, or None."""
    said = text(arguments, "side")
    return None if said is None else Side(said)


def contract(arguments: Arguments) -> Contract | None:
    """The contract, or None."""
    said = text(arguments, "contract")
    return None if said is None else Contract(said)


def margin_mode(arguments: Arguments) -> MarginMode:
    """The margin mode, isolated where nothing was said."""
    return MarginMode(text(arguments, "margin_mode") or MarginMode.ISOLATED)


def size_unit(arguments: Arguments, of: Contract) -> SizeUnit:
    """The unit of the size: coins of a linear contract, quote units of an inverse one, where nothing was said."""
    said = text(arguments, "size_unit")
    if said is not None:
        return SizeUnit(said)
    return OWN_UNIT[of]


def has(arguments: Arguments, *names: str) -> bool:
    """Whether all of these were said."""
    return all(name in arguments for name in names)

"""The variants of a comparison: which arguments each has, and what it is called behind the @."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from assistant.tools import said
from assistant.tools.figures import plain
from assistant.values import Arguments, ArgumentValue

DIMENSIONS: Mapping[str, str] = {
    "leverages": "leverage",
    "sides": "side",
    "margin_modes": "margin_mode",
    "venues": "venue",
}
"""The argument that lists the variants, and the one each of them sets."""
TAUGHT = tuple(Decimal(leverage) for leverage in (2, 5, 10, 20, 50, 100))
"""The leverages shown where nobody named any."""
MOST = 24
"""No comparison has more variants than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One of the things compared."""

    label: str
    """`20x`, `long`, `cross`, `binance`; several differences are joined by a plus."""
    arguments: Arguments


def variants_of(arguments: Arguments) -> tuple[Variant, ...]:
    """Every combination of what is compared; the leverages of `TAUGHT` where nothing is."""
    lists = {name: _values(arguments, name) for name in DIMENSIONS if name in arguments} or {"leverages": TAUGHT}
    fixed: dict[str, ArgumentValue] = {name: value for name, value in arguments.items() if name not in DIMENSIONS}
    if "leverages" in lists and "size" in fixed:
        fixed.pop("collateral", None)
    found = []
    for combination in product(*lists.values()):
        changes = {DIMENSIONS[name]: value for name, value in zip(lists, combination, strict=True)}
        label = "+".join(_label(value) for value in combination)
        found.append(Variant(label=label, arguments={**fixed, **changes}))
    return tuple(found)


def _values(arguments: Arguments, name: str) -> tuple[ArgumentValue, ...]:
    """What is listed, each once; a single one is compared with what the position has now."""
    listed = tuple(dict.fromkeys(said.elements(arguments, name)))
    current = arguments.get(DIMENSIONS[name])
    if len(listed) == 1 and current is not None and current not in listed:
        return (current, *listed)
    return listed


def _label(value: ArgumentValue) -> str:
    """What a variant is called."""
    return f"{plain(value)}x" if isinstance(value, Decimal) else str(value)

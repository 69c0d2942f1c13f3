"""Open positions as arrays, one element a position."""

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from assistant.bulk.schedule import Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Positions:
    """Open positions of one contract, one element a position in every array; ValueError for unequal lengths."""

    long: NDArray[np.bool_]
    """True long, False short."""
    entry_price: Floats
    size: Floats
    """As `Position.size`."""
    margin: Floats
    """As `Terms.margin`, in settlement currency."""
    start_price: Floats | None = None
    """Where the walk begins; left out: at entry."""
    maintenance_margin_rate: Floats | None = None
    """A rate of its own for every position; the schedule is then that of a flat table of rate 0."""
    maintenance_amount: Floats | None = None
    """An amount of its own for every position, likewise."""

    def __post_init__(self) -> None:
        named = (getattr(self, field.name) for field in fields(self))
        if len({len(array) for array in named if array is not None}) != 1:
            raise ValueError("the arrays of positions differ in length")

    def part(self, low: int, high: int) -> "Positions":
        """The positions from one number up to, and without, another."""
        named = {field.name: getattr(self, field.name) for field in fields(self)}
        return replace(self, **{name: array[low:high] for name, array in named.items() if array is not None})

    def __len__(self) -> int:
        return len(self.long)

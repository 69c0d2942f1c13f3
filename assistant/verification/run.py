"""Runs vectors and compares: ours, theirs, the difference, and whether it is within the digits they print."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.errors import CannotAnswer
from assistant.margin.quantities import exact
from assistant.venues.catalogue import Rulebooks
from assistant.verification.measure import Found, figures
from assistant.verification.vector import Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One figure of one vector."""

    vector: Vector
    quantity: str
    ours: Found
    """None where the product finds no such figure, the code where it refuses."""
    theirs: Decimal | str
    difference: Decimal | None
    """Ours less theirs; None where one of them is no number."""
    matches: bool


def run(vectors: Iterable[Vector], rulebooks: Rulebooks) -> tuple[Outcome, ...]:
    """Every figure of every vector, in their order; nothing a vector asks stops the run."""
    return tuple(outcome for vector in vectors for outcome in _outcomes(vector, rulebooks))


@exact
def _outcomes(vector: Vector, rulebooks: Rulebooks) -> Iterator[Outcome]:
    refusal = None
    try:
        found = figures(vector, rulebooks)
    except CannotAnswer as error:
        found, refusal = {}, error.code
    for quantity, theirs in vector.expected.items():
        ours = found.get(quantity, refusal)
        difference = ours - theirs if isinstance(ours, Decimal) and isinstance(theirs, Decimal) else None
        if isinstance(theirs, Decimal):
            matches = difference is not None and abs(difference) <= vector.tolerance(quantity, theirs)
        else:
            matches = ours == theirs
        yield Outcome(
            vector=vector, quantity=quantity, ours=ours, theirs=theirs, difference=difference, matches=matches
        )

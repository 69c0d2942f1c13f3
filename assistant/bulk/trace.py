"""One way through the rules: what was compared on it, and the arrays of every position that goes the same way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from assistant.bulk.formula import Formulas
from assistant.bulk.positions import Positions
from assistant.bulk.schedule import Floats, NotVectorised, Schedule, compiled
from assistant.bulk.traced import Condition, Expression, Tape, Untraceable, expression_of, is_traced
from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import flat_table
from assistant.margin.position import Position
from assistant.margin.quantities import ZERO
from assistant.values import Side

_CANCELLED = 100.0
"""Amounts that went into a margin / what is left, from which its rounding would show in the price."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One position as its rules describe it."""

    position: Position
    terms: Terms
    start_price: Decimal
    note: object
    """Whatever else there is to say; the same for every position that goes the same way."""


Describe = Callable[[Mapping[str, Decimal]], Case]
"""From the numbers of a position to its case; raises CannotAnswer, or what its caller names, where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """The formulas of a case."""

    schedule: Schedule
    side: Side
    entry_price: Expression
    size: Expression
    margin: Expression
    start_price: Expression
    rate: Expression | None
    amount: Expression | None
    note: object

    def positions(self, formulas: Formulas, count: int) -> tuple[Positions, NDArray[np.bool_]]:
        """The positions of `count` rows, and which of their margins kept its digits."""

        def column(expression: Expression) -> Floats:
            return np.broadcast_to(np.asarray(formulas.value(expression), dtype=np.float64), (count,))

        margin, size, entry = column(self.margin), column(self.size), column(self.entry_price)
        notional = size * entry if self.schedule.contract.follows_price else size / entry
        kept = formulas.amounts(self.margin) <= _CANCELLED * (np.abs(margin) + notional)
        positions = Positions(
            long=np.broadcast_to(np.bool_(self.side is Side.LONG), (count,)),
            entry_price=entry,
            size=size,
            margin=margin,
            start_price=column(self.start_price),
            maintenance_margin_rate=None if self.rate is None else column(self.rate),
            maintenance_amount=None if self.amount is None else column(self.amount),
        )
        return positions, np.broadcast_to(np.asarray(kept), (count,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What was compared, and where it led: formulas, or the exception that ended it."""

    conditions: tuple[Condition, ...]
    end: Way | Exception

    def takes(self, formulas: Formulas, count: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Which of `count` rows go this way for certain, and which may."""
        certain, possible = np.ones(count, dtype=np.bool_), np.ones(count, dtype=np.bool_)
        for condition in self.conditions:
            held, doubtful = formulas.holds(condition)
            certain &= held & ~doubtful
            possible &= held | doubtful
            if not possible.any():
                break
        return certain, possible & ~certain


def trace(describe: Describe, sample: Mapping[str, Decimal], refusals: tuple[type[Exception], ...]) -> Trace | None:
    """The way of one sample; None where arrays cannot follow it."""
    tape = Tape()
    try:
        end: Way | Exception = _way(describe(tape.inputs(sample)))
    except refusals as reason:
        end = reason
    except (Untraceable, NotVectorised):
        return None
    return Trace(conditions=tuple(tape.conditions), end=end)


def _way(case: Case) -> Way:
    """The formulas of a traced case."""
    position, terms = case.position, case.terms
    only = terms.tiers.tiers[0]
    tiers = [number for tier in terms.tiers.tiers for number in (tier.rate, tier.amount)]
    own = any(map(is_traced, tiers))
    if own and (len(terms.tiers.tiers) > 1 or only.growth):
        raise NotVectorised
    if is_traced(terms.fee_rate) or is_traced(terms.coin_margin):
        raise NotVectorised
    table = flat_table(ZERO, basis=terms.tiers.basis) if own else terms.tiers
    plain = Terms(margin=ZERO, fee_rate=terms.fee_rate, basis=terms.basis, tiers=table, fee_basis=terms.fee_basis)
    return Way(
        schedule=compiled(plain, position.contract),
        side=position.side,
        entry_price=expression_of(position.entry_price),
        size=expression_of(position.size),
        margin=expression_of(terms.margin),
        start_price=expression_of(case.start_price),
        rate=expression_of(only.rate) if own else None,
        amount=expression_of(only.amount) if own else None,
        note=case.note,
    )

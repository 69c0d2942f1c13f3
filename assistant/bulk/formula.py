"""Expressions evaluated on columns, with what rounding may have done to them."""

import operator
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from assistant.bulk.schedule import Floats
from assistant.bulk.traced import Computed, Condition, Constant, Expression, Input

_NEAR = 1e-12
"""Share of the amounts involved below which a difference may be rounding."""
DIGITS = 15
"""Significant digits up to which different decimals are different in float64."""

Number = Floats | float


class Formulas:
    """Values of expressions on some rows; each is computed once."""

    def __init__(self, columns: Mapping[str, Floats]) -> None:
        self._columns = columns
        self._values: dict[int, tuple[Number, Number]] = {}

    def value(self, expression: Expression) -> Number:
        """The value on every row; a bare number where it is the same on all."""
        return self._both(expression)[0]

    def amounts(self, expression: Expression) -> Number:
        """The same with every difference taken as a sum: what rounding errors are a share of."""
        return self._both(expression)[1]

    def holds(self, condition: Condition) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Where the comparison ends as recorded, and where rounding leaves that open."""
        left, right = self.value(condition.left), self.value(condition.right)
        held = np.asarray(condition.compare(left, right) == condition.held, dtype=np.bool_)
        if isinstance(condition.left, Input) and _is_short(condition.right):  # both numbers are as they were written
            return held, np.zeros_like(held)
        amounts = self.amounts(condition.left) + self.amounts(condition.right)
        return held, np.asarray(np.abs(left - right) <= amounts * _NEAR, dtype=np.bool_)

    def _both(self, expression: Expression) -> tuple[Number, Number]:
        known = self._values.get(id(expression))
        if known is None:
            known = self._values[id(expression)] = self._evaluated(expression)
        return known

    def _evaluated(self, expression: Expression) -> tuple[Number, Number]:
        match expression:
            case Input(name):
                column = self._columns[name]
                return column, np.abs(column)
            case Constant(number):
                return np.float64(number), np.float64(abs(number))
            case Computed(operation, left, right):
                (first, first_amounts), (second, second_amounts) = self._both(left), self._both(right)
                value: Number = operation(first, second)
                if operation is operator.truediv:
                    return value, first_amounts * second_amounts / (second * second)
                if operation is operator.mul:
                    return value, first_amounts * second_amounts
                return value, first_amounts + second_amounts


def _is_short(expression: Expression) -> bool:
    """Whether it is a constant that float64 tells from every other number of as few digits."""
    return isinstance(expression, Constant) and len(expression.value.as_tuple().digits) <= DIGITS

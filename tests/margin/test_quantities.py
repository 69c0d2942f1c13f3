from decimal import Decimal, getcontext, localcontext

import pytest

from assistant.errors import InputOutOfRange
from assistant.margin.quantities import (
    exact,
    require_fraction,
    require_not_negative,
    require_positive,
    significant,
    to_tick,
)
from assistant.values import Side


def test_ten_significant_digits_are_kept() -> None:
    assert significant(Decimal("57228.915662650602")) == Decimal("57228.91566")


def test_a_tie_goes_to_the_even_digit() -> None:
    assert significant(Decimal("0.12345678905")) == Decimal("0.1234567890")
    assert significant(Decimal("0.12345678915")) == Decimal("0.1234567892")


def test_a_short_number_is_left_alone() -> None:
    assert str(significant(Decimal("57000"))) == "57000"


def test_a_long_is_rounded_up_to_the_tick() -> None:
    assert to_tick(Decimal("3607.69"), Decimal("0.5"), Side.LONG) == Decimal("3608.0")


def test_a_short_is_rounded_down_to_the_tick() -> None:
    assert to_tick(Decimal("0.01755468"), Decimal("0.000001"), Side.SHORT) == Decimal("0.017554")


def test_a_price_on_the_tick_stays() -> None:
    assert to_tick(Decimal("3608"), Decimal("0.5"), Side.LONG) == Decimal("3608")


@pytest.mark.parametrize("tick", ["0", "-1", "NaN", "Infinity"])
def test_a_tick_that_is_not_positive_is_refused(tick: str) -> None:
    with pytest.raises(InputOutOfRange):
        to_tick(Decimal(1), Decimal(tick), Side.LONG)


def test_exact_computes_in_fifty_digits_whatever_the_caller_has() -> None:
    third = exact(lambda: Decimal(1) / Decimal(3))
    with localcontext() as context:
        context.prec = 5
        assert third() == Decimal("0." + "3" * 50)
        assert getcontext().prec == 5


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "-1"])
def test_no_check_lets_a_strange_number_pass(value: str) -> None:
    for check in (require_positive, require_not_negative, require_fraction):
        with pytest.raises(InputOutOfRange) as error:
            check("leverage", Decimal(value))
        assert error.value.data["argument"] == "leverage"


def test_zero_is_not_positive_but_not_negative_either() -> None:
    require_not_negative("added_margin", Decimal(0))
    with pytest.raises(InputOutOfRange):
        require_positive("leverage", Decimal(0))


def test_a_rate_of_one_is_no_fraction() -> None:
    with pytest.raises(InputOutOfRange):
        require_fraction("fee_rate", Decimal(1))

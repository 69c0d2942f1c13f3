"""A traced number follows what arrays can follow and refuses the rest; what was compared is written down."""

import operator
from decimal import Context, Decimal

import numpy as np
import pytest

from assistant.bulk.formula import Formulas
from assistant.bulk.group import Group
from assistant.bulk.trace import Case
from assistant.bulk.traced import Tape, Untraceable, expression_of
from assistant.errors import CannotAnswer, InputOutOfRange
from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import MaintenanceBasis, flat_table
from assistant.margin.position import Position
from assistant.values import Contract, Side, Status

COLUMNS = {"a": np.array([1.0, 2.0, 3.0]), "b": np.array([4.0, 5.0, 0.5])}


def traced(tape):
    return tape.inputs({"a": Decimal(1), "b": Decimal(4)})


@pytest.mark.parametrize(
    "formula",
    [
        lambda a, b: a + b,
        lambda a, b: 3 - a * b,
        lambda a, b: Decimal(7) / (b - a / 2),
        lambda a, b: -a + +b,
        lambda a, b: (2 + a) * Decimal("0.5") - 1,
    ],
)
def test_what_was_computed_is_computed_again_for_every_row(formula):
    numbers = traced(Tape())
    values = Formulas(COLUMNS).value(expression_of(formula(numbers["a"], numbers["b"])))
    for row in range(3):
        exact = formula(Decimal(str(COLUMNS["a"][row])), Decimal(str(COLUMNS["b"][row])))
        assert values[row] == pytest.approx(float(exact), rel=1e-15)


@pytest.mark.parametrize("compare", [operator.lt, operator.le, operator.gt, operator.ge, operator.eq, operator.ne])
def test_a_comparison_is_written_down_with_how_it_ended(compare):
    tape = Tape()
    numbers = traced(tape)
    held = compare(numbers["a"], Decimal(2))
    (condition,) = tape.conditions
    assert condition.held == held == compare(1, 2)
    same, doubtful = Formulas(COLUMNS).holds(condition)
    assert same.tolist() == [compare(a, 2) == held for a in COLUMNS["a"]]
    assert not doubtful.any()


def test_a_constant_on_the_left_is_compared_as_well():
    tape = Tape()
    assert Decimal(2) > traced(tape)["a"]
    same, _ = Formulas(COLUMNS).holds(tape.conditions[0])
    assert same.tolist() == [True, False, False]


def test_max_and_truth_are_comparisons():
    tape = Tape()
    numbers = traced(tape)
    assert max(numbers["a"], numbers["b"]) is numbers["b"]
    assert numbers["a"]
    assert len(tape.conditions) == 2


def test_a_comparison_that_rounding_could_turn_is_doubtful():
    tape = Tape()
    numbers = tape.inputs({"a": Decimal("0.1")})
    assert numbers["a"] * 3 == Decimal("0.3")
    _, doubtful = Formulas({"a": np.array([0.1, 0.2])}).holds(tape.conditions[0])
    assert doubtful.tolist() == [True, False]


@pytest.mark.parametrize(
    "use",
    [
        float,
        int,
        str,
        hash,
        round,
        lambda a: f"{a:f}",
        lambda a: a**2,
        lambda a: a // 2,
        lambda a: a % 2,
        lambda a: 2**a,
        lambda a: a.sqrt(),
        lambda a: a.quantize(Decimal(1)),
        lambda a: a.to_integral_value(),
        lambda a: a.as_tuple(),
        lambda a: a.copy_abs(),
        lambda a: a.max(Decimal(3)),
        lambda a: a.normalize(),
        lambda a: {a: 1},
    ],
)
def test_what_no_array_can_follow_is_refused(use):
    with pytest.raises(Untraceable):
        use(traced(Tape())["a"])


def case_of(numbers, *, margin=None):
    entry = numbers["entry_price"]
    position = Position(contract=Contract.LINEAR, side=Side.LONG, size=Decimal(1), entry_price=entry)
    if entry > 1000:
        raise InputOutOfRange(argument="entry_price", reason="too_large", value=entry)
    terms = Terms(
        margin=entry / 10 if margin is None else margin(entry),
        fee_rate=Decimal(0),
        basis=MaintenanceBasis.MARK,
        tiers=flat_table(Decimal("0.01") if entry < 500 else Decimal("0.02")),
    )
    return Case(position=position, terms=terms, start_price=entry, note="cheap" if entry < 500 else "dear")


ENTRIES = np.linspace(10, 1990, 100)


def answers(describe, blurred=None):
    group = Group(describe, (CannotAnswer,))
    blurred = np.zeros(100, dtype=np.bool_) if blurred is None else blurred
    return group, group.answers(
        {"entry_price": ENTRIES}, lambda row: {"entry_price": Decimal(str(ENTRIES[row]))}, blurred
    )


def test_every_row_goes_its_own_way_through_the_rules():
    group, found = answers(case_of)
    assert len(group.ways) == 3
    for entry, price, note in zip(ENTRIES, found.price, found.note, strict=True):
        if entry > 1000:
            assert np.isnan(price)
            assert isinstance(note, InputOutOfRange)
        else:
            assert price == pytest.approx(entry * 0.9 / (0.99 if entry < 500 else 0.98), rel=1e-12)
            assert note == ("cheap" if entry < 500 else "dear")
    assert found.exact == 0


def test_rules_that_arrays_cannot_follow_are_run_row_by_row():
    _, found = answers(lambda numbers: case_of(numbers, margin=lambda entry: (entry * entry).sqrt() / 10))
    _, plain = answers(case_of)
    assert found.exact == 100
    assert np.allclose(found.price, plain.price, rtol=1e-12, equal_nan=True)


def test_a_number_of_too_many_digits_is_solved_exactly():
    blurred = np.arange(100) % 10 == 0
    _, found = answers(case_of, blurred)
    assert found.exact == 10
    assert np.array_equal(np.isnan(found.price), ENTRIES > 1000)


def test_a_margin_that_is_left_of_much_larger_amounts_is_solved_exactly():
    def margin(entry):
        return entry / 10 + entry * Decimal("1e13") - entry * Decimal("1e13")

    _, found = answers(lambda numbers: case_of(numbers, margin=margin))
    _, plain = answers(case_of)
    assert found.exact == np.count_nonzero(ENTRIES <= 1000)
    assert np.allclose(found.price, plain.price, rtol=1e-12, equal_nan=True)


def test_rules_that_hide_where_a_number_comes_from_are_found_out_and_run_row_by_row():
    """A context takes the sample without asking and gives back a number that is not traced."""
    rounding = Context(prec=30)
    group, found = answers(lambda numbers: case_of(numbers, margin=lambda entry: rounding.plus(entry) / 10))
    _, plain = answers(case_of)
    assert not group.is_traceable
    assert np.allclose(found.price, plain.price, rtol=1e-12, equal_nan=True)


def test_statuses_are_numbered_in_their_order():
    group, found = answers(lambda numbers: case_of(numbers, margin=lambda entry: entry * 2))
    assert {Status.NOT_LIQUIDATABLE, Status.REFUSED} == {
        (Status.OK, Status.NOT_LIQUIDATABLE, Status.BEYOND_MAINTENANCE, Status.REFUSED)[code] for code in found.status
    }
    assert group.is_traceable

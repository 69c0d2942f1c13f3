"""What holds for any loan, and the values no loan can have."""

from decimal import Decimal, localcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import InputOutOfRange
from assistant.margin import lending
from assistant.margin.lending import CloseFactor, Collateral, Debt, Loan

STEADY = settings(max_examples=150, deadline=None, derandomize=True, database=None)
NEAR = Decimal("1e-30")
AMOUNTS = st.decimals("0.01", "1000", places=2)
PRICES = st.decimals("0.01", "90000", places=2)
THRESHOLDS = st.decimals("0.05", "1", places=3)
COLLATERALS = st.builds(Collateral, amount=AMOUNTS, price=PRICES, liquidation_threshold=THRESHOLDS)
DEBTS = st.builds(Debt, amount=AMOUNTS, price=PRICES)
LOANS = st.builds(
    Loan,
    collaterals=st.lists(COLLATERALS, min_size=1, max_size=4).map(tuple),
    debts=st.lists(DEBTS, min_size=1, max_size=3).map(tuple),
)
AAVE = CloseFactor(usual=Decimal("0.5"), full_at=Decimal("0.95"), small=Decimal(2000))


def loan(value, debt, threshold="0.8"):
    pledged = Collateral(amount=Decimal(value), price=Decimal(1), liquidation_threshold=Decimal(threshold))
    return Loan(collaterals=(pledged,), debts=(Debt(amount=Decimal(debt)),))


def swapped(items, index, **changes):
    one = items[index]
    fields = {name: getattr(one, name) for name in type(one).__dataclass_fields__}
    return (*items[:index], type(one)(**{**fields, **changes}), *items[index + 1 :])


@STEADY
@given(loan=LOANS)
def test_at_the_price_of_one_collateral_the_health_factor_is_one(loan):
    for index in range(len(loan.collaterals)):
        price = lending.collateral_price(loan, index)
        if price is not None:
            there = Loan(collaterals=swapped(loan.collaterals, index, price=price), debts=loan.debts)
            assert abs(lending.health_factor(there) - 1) < NEAR


@STEADY
@given(loan=LOANS)
def test_a_collateral_without_a_price_leaves_the_rest_to_carry_the_debt(loan):
    for index, one in enumerate(loan.collaterals):
        with localcontext() as exact:
            exact.prec = 50
            rest = loan.weighted_collateral - one.weighted
        assert (lending.collateral_price(loan, index) is None) is (rest >= loan.debt_value)


@STEADY
@given(loan=LOANS)
def test_at_the_price_of_one_debt_the_health_factor_is_one(loan):
    for index in range(len(loan.debts)):
        price = lending.debt_price(loan, index)
        if price is not None:
            there = Loan(collaterals=loan.collaterals, debts=swapped(loan.debts, index, price=price))
            assert abs(lending.health_factor(there) - 1) < NEAR


@STEADY
@given(loan=LOANS)
def test_after_the_drop_allowed_of_all_collateral_the_health_factor_is_one(loan):
    left = 1 - lending.drop_allowed(lending.health_factor(loan))
    with localcontext() as exact:
        exact.prec = 50
        fallen = tuple(
            Collateral(amount=one.amount, price=one.price * left, liquidation_threshold=one.liquidation_threshold)
            for one in loan.collaterals
        )
    assert abs(lending.health_factor(Loan(collaterals=fallen, debts=loan.debts)) - 1) < Decimal("1e-20")


@STEADY
@given(loan=LOANS, target=st.decimals("0.5", "5", places=2))
def test_what_is_needed_for_a_health_factor_makes_it(loan, target):
    with localcontext() as exact:
        exact.prec = 50
        amount = loan.collaterals[0].amount + lending.collateral_needed(loan, 0, target)
        owed = loan.debt_value - lending.repayment_needed(loan, target)
    if amount >= 0:
        more = Loan(collaterals=swapped(loan.collaterals, 0, amount=amount), debts=loan.debts)
        assert abs(lending.health_factor(more) - target) < NEAR
    less = Loan(collaterals=loan.collaterals, debts=(Debt(amount=owed),))
    assert abs(lending.health_factor(less) - target) < NEAR


@STEADY
@given(rate=st.decimals("0.001", "1", places=3), days=st.integers(1, 2000), loan=LOANS)
def test_interest_brings_liquidation_closer_with_every_day(rate, days, loan):
    sooner, later = (lending.growth(rate, Decimal(count)) for count in (days, days + 1))
    assert 1 < sooner < later
    grown = Loan(collaterals=loan.collaterals, debts=lending.grown(loan.debts, later))
    assert lending.health_factor(grown) < lending.health_factor(loan)


def test_a_year_of_interest_is_the_yearly_rate():
    assert lending.growth(Decimal("0.05"), Decimal(365)) == Decimal("1.05")


def test_without_debt_there_is_no_health_factor():
    assert lending.health_factor(loan("1000", "0")) is None


@pytest.mark.parametrize(
    ("value", "debt", "share"),
    [
        ("10000", "8000", "0"),
        ("10000", "8001", "0.5"),
        ("10000", "8500", "1"),
        ("2500", "1990", "0"),
        ("2480", "1990", "1"),
    ],
    ids=["at one", "just below one", "below 0.95", "small and healthy", "small and below one"],
)
def test_a_liquidation_may_repay_half_or_all(value, debt, share):
    assert AAVE.share(loan(value, debt)) == Decimal(share)


def test_at_exactly_the_lower_factor_all_may_be_repaid():
    assert lending.health_factor(loan("9500", "8000")) == Decimal("0.95")
    assert AAVE.share(loan("9500", "8000")) == 1


def test_the_borrower_pays_the_bonus():
    taken = lending.seizure(repaid=Decimal(1000), bonus=Decimal("0.05"), available=Decimal(5000))
    assert (taken.repaid, taken.seized) == (1000, 1050)


def test_no_more_is_seized_than_there_is():
    taken = lending.seizure(repaid=Decimal(1000), bonus=Decimal("0.05"), available=Decimal(525))
    assert (taken.repaid, taken.seized) == (500, 525)


@pytest.mark.parametrize("threshold", ["0", "-0.1", "1.01", "NaN"])
def test_a_threshold_no_lender_has_is_refused(threshold):
    with pytest.raises(InputOutOfRange) as refused:
        loan("1000", "500", threshold)
    assert refused.value.data["argument"] == "liquidation_threshold"


def test_a_negative_debt_is_refused():
    with pytest.raises(InputOutOfRange):
        loan("1000", "-1")

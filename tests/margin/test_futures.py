"""What holds for any listed futures, and the values no account can have."""

from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistant.errors import InputOutOfRange
from assistant.margin import futures
from assistant.margin.futures import FuturesAccount
from assistant.values import Side

STEADY = settings(max_examples=200, deadline=None, derandomize=True, database=None)
PRICES = st.decimals("50", "200", places=2)
ACCOUNTS = st.builds(
    FuturesAccount,
    side=st.sampled_from(Side),
    units=st.decimals("1", "500", places=0),
    entry_price=st.decimals("80", "120", places=2),
    balance=st.decimals("1000", "9000", places=2),
    maintenance_margin=st.decimals("200", "1000", places=0),
)
INITIAL = Decimal(1000)


@STEADY
@given(account=ACCOUNTS, prices=st.lists(PRICES, min_size=1, max_size=8))
def test_a_call_refills_to_the_initial_margin_and_comes_only_below_maintenance(account, prices):
    for day in futures.marked(account, prices, initial_margin=INITIAL):
        assert (day.call > 0) is (day.balance < account.maintenance_margin)
        assert day.call == 0 or day.balance + day.call == INITIAL


@STEADY
@given(account=ACCOUNTS, prices=st.lists(PRICES, min_size=1, max_size=8))
def test_money_is_only_moved_by_the_price_and_by_calls(account, prices):
    days = futures.marked(account, prices, initial_margin=INITIAL)
    called = sum(day.call for day in days[:-1])
    assert days[-1].balance == account.balance_at(prices[-1]) + called


@STEADY
@given(account=ACCOUNTS)
def test_at_the_first_call_price_the_balance_is_the_maintenance_margin(account):
    price = futures.first_call_price(account)
    assume(price is not None)
    there = account.balance_at(price)
    assert abs(there - account.maintenance_margin) < Decimal("1e-30")
    beyond = account.balance_at(price - account.side.sign * Decimal("0.01"))
    assert futures.call_at(account, beyond, initial_margin=INITIAL) > 0


def test_a_balance_above_the_whole_value_is_never_called():
    account = FuturesAccount(
        side=Side.LONG,
        units=Decimal(10),
        entry_price=Decimal(10),
        balance=Decimal(5000),
        maintenance_margin=Decimal(100),
    )
    assert futures.first_call_price(account) is None


def test_a_maintenance_margin_above_the_initial_margin_is_refused():
    account = FuturesAccount(
        side=Side.LONG, units=Decimal(1), entry_price=Decimal(10), balance=Decimal(50), maintenance_margin=Decimal(40)
    )
    with pytest.raises(InputOutOfRange) as refused:
        futures.marked(account, [Decimal(9)], initial_margin=Decimal(30))
    assert refused.value.data["reason"] == "above_initial"


@pytest.mark.parametrize("name", ["units", "entry_price", "balance", "maintenance_margin"])
def test_an_account_of_nothing_is_refused(name):
    usual = {"units": Decimal(1), "entry_price": Decimal(10), "balance": Decimal(5), "maintenance_margin": Decimal(3)}
    with pytest.raises(InputOutOfRange):
        FuturesAccount(side=Side.LONG, **{**usual, name: Decimal(0)})

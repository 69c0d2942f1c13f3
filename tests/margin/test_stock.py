"""What holds for any shares on margin, and the values no account can have."""

from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistant.errors import InputOutOfRange
from assistant.margin import stock
from assistant.margin.stock import Maintenance, ShareFloor
from assistant.values import Side

STEADY = settings(max_examples=200, deadline=None, derandomize=True, database=None)
FLOOR = ShareFloor(low=Decimal("2.5"), high=Decimal(5))
OPENED = {
    "side": st.sampled_from(Side),
    "shares": st.decimals("1", "5000", places=0),
    "entry_price": st.decimals("0.5", "900", places=2),
    "initial": st.decimals("0.3", "1", places=2),
}
RATES = st.decimals("0.05", "0.6", places=2)
FLOORS = st.sampled_from([None, FLOOR])


@STEADY
@given(given_=st.fixed_dictionaries(OPENED), rate=RATES, floor=FLOORS)
def test_at_the_call_price_the_call_asks_for_nothing_and_beyond_it_for_something(given_, rate, floor):
    account = stock.opened(**given_)
    maintenance = Maintenance(rate=rate, floor=floor if account.side is Side.SHORT else None)
    price = stock.call_price(account, maintenance)
    assume(price is not None)
    assert stock.call_amount(account, maintenance, price) < Decimal("1e-30")
    worse = price * (1 - account.side.sign * Decimal("0.01"))
    better = price * (1 + account.side.sign * Decimal("0.01"))
    assert stock.call_amount(account, maintenance, worse) > 0
    assert stock.call_amount(account, maintenance, better) == 0


@STEADY
@given(given_=st.fixed_dictionaries(OPENED), rate=RATES)
def test_a_higher_requirement_calls_earlier(given_, rate):
    account = stock.opened(**given_)
    first, second = (stock.call_price(account, Maintenance(rate=one)) for one in (rate, rate + Decimal("0.05")))
    assume(first is not None)
    assert (second - first) * account.side.sign > 0


def test_bought_without_a_loan_there_is_no_call():
    account = stock.opened(side=Side.LONG, shares=Decimal(10), entry_price=Decimal(50), initial=Decimal(1))
    assert stock.call_price(account, Maintenance(rate=Decimal("0.25"))) is None


@pytest.mark.parametrize(
    ("entry", "price"),
    [("20", "23.0769230769"), ("12", "13"), ("5", "3.75"), ("2", "0.5")],
    ids=["by the rate", "5 a share", "the whole price", "2.50 a share"],
)
def test_a_cheap_short_is_called_by_the_money_per_share(entry, price):
    account = stock.opened(side=Side.SHORT, shares=Decimal(1), entry_price=Decimal(entry), initial=Decimal("0.5"))
    found = stock.call_price(account, Maintenance(rate=Decimal("0.3"), floor=FLOOR))
    assert abs(found - Decimal(price)) < Decimal("1e-10")


@pytest.mark.parametrize(("price", "asked"), [("1", "2.5"), ("3", "3"), ("5", "5"), ("10", "5"), ("20", "6")])
def test_what_us_rules_ask_of_a_short_share(price, asked):
    assert Maintenance(rate=Decimal("0.3"), floor=FLOOR).per_share(Decimal(price)) == Decimal(asked)


@pytest.mark.parametrize("initial", ["0", "1.01", "-0.5", "NaN"])
def test_an_initial_margin_no_account_has_is_refused(initial):
    with pytest.raises(InputOutOfRange):
        stock.opened(side=Side.LONG, shares=Decimal(1), entry_price=Decimal(10), initial=Decimal(initial))


@pytest.mark.parametrize("rate", ["1", "-0.1", "NaN"])
def test_a_requirement_no_broker_has_is_refused(rate):
    with pytest.raises(InputOutOfRange):
        Maintenance(rate=Decimal(rate))

"""Loans, shares on margin and listed futures on published numbers, from cases/credit.toml."""

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.margin import futures, lending, stock
from assistant.margin.futures import FuturesAccount
from assistant.margin.lending import Collateral, Debt, Loan
from assistant.margin.stock import Maintenance
from assistant.values import Side

FILE = Path(__file__).parent / "cases" / "credit.toml"
CASES = tomllib.loads(FILE.read_text(encoding="utf-8"), parse_float=Decimal)


def exactly(table):
    return {name: value if isinstance(value, str) else Decimal(value) for name, value in table.items()}


def close(found, expected, case):
    return found is not None and abs(found - Decimal(expected)) <= Decimal(case["tolerance"])


def named(kind):
    return [pytest.param(case, id=case["name"]) for case in CASES[kind]]


@pytest.mark.parametrize("case", named("loan"))
def test_a_loan_is_what_its_source_says(case):
    loan = Loan(
        collaterals=tuple(Collateral(**exactly(one)) for one in case["collaterals"]),
        debts=tuple(Debt(**exactly(one)) for one in case["debts"]),
    )
    factor = lending.health_factor(loan)
    found = {
        "health_factor": factor,
        "drop_allowed": lending.drop_allowed(factor),
        "loan_to_value": lending.loan_to_value(loan),
        "price_of_first": lending.collateral_price(loan, 0),
        "price_of_debt": lending.debt_price(loan, 0),
    }
    for name, expected in case["expect"].items():
        assert close(found[name], expected, case), (name, found[name])


@pytest.mark.parametrize("case", named("stock"))
def test_a_call_on_shares_comes_where_its_source_says(case):
    given = exactly(case["account"])
    account = stock.opened(
        side=Side(given["side"]), shares=Decimal(1), entry_price=given["price"], initial=given["initial"]
    )
    found = stock.call_price(account, Maintenance(rate=given["maintenance"]))
    assert close(found, case["call_price"], case), found


@pytest.mark.parametrize("case", named("futures"))
def test_listed_futures_are_settled_as_their_source_does(case):
    given = exactly(case["account"])
    account = FuturesAccount(**{**given, "side": Side(given["side"])})
    prices = [Decimal(price) for price in case["settlements"]]
    days = futures.marked(account, prices, initial_margin=Decimal(case["initial_margin"]))
    assert all(close(day.balance, expected, case) for day, expected in zip(days, case["balances"], strict=True))
    assert all(close(day.call, expected, case) for day, expected in zip(days, case["calls"], strict=True))
    assert close(futures.first_call_price(account), case["first_call_price"], case)

from decimal import Decimal
from typing import Any

import pytest

from assistant.errors import InputOutOfRange
from assistant.margin.collateral import account_margin, leverage_of, margin_behind, posted_margin
from assistant.margin.request import PositionRequest
from assistant.values import Contract, MarginMode, Side


def request(**given: Any) -> PositionRequest:
    facts = {"symbol": "BTC", "contract": Contract.LINEAR, "side": Side.LONG, "entry_price": Decimal(100)} | given
    return PositionRequest(**facts)


def test_the_size_given_is_the_position_s() -> None:
    assert request(size=Decimal(3), leverage=Decimal(5)).position().size == 3


def test_margin_and_leverage_make_the_size() -> None:
    assert request(collateral=Decimal(200), leverage=Decimal(10)).position().size == 20


def test_an_inverse_size_from_margin_in_coins_is_in_quote_units() -> None:
    found = request(contract=Contract.INVERSE, collateral=Decimal("0.5"), leverage=Decimal(10))
    assert found.position().size == 500


def test_leverage_alone_stands_for_one_coin() -> None:
    assert request(leverage=Decimal(10)).position().size == 1
    assert request(leverage=Decimal(10), contract=Contract.INVERSE).position().size == 100


def test_leverage_alone_does_not_say_the_size() -> None:
    assert not request(leverage=Decimal(10)).size_is_known
    assert request(leverage=Decimal(10), collateral=Decimal(1)).size_is_known
    assert request(size=Decimal(1)).size_is_known


@pytest.mark.parametrize("given", [{"collateral": Decimal(5)}, {"margin_mode": MarginMode.CROSS}])
def test_a_size_that_would_be_a_guess_is_missing(given: dict[str, Any]) -> None:
    with pytest.raises(InputOutOfRange) as error:
        request(**given).position()
    assert (error.value.data["argument"], error.value.data["reason"]) == ("size", "missing")


@pytest.mark.parametrize("name", ["entry_price", "size", "leverage", "collateral", "mark_price"])
@pytest.mark.parametrize("value", ["0", "-1", "NaN", "Infinity"])
def test_an_impossible_value_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(InputOutOfRange) as error:
        request(**{name: Decimal(value)})
    assert error.value.data["argument"] == name


def test_an_amount_without_its_rate_means_nothing() -> None:
    with pytest.raises(InputOutOfRange) as error:
        request(maintenance_amount=Decimal(50))
    assert error.value.data["reason"] == "without_rate"


def test_isolated_margin_is_value_over_leverage_plus_what_was_added() -> None:
    found = request(size=Decimal(2), leverage=Decimal(10), added_margin=Decimal(7))
    assert posted_margin(found, found.position()) == 20
    assert margin_behind(found, found.position()) == 27


def test_collateral_decides_where_leverage_disagrees() -> None:
    found = request(size=Decimal(2), leverage=Decimal(10), collateral=Decimal(50))
    assert posted_margin(found, found.position()) == 50
    assert leverage_of(found, found.position()) == 4


def test_inverse_margin_is_counted_in_coins() -> None:
    found = request(contract=Contract.INVERSE, size=Decimal(200), leverage=Decimal(4))
    assert posted_margin(found, found.position()) == Decimal("0.5")


def test_isolated_margin_needs_collateral_or_leverage() -> None:
    found = request(size=Decimal(2))
    with pytest.raises(InputOutOfRange) as error:
        posted_margin(found, found.position())
    assert error.value.data["argument"] == "leverage"


def test_cross_margin_is_the_balance_less_what_the_others_hold() -> None:
    found = request(
        size=Decimal(1),
        margin_mode=MarginMode.CROSS,
        wallet_balance=Decimal(100),
        added_margin=Decimal(5),
        other_maintenance_margin=Decimal(30),
        other_unrealized_pnl=Decimal(-10),
    )
    assert margin_behind(found, found.position()) == 65


def test_cross_margin_needs_the_balance() -> None:
    with pytest.raises(InputOutOfRange) as error:
        account_margin(request(size=Decimal(1), margin_mode=MarginMode.CROSS))
    assert error.value.data["argument"] == "wallet_balance"

from decimal import Decimal

import pytest

from assistant.errors import InputOutOfRange
from assistant.margin.buffer import (
    distance,
    effective_leverage,
    maintenance_at,
    margin_balance,
    margin_buffer,
    margin_ratio,
    requirement_at,
)
from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import MaintenanceBasis, TierTable, flat_table
from assistant.margin.position import Position
from assistant.values import Contract, Side

LONG = Position(contract=Contract.LINEAR, side=Side.LONG, size=Decimal(10), entry_price=Decimal(100))


def terms(tiers: TierTable, *, basis: MaintenanceBasis = MaintenanceBasis.MARK, fee: str = "0") -> Terms:
    return Terms(margin=Decimal(200), fee_rate=Decimal(fee), basis=basis, tiers=tiers)


RATE = flat_table(Decimal("0.01"))


def test_maintenance_moves_with_the_mark() -> None:
    assert maintenance_at(LONG, terms(RATE), Decimal(90)) == 9


def test_maintenance_on_entry_value_stays() -> None:
    assert maintenance_at(LONG, terms(RATE, basis=MaintenanceBasis.ENTRY), Decimal(90)) == 10


def test_maintenance_takes_rate_and_amount_of_the_tier_there(continuous: TierTable) -> None:
    assert maintenance_at(LONG, terms(continuous), Decimal(200)) == 30


def test_maintenance_on_entry_value_keeps_the_tier_of_entry(continuous: TierTable) -> None:
    assert maintenance_at(LONG, terms(continuous, basis=MaintenanceBasis.ENTRY), Decimal(200)) == 10


def test_the_fee_is_part_of_the_requirement_not_of_the_maintenance() -> None:
    assert maintenance_at(LONG, terms(RATE, fee="0.001"), Decimal(100)) == 10
    assert requirement_at(LONG, terms(RATE, fee="0.001"), Decimal(100)) == 11


def test_the_balance_is_margin_and_unrealized_pnl() -> None:
    assert margin_balance(LONG, terms(RATE), Decimal(90)) == 100


def test_the_buffer_is_what_is_left_above_the_requirement() -> None:
    assert margin_buffer(LONG, terms(RATE), Decimal(90)) == 91


def test_the_ratio_grows_towards_one() -> None:
    assert margin_ratio(LONG, terms(RATE), Decimal(90)) == Decimal("0.09")


def test_without_a_balance_there_is_no_ratio() -> None:
    assert margin_ratio(LONG, terms(RATE), Decimal(80)) is None


def test_a_fall_to_liquidation_is_a_negative_distance() -> None:
    assert distance(Decimal(95), Decimal(100)) == Decimal("-0.05")


def test_a_distance_needs_a_price_to_start_from() -> None:
    with pytest.raises(InputOutOfRange):
        distance(Decimal(95), Decimal(0))


def test_effective_leverage_is_value_over_margin() -> None:
    assert effective_leverage(LONG, Decimal(200), Decimal(100)) == 5


def test_without_margin_there_is_no_leverage() -> None:
    assert effective_leverage(LONG, Decimal(0), Decimal(100)) is None

from decimal import Decimal

import pytest

from assistant.errors import InputOutOfRange
from assistant.margin.maintenance import Joins, Tier, TierBasis, TierTable, continuous_amount, flat_table
from assistant.margin.position import Position
from assistant.values import Contract, Side


def tier(floor: str, cap: str | None, rate: str, amount: str = "0") -> Tier:
    end = None if cap is None else Decimal(cap)
    return Tier(floor=Decimal(floor), cap=end, rate=Decimal(rate), amount=Decimal(amount))


def table(*tiers: Tier, joins: Joins = Joins.CONTINUOUS) -> TierTable:
    return TierTable(basis=TierBasis.QUOTE_NOTIONAL, tiers=tiers, joins=joins)


@pytest.mark.parametrize(
    ("tiers", "reason"),
    [
        ((), "does_not_start_at_zero"),
        ((tier("1", None, "0.01"),), "does_not_start_at_zero"),
        ((tier("0", "10", "0.01"), tier("11", None, "0.02", "0.11")), "gap"),
        ((tier("0", "10", "0.01"), tier("9", None, "0.02", "0.09")), "overlap"),
        ((tier("0", None, "0.01"), tier("9", None, "0.02", "0.09")), "overlap"),
        ((tier("0", "10", "0.02"), tier("10", None, "0.01")), "falling_rate"),
        ((tier("0", "10", "0.01"), tier("10", None, "0.02", "0.2")), "not_continuous"),
    ],
)
def test_a_table_that_does_not_hold_together_is_refused(tiers: tuple[Tier, ...], reason: str) -> None:
    with pytest.raises(InputOutOfRange) as error:
        table(*tiers)
    assert error.value.data["reason"] == reason


def test_a_stepped_table_needs_no_amounts() -> None:
    assert table(tier("0", "10", "0.01"), tier("10", None, "0.02"), joins=Joins.STEPPED).at(
        Decimal(11)
    ).rate == Decimal("0.02")


def test_a_tier_ends_above_where_it_begins() -> None:
    with pytest.raises(InputOutOfRange):
        tier("10", "10", "0.01")


def test_an_edge_belongs_to_the_tier_below(continuous: TierTable) -> None:
    assert continuous.at(Decimal(1000)).rate == Decimal("0.01")


def test_just_above_the_edge_the_next_tier_counts(continuous: TierTable) -> None:
    assert continuous.at(Decimal("1000.01")).rate == Decimal("0.02")


def test_beyond_the_last_known_cap_is_refused() -> None:
    with pytest.raises(InputOutOfRange) as error:
        table(tier("0", "10", "0.01")).at(Decimal(11))
    assert error.value.data["reason"] == "beyond_last_tier"


def test_the_lowest_tier_alone_is_open_upwards(continuous: TierTable) -> None:
    assert continuous.lowest().at(Decimal(10**12)).rate == Decimal("0.01")


def test_the_venue_s_recursion_gives_its_printed_amount() -> None:
    below = tier("20", "50", "0.025", "0.56")
    assert continuous_amount(below, Decimal(50), Decimal("0.05")) == Decimal("1.81")


def test_the_tiered_margin_of_3500_is_what_the_help_page_prints() -> None:
    rates = [("0", "1000", "0.02"), ("1000", "2000", "0.025"), ("2000", "3000", "0.03"), ("3000", "4000", "0.035")]
    tiers: list[Tier] = []
    for floor, cap, rate in rates:
        amount = continuous_amount(tiers[-1], Decimal(floor), Decimal(rate)) if tiers else Decimal(0)
        tiers.append(tier(floor, cap, rate, str(amount)))
    found = table(*tiers).at(Decimal(3500))
    assert (found.amount, 3500 * found.rate - found.amount) == (Decimal(30), Decimal("92.5"))


@pytest.mark.parametrize(
    ("basis", "contract", "moves"),
    [
        (TierBasis.QUOTE_NOTIONAL, Contract.LINEAR, True),
        (TierBasis.QUOTE_NOTIONAL, Contract.INVERSE, False),
        (TierBasis.BASE_NOTIONAL, Contract.INVERSE, True),
        (TierBasis.BASE_SIZE, Contract.LINEAR, False),
    ],
)
def test_a_measure_moves_with_the_price_as_its_basis_says(basis: TierBasis, contract: Contract, moves: bool) -> None:
    position = Position(contract=contract, side=Side.LONG, size=Decimal(10), entry_price=Decimal(100))
    here, there = (basis.measure(position, Decimal(price)) for price in (100, 50))
    assert (here != there) is moves is basis.moves_with_price(contract)


def test_a_flat_table_has_one_open_tier() -> None:
    found = flat_table(Decimal("0.004"), Decimal(5)).at(Decimal(10**15))
    assert (found.rate, found.amount, found.cap) == (Decimal("0.004"), Decimal(5), None)


@pytest.mark.parametrize("rate", ["-0.01", "1", "1.5", "NaN"])
def test_a_rate_is_a_fraction(rate: str) -> None:
    with pytest.raises(InputOutOfRange):
        flat_table(Decimal(rate))

from decimal import Decimal

import pytest

from assistant.errors import InputOutOfRange
from assistant.margin.liquidation import Terms, solve
from assistant.margin.maintenance import MaintenanceBasis, Tier, TierBasis, TierTable, flat_table
from assistant.margin.position import Position
from assistant.values import Contract, Side, Status

RATE = flat_table(Decimal("0.004"))


def linear(side: Side, size: str, entry: str = "100") -> Position:
    return Position(contract=Contract.LINEAR, side=side, size=Decimal(size), entry_price=Decimal(entry))


def inverse(side: Side, size: str, entry: str = "100") -> Position:
    return Position(contract=Contract.INVERSE, side=side, size=Decimal(size), entry_price=Decimal(entry))


def terms(
    margin: str,
    tiers: TierTable = RATE,
    *,
    fee: str = "0",
    basis: MaintenanceBasis = MaintenanceBasis.MARK,
) -> Terms:
    return Terms(margin=Decimal(margin), fee_rate=Decimal(fee), basis=basis, tiers=tiers)


def test_a_linear_long_by_hand() -> None:
    assert solve(linear(Side.LONG, "1"), terms("28", flat_table(Decimal("0.2")))).price == Decimal(90)


def test_a_linear_short_by_hand() -> None:
    assert solve(linear(Side.SHORT, "1"), terms("26", flat_table(Decimal("0.05")))).price == Decimal(120)


def test_entry_basis_adds_straight_on_the_margin() -> None:
    found = solve(linear(Side.LONG, "2"), terms("20", flat_table(Decimal("0.005")), basis=MaintenanceBasis.ENTRY))
    assert found.price == Decimal("90.5")


def test_the_fee_brings_the_price_nearer() -> None:
    without, within = (solve(linear(Side.LONG, "1"), terms("10", fee=fee)).price for fee in ("0", "0.001"))
    assert without is not None and within is not None and within > without


def test_entry_basis_takes_the_fee_at_the_price_searched() -> None:
    found = solve(linear(Side.LONG, "1"), terms("10", fee="0.001", basis=MaintenanceBasis.ENTRY)).price
    assert found is not None
    assert abs(found - Decimal("90.4") / Decimal("0.999")) < Decimal("1e-24")


def test_the_tier_at_the_price_counts_not_the_one_at_entry(continuous: TierTable) -> None:
    found = solve(linear(Side.LONG, "20"), terms("1208", continuous))
    assert (found.tier.floor, found.price) == (0, Decimal(40))


def test_a_short_climbs_into_the_next_tier(continuous: TierTable) -> None:
    found = solve(linear(Side.SHORT, "9"), terms("400", continuous))
    assert found.price is not None
    assert (found.tier.floor, found.price.quantize(Decimal("0.0001"))) == (1000, Decimal("142.7015"))


def test_a_root_on_the_very_edge_belongs_below(continuous: TierTable) -> None:
    found = solve(linear(Side.LONG, "20"), terms("1010", continuous))
    assert (found.price, found.tier.floor) == (Decimal(50), 0)


def test_a_short_is_liquidated_at_the_edge_where_a_stepped_table_jumps_past_it(stepped: TierTable) -> None:
    found = solve(linear(Side.SHORT, "8"), terms("215", stepped))
    assert (found.price, found.tier.floor) == (Decimal(125), 1000)


def test_just_enough_margin_carries_the_short_over_the_step(stepped: TierTable) -> None:
    found = solve(linear(Side.SHORT, "8"), terms("240.4", stepped))
    assert (found.price, found.tier.floor) == (Decimal("127.5"), 1000)


def test_a_long_passes_a_step_downwards_unharmed(stepped: TierTable) -> None:
    found = solve(linear(Side.LONG, "10.2"), terms("40", stepped))
    assert found.tier.floor == 0
    assert found.price is not None
    assert found.price * Decimal("10.2") < 1000


def test_a_long_just_above_a_step_is_liquidated_in_the_upper_tier(stepped: TierTable) -> None:
    found = solve(linear(Side.LONG, "12"), terms("30", stepped))
    assert found.tier.floor == 1000


def test_an_inverse_long_grows_into_the_next_coin_bracket() -> None:
    brackets = TierTable(
        basis=TierBasis.BASE_NOTIONAL,
        tiers=(
            Tier(floor=Decimal(0), cap=Decimal(5), rate=Decimal("0.004")),
            Tier(floor=Decimal(5), cap=None, rate=Decimal("0.005"), amount=Decimal("0.005")),
        ),
    )
    found = solve(inverse(Side.LONG, "400"), terms("2", brackets))
    assert found.tier.floor == 5


def test_an_inverse_long_in_quote_tiers_keeps_the_tier_of_its_contracts(continuous: TierTable) -> None:
    assert solve(inverse(Side.LONG, "3000"), terms("10", continuous)).tier.floor == 1000


def test_entry_basis_keeps_the_tier_of_the_entry_value(continuous: TierTable) -> None:
    found = solve(linear(Side.LONG, "10.5"), terms("300", continuous, basis=MaintenanceBasis.ENTRY))
    assert found.tier.floor == 1000


def test_entry_basis_keeps_it_wherever_the_walk_starts(continuous: TierTable) -> None:
    position, entry_terms = linear(Side.LONG, "10.5"), terms("300", continuous, basis=MaintenanceBasis.ENTRY)
    found = solve(position, entry_terms, start_price=Decimal(90))
    assert (found.tier.floor, found.price) == (1000, solve(position, entry_terms).price)


def test_a_1x_inverse_long_is_liquidated_near_half() -> None:
    found = solve(inverse(Side.LONG, "100"), terms("1", flat_table(Decimal("0.005"))))
    assert found.price == Decimal("50.25")


def test_a_1x_inverse_short_has_no_price() -> None:
    found = solve(inverse(Side.SHORT, "100"), terms("1"))
    assert (found.price, found.status, found.reason) == (None, Status.NOT_LIQUIDATABLE, "collateral_covers")


def test_a_fully_paid_linear_long_has_no_price() -> None:
    found = solve(linear(Side.LONG, "1"), terms("100"))
    assert (found.price, found.status, found.reason) == (None, Status.NOT_LIQUIDATABLE, "no_positive_price")


def test_a_size_that_does_not_divide_evenly_makes_no_price_of_the_rounding() -> None:
    thirds = Decimal(1000) / 3
    paid = Position(contract=Contract.LINEAR, side=Side.LONG, size=thirds, entry_price=Decimal(3))
    assert thirds * 3 < 1000
    for margin in (thirds * 3, Decimal(1000) - Decimal("1e-24")):
        found = solve(paid, Terms(margin=margin, fee_rate=Decimal(0), basis=MaintenanceBasis.MARK, tiers=RATE))
        assert found.status is Status.NOT_LIQUIDATABLE


def test_a_linear_short_always_has_a_price() -> None:
    assert solve(linear(Side.SHORT, "1"), terms("1000000")).status is Status.OK


def test_less_margin_than_maintenance_is_liquidated_at_once() -> None:
    found = solve(linear(Side.LONG, "1"), terms("0.3"))
    assert (found.price, found.status) == (None, Status.BEYOND_MAINTENANCE)


def test_margin_equal_to_maintenance_is_liquidated_at_once() -> None:
    assert solve(linear(Side.LONG, "1"), terms("0.4")).status is Status.BEYOND_MAINTENANCE


def test_from_a_mark_in_profit_a_margin_below_maintenance_still_holds() -> None:
    found = solve(linear(Side.LONG, "1"), terms("0.3"), start_price=Decimal(110))
    assert found.price is not None and Decimal(100) < found.price < Decimal(110)


def test_a_negative_margin_backed_by_profit_is_possible_in_cross() -> None:
    assert solve(linear(Side.LONG, "1"), terms("-5"), start_price=Decimal(120)).status is Status.OK


def test_a_walk_beyond_the_last_known_tier_is_refused() -> None:
    short_table = TierTable(
        basis=TierBasis.QUOTE_NOTIONAL, tiers=(Tier(floor=Decimal(0), cap=Decimal(150), rate=Decimal("0.01")),)
    )
    with pytest.raises(InputOutOfRange) as error:
        solve(linear(Side.SHORT, "1"), terms("100", short_table))
    assert error.value.data["reason"] == "beyond_last_tier"


def test_a_rate_and_a_fee_that_reach_one_are_refused() -> None:
    with pytest.raises(InputOutOfRange):
        terms("1", flat_table(Decimal("0.9")), fee="0.1")


@pytest.mark.parametrize("margin", ["NaN", "Infinity"])
def test_a_margin_that_is_no_number_is_refused(margin: str) -> None:
    with pytest.raises(InputOutOfRange):
        terms(margin)


@pytest.mark.parametrize("start", ["0", "-1", "NaN"])
def test_a_start_that_is_no_price_is_refused(start: str) -> None:
    with pytest.raises(InputOutOfRange):
        solve(linear(Side.LONG, "1"), terms("10"), start_price=Decimal(start))

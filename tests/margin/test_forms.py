"""Rates that grow with the size, fees on the entry value, coins as collateral, quanto contracts: one solver for all."""

from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistant.errors import InputOutOfRange
from assistant.margin.bankruptcy import bankruptcy_price
from assistant.margin.buffer import maintenance_at, margin_balance, margin_buffer
from assistant.margin.liquidation import Terms, solve
from assistant.margin.maintenance import MaintenanceBasis, Tier, TierBasis, TierTable, flat_table
from assistant.margin.position import Position
from assistant.margin.quantities import ONE, ZERO, exact
from assistant.values import Contract, Side, Status

MARK, ENTRY = MaintenanceBasis.MARK, MaintenanceBasis.ENTRY


def position(contract: Contract, side: Side, size: str, entry: str) -> Position:
    return Position(contract=contract, side=side, size=Decimal(size), entry_price=Decimal(entry))


def growing(rate: str, growth: str) -> TierTable:
    tier = Tier(floor=ZERO, cap=None, rate=Decimal(rate), growth=Decimal(growth))
    return TierTable(basis=TierBasis.BASE_SIZE, tiers=(tier,))


def terms(margin: str, tiers: TierTable, **more: object) -> Terms:
    facts: dict[str, object] = {"fee_rate": ZERO, "basis": MARK} | more
    return Terms(margin=Decimal(margin), tiers=tiers, **facts)  # type: ignore[arg-type]


def test_the_rate_of_a_growing_tier_is_that_of_the_size() -> None:
    held = position(Contract.LINEAR, Side.LONG, "25", "100000")
    assert maintenance_at(held, terms("53125", growing("0.01", "0.00005")), Decimal(100000)) == 28125


def test_a_growing_rate_in_a_second_tier_is_refused() -> None:
    rising = Tier(floor=Decimal(10), cap=None, rate=Decimal("0.02"), growth=Decimal("0.001"))
    with pytest.raises(InputOutOfRange):
        TierTable(basis=TierBasis.BASE_SIZE, tiers=(Tier(floor=ZERO, cap=Decimal(10), rate=Decimal("0.01")), rising))


def test_a_size_whose_growing_rate_takes_the_whole_position_is_refused() -> None:
    held = position(Contract.LINEAR, Side.LONG, "20000", "100000")
    with pytest.raises(InputOutOfRange):
        solve(held, terms("1e9", growing("0.01", "0.00005")))


def test_a_need_on_the_entry_size_does_not_move_with_the_price() -> None:
    held = position(Contract.LINEAR, Side.LONG, "1", "50000")
    found = solve(held, terms("10000", flat_table(Decimal("0.01")), basis=ENTRY, fee_basis=ENTRY))
    assert found.price == 40500


@exact
def test_fees_on_the_entry_size_add_to_the_need() -> None:
    held = position(Contract.LINEAR, Side.SHORT, "1", "50000")
    there = terms("10000", flat_table(Decimal("0.01")), basis=ENTRY, fee_basis=ENTRY, fee_rate=Decimal("0.001"))
    assert solve(held, there).price == 50000 + 10000 - 500 - 50


def test_coins_behind_a_long_fall_with_it() -> None:
    held = position(Contract.LINEAR, Side.LONG, "1", "60000")
    in_coin = terms("0", flat_table(ZERO), coin_margin=Decimal("0.1"))
    in_money = terms("6000", flat_table(ZERO))
    assert bankruptcy_price(held, ZERO, coins=Decimal("0.1")) == solve(held, in_coin).price
    assert solve(held, in_coin).price > solve(held, in_money).price  # type: ignore[operator]


def test_as_many_coins_as_a_short_owes_cover_it_at_any_price() -> None:
    held = position(Contract.LINEAR, Side.SHORT, "1", "60000")
    found = solve(held, terms("0", flat_table(ZERO), coin_margin=ONE))
    assert (found.status, found.reason) == (Status.NOT_LIQUIDATABLE, "collateral_covers")


def test_coins_behind_an_inverse_contract_are_refused() -> None:
    with pytest.raises(InputOutOfRange):
        solve(position(Contract.INVERSE, Side.LONG, "100", "60000"), terms("1", flat_table(ZERO), coin_margin=ONE))


def test_a_short_that_owes_money_beside_its_coins_is_refused() -> None:
    held = position(Contract.LINEAR, Side.SHORT, "1", "60000")
    with pytest.raises(InputOutOfRange):
        solve(held, terms("-1", flat_table(ZERO), coin_margin=ONE))


def test_a_quanto_contract_pays_linearly_in_a_third_currency() -> None:
    held = position(Contract.QUANTO, Side.LONG, "0.0001", "3000")
    assert held.notional(Decimal(3000)) == Decimal("0.3")
    assert solve(held, terms("0.03", flat_table(ZERO))).price == 2700


def numbers(low: str, high: str, places: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(Decimal(low), Decimal(high), allow_nan=False, allow_infinity=False, places=places)


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(
    contract=st.sampled_from(Contract),
    side=st.sampled_from(Side),
    entry=numbers("0.01", "100000", 4),
    value=numbers("10", "10000000", 2),
    share=numbers("0.02", "2", 3),
    rate=numbers("0", "0.02", 4),
    growth=st.sampled_from([ZERO, Decimal("1e-9"), Decimal("1e-7"), Decimal("5e-5")]),
    fee=st.sampled_from([ZERO, Decimal("0.0006")]),
    basis=st.sampled_from(MaintenanceBasis),
    fee_basis=st.sampled_from(MaintenanceBasis),
    coins=st.sampled_from([ZERO, Decimal("0.05"), Decimal("0.9"), Decimal("1.5")]),
)
@exact
def test_equity_meets_the_requirement_at_the_price_and_nowhere_before(
    contract: Contract,
    side: Side,
    entry: Decimal,
    value: Decimal,
    share: Decimal,
    rate: Decimal,
    growth: Decimal,
    fee: Decimal,
    basis: MaintenanceBasis,
    fee_basis: MaintenanceBasis,
    coins: Decimal,
) -> None:
    size = value if contract is Contract.INVERSE else value / entry
    held = Position(contract=contract, side=side, size=size, entry_price=entry)
    tier = Tier(floor=ZERO, cap=None, rate=rate, growth=growth)
    there = Terms(
        margin=held.notional(entry) * share,
        fee_rate=fee,
        basis=basis,
        tiers=TierTable(basis=TierBasis.BASE_SIZE, tiers=(tier,)),
        fee_basis=fee_basis,
        coin_margin=size * coins if contract is Contract.LINEAR else ZERO,
    )
    try:
        found = solve(held, there)
    except InputOutOfRange:
        assume(False)
        return
    assume(found.status is not Status.BEYOND_MAINTENANCE)
    end = found.price or entry * (Decimal("1e-6") if side is Side.LONG else Decimal("1e6"))
    if found.price is not None:
        assert abs(margin_buffer(held, there, end)) <= Decimal("1e-25") * max(held.notional(entry), held.notional(end))
    for step in range(20):
        price = entry + (end - entry) * step / 20
        assert margin_buffer(held, there, price) > 0
        assert margin_balance(held, there, price) > 0

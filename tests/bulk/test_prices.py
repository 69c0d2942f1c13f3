"""Arrays of positions end as the exact solver ends them, at every edge and with every bad number."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.bulk import prices
from assistant.bulk.block import UNSURE
from assistant.bulk.positions import Positions
from assistant.bulk.prices import ERROR_BOUND, STATUSES, coded, estimated, liquidation_prices
from assistant.bulk.schedule import NotVectorised, compiled
from assistant.errors import InputOutOfRange
from assistant.margin.liquidation import Terms, solve
from assistant.margin.maintenance import Joins, MaintenanceBasis, Tier, TierBasis, TierTable, flat_table
from assistant.margin.position import Position
from assistant.values import Contract, Side, Status

RATES = ("0.01", "0.03", "0.1", "0.3")
EDGES = (0, 1_000, 20_000, 3_000_000)


def table(basis: TierBasis, joins: Joins = Joins.STEPPED, last_cap: int | None = None) -> TierTable:
    """Four tiers; a continuous one has the amounts that make it so."""
    tiers: list[Tier] = []
    amount = Decimal(0)
    for number, (floor, rate) in enumerate(zip(EDGES, map(Decimal, RATES), strict=True)):
        if number and joins is Joins.CONTINUOUS:
            amount += floor * (rate - tiers[-1].rate)
        cap = Decimal(EDGES[number + 1]) if number < 3 else last_cap and Decimal(last_cap)
        tiers.append(Tier(floor=Decimal(floor), cap=cap, rate=rate, amount=amount))
    return TierTable(basis=basis, joins=joins, tiers=tuple(tiers))


GROWING = Tier(floor=Decimal(0), cap=None, rate=Decimal("0.01"), growth=Decimal("0.0000001"))
TABLES = {
    "flat": flat_table(Decimal("0.005"), Decimal(3)),
    **{f"{joins} {basis}": table(basis, joins) for joins in Joins for basis in TierBasis},
    **{f"capped {basis}": table(basis, Joins.CONTINUOUS, 50_000_000) for basis in TierBasis},
    **{f"growing {basis}": TierTable(basis=basis, tiers=(GROWING,)) for basis in TierBasis},
}


def terms_of(tiers: TierTable, basis: MaintenanceBasis, fee_basis: MaintenanceBasis) -> Terms:
    return Terms(margin=Decimal(0), fee_rate=Decimal("0.0005"), basis=basis, tiers=tiers, fee_basis=fee_basis)


def decimal(number: float) -> Decimal:
    return Decimal(repr(float(number)))


def exactly(terms: Terms, contract: Contract, positions: Positions, row: int) -> tuple[float, int]:
    """What the exact solver says about one row."""
    start = positions.start_price
    try:
        position = Position(
            contract=contract,
            side=Side.LONG if positions.long[row] else Side.SHORT,
            size=decimal(positions.size[row]),
            entry_price=decimal(positions.entry_price[row]),
        )
        one = replace(terms, margin=decimal(positions.margin[row]))
        return coded(solve(position, one, start_price=None if start is None else decimal(start[row])))
    except InputOutOfRange:
        return np.nan, STATUSES.index(Status.REFUSED)


def check(terms: Terms, contract: Contract, positions: Positions) -> None:
    found = liquidation_prices(compiled(terms, contract), positions)
    for row in range(len(positions)):
        price, status = exactly(terms, contract, positions, row)
        assert found.status[row] == status, row
        assert np.isnan(price) == np.isnan(found.price[row])
        if not np.isnan(price):
            assert abs(found.price[row] - price) <= ERROR_BOUND * positions.entry_price[row]


def random_positions(contract: Contract, seed: int, count: int) -> Positions:
    rng = np.random.default_rng(seed)
    entry = np.exp(rng.uniform(np.log(1e-3), np.log(1e5), count)).round(9)
    value = np.exp(rng.uniform(np.log(1), np.log(3e7), count)).round(2)
    size = np.array([float(f"{one:.9g}") for one in (value / entry if contract.follows_price else value)])
    notional = size * entry if contract.follows_price else size / entry
    margin = notional / rng.uniform(1, 150, count) * rng.choice([-0.1, 1, 1.5, 30], count)
    return Positions(
        long=rng.random(count) < 0.5,
        entry_price=entry,
        size=size,
        margin=margin,
        start_price=entry * rng.choice([0.9, 0.99, 1, 1.01, 1.2], count),
    )


@pytest.mark.parametrize("fee_basis", MaintenanceBasis)
@pytest.mark.parametrize("basis", MaintenanceBasis)
@pytest.mark.parametrize("contract", Contract)
@pytest.mark.parametrize("name", TABLES)
def test_random_positions_end_as_the_exact_solver_ends_them(name, contract, basis, fee_basis):
    check(terms_of(TABLES[name], basis, fee_basis), contract, random_positions(contract, 7, 60))


def one(**changed: float) -> Positions:
    values = {"entry_price": 100.0, "size": 5.0, "margin": 50.0, **changed}
    return Positions(long=np.array([True, False]), **{name: np.array([value, value]) for name, value in values.items()})


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("size", [10, 200, 30_000])
@pytest.mark.parametrize("contract", Contract)
def test_positions_on_an_edge_end_as_the_exact_solver_ends_them(name, size, contract):
    """At entry 100 a linear size of 10, 200 and 30,000 is worth an edge; likewise 100 times that of an inverse one."""
    terms = terms_of(TABLES[name], MaintenanceBasis.MARK, MaintenanceBasis.MARK)
    worth = size * 100.0 if contract.follows_price else size * 10_000.0
    for share in (0.01, 0.1, 0.5, 1):
        notional = worth if contract.follows_price else worth / 100
        check(terms, contract, one(size=worth / 100 if contract.follows_price else worth, margin=notional * share))


@pytest.mark.parametrize("name", [name for name in TABLES if "quote" in name])
@pytest.mark.parametrize("edge", EDGES[1:])
@pytest.mark.parametrize("nudge", [-1e-9, -1e-15, 0, 1e-15, 1e-9])
def test_a_root_on_an_edge_ends_as_the_exact_solver_ends_it(name, edge, nudge):
    terms = terms_of(TABLES[name], MaintenanceBasis.MARK, MaintenanceBasis.MARK)
    for tier in terms.tiers.tiers:
        for direction in (1, -1):
            need = edge * (float(tier.rate) + 0.0005) - float(tier.amount)
            value = edge * (1 + direction * 0.2)
            margin = (need + direction * (value - edge)) * (1 + nudge)
            check(terms, Contract.LINEAR, one(size=value / 100, margin=margin))


@pytest.mark.parametrize("contract", Contract)
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, -1.0, 0.0])
@pytest.mark.parametrize("argument", ["entry_price", "size", "margin", "start_price"])
@pytest.mark.parametrize("name", ["flat", "stepped quote_notional", "continuous base_size"])
def test_a_number_no_position_can_have_ends_as_the_exact_solver_ends_it(name, argument, value, contract):
    terms = terms_of(TABLES[name], MaintenanceBasis.MARK, MaintenanceBasis.MARK)
    check(terms, contract, one(**{argument: value}))


@pytest.mark.parametrize("contract", Contract)
@pytest.mark.parametrize("price", [1e-12, 1e12])
@pytest.mark.parametrize("size", [1e-12, 1e12])
@pytest.mark.parametrize("share", [1e-12, 0.05, 1.0, 1e12])
def test_dust_and_giants_end_as_the_exact_solver_ends_them(price, size, share, contract):
    terms = terms_of(flat_table(Decimal("0.005")), MaintenanceBasis.MARK, MaintenanceBasis.MARK)
    notional = size * price if contract.follows_price else size / price
    check(terms, contract, one(entry_price=price, size=size, margin=notional * share))


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(
    entry=st.floats(1e-9, 1e9),
    size=st.floats(1e-9, 1e9),
    share=st.floats(-2, 50),
    start=st.floats(0.2, 5),
    contract=st.sampled_from(list(Contract)),
    name=st.sampled_from(sorted(TABLES)),
)
def test_any_position_ends_as_the_exact_solver_ends_it(entry, size, share, start, contract, name):
    terms = terms_of(TABLES[name], MaintenanceBasis.MARK, MaintenanceBasis.MARK)
    notional = size * entry if contract.follows_price else size / entry
    check(terms, contract, one(entry_price=entry, size=size, margin=notional * share, start_price=entry * start))


def test_a_rate_of_its_own_for_every_position_counts():
    positions = replace(random_positions(Contract.LINEAR, 3, 50), start_price=None)
    rates = np.linspace(0.0, 0.99, 50).round(3)
    schedule = compiled(terms_of(flat_table(Decimal(0)), MaintenanceBasis.MARK, MaintenanceBasis.MARK), Contract.LINEAR)
    found = liquidation_prices(schedule, replace(positions, maintenance_margin_rate=rates))
    for row, rate in enumerate(rates):
        terms = terms_of(flat_table(decimal(rate)), MaintenanceBasis.MARK, MaintenanceBasis.MARK)
        price, status = exactly(terms, Contract.LINEAR, positions, row)
        assert found.status[row] == status
        assert np.isnan(price) or abs(found.price[row] - price) <= ERROR_BOUND * positions.entry_price[row]


def test_positions_are_the_same_in_one_piece_and_in_many(monkeypatch):
    schedule = compiled(
        terms_of(TABLES["stepped quote_notional"], MaintenanceBasis.MARK, MaintenanceBasis.MARK), Contract.LINEAR
    )
    positions = random_positions(Contract.LINEAR, 11, 1000)
    whole = liquidation_prices(schedule, positions)
    monkeypatch.setattr(prices, "BLOCK", 64)
    parts = liquidation_prices(schedule, positions)
    assert np.array_equal(whole.price, parts.price, equal_nan=True)
    assert np.array_equal(whole.status, parts.status)


def test_no_positions_have_no_prices():
    schedule = compiled(
        terms_of(flat_table(Decimal("0.005")), MaintenanceBasis.MARK, MaintenanceBasis.MARK), Contract.LINEAR
    )
    nothing = np.array([], dtype=np.float64)
    empty = Positions(long=nothing.astype(np.bool_), entry_price=nothing, size=nothing, margin=nothing)
    assert len(liquidation_prices(schedule, empty).price) == 0


def test_arrays_of_unequal_length_are_refused():
    with pytest.raises(ValueError, match="length"):
        Positions(long=np.array([True]), entry_price=np.ones(2), size=np.ones(1), margin=np.ones(1))


@pytest.mark.parametrize("name", ["flat", "continuous quote_notional", "stepped base_size", "growing quote_notional"])
def test_ordinary_positions_need_no_exact_solver(name):
    terms = terms_of(TABLES[name], MaintenanceBasis.MARK, MaintenanceBasis.MARK)
    positions = random_positions(Contract.LINEAR, 5, 2000)
    notional = positions.size * positions.entry_price
    small = replace(positions, size=positions.size * 1e4 / notional, margin=np.full(2000, 2e3), start_price=None)
    assert np.count_nonzero(estimated(compiled(terms, Contract.LINEAR), small).status == UNSURE) == 0


def test_a_table_whose_edges_are_out_of_order_is_left_to_the_exact_solver():
    """A jump so high that the margin of a root on the upper floor lies below that of one on the floor beneath."""
    steep = (
        Tier(floor=Decimal(0), cap=Decimal(100), rate=Decimal("0.01")),
        Tier(floor=Decimal(100), cap=Decimal(110), rate=Decimal("0.02")),
        Tier(floor=Decimal(110), cap=None, rate=Decimal("0.5")),
    )
    tiers = TierTable(basis=TierBasis.QUOTE_NOTIONAL, joins=Joins.STEPPED, tiers=steep)
    with pytest.raises(NotVectorised):
        compiled(terms_of(tiers, MaintenanceBasis.MARK, MaintenanceBasis.MARK), Contract.LINEAR)


def test_coins_as_collateral_are_left_to_the_exact_solver():
    terms = terms_of(flat_table(Decimal("0.005")), MaintenanceBasis.MARK, MaintenanceBasis.MARK)
    with pytest.raises(NotVectorised):
        compiled(replace(terms, coin_margin=Decimal(1)), Contract.LINEAR)

"""What holds for every rulebook and any position, whatever its numbers."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistant.errors import InputOutOfRange
from assistant.margin.bankruptcy import bankruptcy_price
from assistant.margin.buffer import margin_buffer, margin_ratio
from assistant.margin.liquidation import Terms, solve
from assistant.margin.maintenance import MaintenanceBasis
from assistant.margin.position import Position
from assistant.margin.quantities import exact
from assistant.margin.rulebook import PositionRequest
from assistant.resources import content
from assistant.values import Contract, Side, Status
from assistant.venues.catalogue import load

RULEBOOKS = load(content("knowledge") / "venues")
TODAY, ENTRY_RULE = date(2026, 11, 22), date(2025, 5, 6)
NOISE = Decimal("1e-30")

Known = tuple[Position, Terms]


def decimals(low: str, high: str, places: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(Decimal(low), Decimal(high), allow_nan=False, allow_infinity=False, places=places)


@st.composite
def positions(draw: st.DrawFn, identity: str) -> Known:
    """A position of a listed symbol and what the rulebook says about it; the price known to exist."""
    book = RULEBOOKS.get(identity)
    day = draw(st.sampled_from([TODAY, ENTRY_RULE])) if identity == "bybit_linear" else TODAY
    contract = draw(st.sampled_from(book.contracts))
    block = next((block for block in book.tables if block.covers(TODAY)), None)
    symbol = "BTC" if block is None else draw(st.sampled_from(sorted(block.tables)))
    stated = day == ENTRY_RULE or (block is None and book.assumed_rate is None)
    entry = draw(decimals("0.0001", "200000", 6))
    value = draw(decimals("1", "30000000", 2))
    settled = value / entry if contract is Contract.INVERSE else value
    asked = PositionRequest(
        symbol=symbol,
        contract=contract,
        side=draw(st.sampled_from(list(Side))),
        entry_price=entry,
        size=value if contract is Contract.INVERSE else value / entry,
        leverage=draw(decimals("1", "150", 1)),
        added_margin=settled * draw(st.sampled_from([Decimal(0), Decimal("0.02"), Decimal("0.5")])),
        maintenance_margin_rate=draw(decimals("0.0001", "0.05", 4)) if stated else None,
    )
    position = asked.position()
    try:
        terms = RULEBOOKS.terms(book, asked, day)
        found = solve(position, terms)
    except InputOutOfRange:
        assume(False)
        raise
    assume(found.status is not Status.BEYOND_MAINTENANCE)
    return position, terms


def of_every_rulebook(fact: Callable[[Known], None]) -> Callable[[str], None]:
    """The fact as a test over all rulebooks, on generated positions."""

    @pytest.mark.parametrize("identity", [book.id for book in RULEBOOKS])
    def test(identity: str) -> None:
        @settings(max_examples=60, deadline=None, derandomize=True, database=None)
        @given(known=positions(identity))
        def holds(known: Known) -> None:
            fact(known)

        holds()

    return test


def price_of(position: Position, terms: Terms) -> Decimal:
    """The liquidation price; the example is dropped where there is none."""
    price = solve(position, terms).price
    assume(price is not None)
    assert price is not None
    return price


def scale(position: Position) -> Decimal:
    return position.notional(position.entry_price)


@of_every_rulebook
@exact
def test_equity_equals_what_is_required_at_the_price(known: Known) -> None:
    position, terms = known
    price = price_of(position, terms)
    assert abs(margin_buffer(position, terms, price)) <= NOISE * scale(position)


@of_every_rulebook
@exact
def test_the_margin_ratio_is_one_at_the_price(known: Known) -> None:
    position, terms = known
    price = price_of(position, terms)
    ratio = margin_ratio(position, terms, price)
    assume(ratio is not None)
    assert ratio is not None and abs(ratio - 1) <= Decimal("1e-20")


@of_every_rulebook
def test_bankruptcy_lies_beyond_liquidation(known: Known) -> None:
    position, terms = known
    price = price_of(position, terms)
    bankrupt = bankruptcy_price(position, terms.margin)
    assert bankrupt is None or position.side.sign * (price - bankrupt) >= 0


@of_every_rulebook
def test_the_price_lies_on_the_losing_side_of_entry(known: Known) -> None:
    position, terms = known
    assert position.side.sign * (position.entry_price - price_of(position, terms)) > 0


@of_every_rulebook
@exact
def test_more_margin_moves_the_price_away(known: Known) -> None:
    position, terms = known
    price = price_of(position, terms)
    try:
        further = solve(position, replace(terms, margin=terms.margin + scale(position) / 100))
    except InputOutOfRange:
        return
    assert further.price is None or position.side.sign * (price - further.price) > 0


@of_every_rulebook
@exact
def test_the_price_lies_in_the_tier_that_gave_it(known: Known) -> None:
    position, terms = known
    found = solve(position, terms)
    price = price_of(position, terms)
    where = price if terms.basis is MaintenanceBasis.MARK else position.entry_price
    measure = terms.tiers.basis.measure(position, where)
    slack = NOISE * measure
    assert found.tier.floor - slack <= measure
    assert found.tier.cap is None or measure <= found.tier.cap + slack


def path(position: Position, end: Decimal) -> Iterator[Decimal]:
    """Prices from entry towards the end, without it."""
    for step in range(40):
        yield position.entry_price + (end - position.entry_price) * step / 40


@of_every_rulebook
@exact
def test_nothing_earlier_on_the_path_meets_the_condition(known: Known) -> None:
    position, terms = known
    for price in path(position, price_of(position, terms)):
        assert margin_buffer(position, terms, price) > 0


@of_every_rulebook
@exact
def test_where_there_is_no_price_the_margin_holds_all_the_way(known: Known) -> None:
    position, terms = known
    if solve(position, terms).price is not None:
        return
    factor = 1000 if position.side is Side.SHORT else Decimal("0.001")
    for price in path(position, position.entry_price * factor):
        assert margin_buffer(position, terms, price) > 0


@of_every_rulebook
@exact
def test_a_position_of_another_size_in_the_same_tier_has_the_same_price(known: Known) -> None:
    position, terms = known
    alone = replace(terms, tiers=terms.tiers.lowest())
    assume(solve(position, alone).status is Status.OK)
    price = price_of(position, alone)
    third = replace(position, size=position.size / 3)
    again = price_of(third, replace(alone, margin=terms.margin / 3))
    assert abs(again - price) <= NOISE * price


@of_every_rulebook
@exact
def test_a_long_and_a_short_mirror_each_other_about_entry(known: Known) -> None:
    """v+ (1 - a) + v- (1 + a) = 2 v_E in one tier, v the notional at each side's price and a its rate and fee at mark.

    Maintenance at entry leaves only the fee in a: the two prices of a linear contract then lie equally far from entry.
    """
    position, terms = known
    alone = replace(terms, tiers=terms.tiers.lowest())
    mirrored = replace(position, side=position.side.opposite)
    assume(solve(position, alone).status is Status.OK and solve(mirrored, alone).status is Status.OK)
    shares = terms.fee_rate if terms.fee_basis is MaintenanceBasis.MARK else Decimal(0)
    if terms.basis is MaintenanceBasis.MARK:
        shares += alone.tiers.tiers[0].rate
    values = [one.notional(price_of(one, alone)) * (1 - one.direction * shares) for one in (position, mirrored)]
    assert abs(sum(values) - 2 * scale(position)) <= NOISE * scale(position)


@of_every_rulebook
@exact
def test_an_inverse_position_is_the_opposite_linear_one_counted_in_coins(known: Known) -> None:
    """An inverse long owes coins as a linear short owes its coin: solve it at the reciprocal price."""
    position, terms = known
    alone = replace(terms, tiers=terms.tiers.lowest())
    other = Contract.INVERSE if position.contract.follows_price else Contract.LINEAR
    turned = Position(
        contract=other, side=position.side.opposite, size=position.size, entry_price=1 / position.entry_price
    )
    here, there = solve(position, alone), solve(turned, alone)
    assert here.status is there.status
    if here.price is not None and there.price is not None:
        assert abs(here.price * there.price - 1) <= Decimal("1e-20")

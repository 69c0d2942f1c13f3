"""What holds for every rulebook and any position, whatever its numbers."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistant.errors import InputOutOfRange
from assistant.margin.bankruptcy import bankruptcy_price
from assistant.margin.buffer import margin_buffer, margin_ratio
from assistant.margin.liquidation import Liquidation, Terms, solve
from assistant.margin.maintenance import Joins, MaintenanceBasis
from assistant.margin.position import Position
from assistant.margin.quantities import exact
from assistant.margin.rulebook import PositionRequest, Rulebook
from assistant.resources import content
from assistant.values import Contract, MarginMode, Side, Status
from assistant.venues.catalogue import load

RULEBOOKS = load(content("knowledge") / "venues")
TODAY = date(2026, 11, 22)
NOISE = Decimal("1e-30")

FEE = Decimal("0.002")
"""More than any fee a trigger counts, so that a leverage drawn below it leaves something to lose."""

Known = tuple[Position, Terms]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A generated position, the terms it has, and what was asked for it."""

    position: Position
    terms: Terms
    day: date
    asked: PositionRequest
    found: Liquidation


def decimals(low: str, high: str, places: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(Decimal(low), Decimal(high), allow_nan=False, allow_infinity=False, places=places)


def days_of(book: Rulebook) -> list[date]:
    """The last day of every rule, today where it has none: each equation the rulebook ever had is tried."""
    return sorted({min(rule.effective_to or TODAY, TODAY) for rule in book.rules})


def listings(book: Rulebook, day: date) -> list[tuple[str, Decimal | None]]:
    """The symbols that have a table on a day, with the leverage it holds for where it holds for one alone."""
    blocks = [block for block in book.tables if block.covers(day)]
    return sorted({(symbol, block.leverage) for block in blocks for symbol in block.tables}, key=str)


def has_estimate(book: Rulebook) -> bool:
    """Whether a rate is assumed on a day without tables: never where tables of other days are on file."""
    return book.assumed_rate is not None and not book.tables


@st.composite
def positions(draw: st.DrawFn, identity: str) -> Drawn:
    """A position in one of the rulebook's contracts and modes, at a leverage it may have there, and its terms.

    The size is drawn over all tiers of its table, the first and the last alike; margin is put in and taken out, funding
    was paid or received, and a rate is stated where the venue has no table, and now and then where it has one.
    """
    book = RULEBOOKS.get(identity)
    day = draw(st.sampled_from(days_of(book)))
    contract, mode = draw(st.sampled_from(book.contracts)), draw(st.sampled_from(book.modes))
    listed = listings(book, day)
    symbol, chosen = draw(st.sampled_from(listed)) if listed else ("BTC", None)
    stated = draw(st.integers(0, 3)) == 0 if listed or has_estimate(book) else True
    rate = draw(decimals("0.0001", "0.05", 4)) if stated else None
    table = book.tiers_on(symbol, day, chosen) if listed and not stated else None
    entry = draw(decimals("0.0001", "200000", 6))
    unit = Position(contract=contract, side=Side.LONG, size=Decimal(1), entry_price=entry)
    if table is None:
        size = draw(decimals("1", "30000000", 2)) / unit.quote_notional(entry)
        highest = Decimal(150) if rate is None else Decimal("0.9") / (rate + FEE)
    else:
        tier = draw(st.sampled_from(table.tiers))
        ceiling = tier.cap or max(tier.floor * 2, Decimal(1_000_000))
        measure = tier.floor + (ceiling - tier.floor) * draw(decimals("0.001", "1", 3))
        size = measure / table.basis.measure(unit, entry)
        highest = min(tier.max_leverage or Decimal(150), Decimal("0.9") / (tier.rate_at(measure) + FEE))
    leverage = chosen or max(Decimal(1), draw(decimals("0.01", "1", 2)) * highest)
    margin = unit.notional(entry) * size / leverage
    asked = PositionRequest(
        symbol=symbol,
        contract=contract,
        side=draw(st.sampled_from(list(Side))),
        entry_price=entry,
        size=size,
        leverage=leverage,
        margin_mode=mode,
        wallet_balance=margin * draw(decimals("1", "4", 2)) if mode is MarginMode.CROSS else None,
        added_margin=margin * draw(st.sampled_from([Decimal(0), Decimal("0.2"), Decimal(3)])),
        funding_paid=margin * draw(st.sampled_from([Decimal(0), Decimal("0.02"), Decimal("-0.02")])),
        maintenance_margin_rate=rate,
    )
    position = asked.position()
    try:
        terms = RULEBOOKS.terms(book, asked, day)
        found = solve(position, terms)
    except InputOutOfRange:
        assume(False)
        raise
    assume(found.status is not Status.BEYOND_MAINTENANCE)
    return Drawn(position=position, terms=terms, day=day, asked=asked, found=found)


def of_every_rulebook(fact: Callable[[Known], None]) -> Callable[[str], None]:
    """The fact as a test over all rulebooks, on generated positions."""

    @pytest.mark.parametrize("identity", [book.id for book in RULEBOOKS])
    def test(identity: str) -> None:
        @settings(max_examples=60, deadline=None, derandomize=True, database=None)
        @given(drawn=positions(identity))
        def holds(drawn: Drawn) -> None:
            fact((drawn.position, drawn.terms))

        holds()

    return test


@pytest.mark.parametrize("identity", [book.id for book in RULEBOOKS])
def test_the_examples_are_real_ones(identity: str) -> None:
    """Most have a price, and every contract, mode and equation, listed and stated rates are among them."""
    book, seen, tried = RULEBOOKS.get(identity), [], Counter[str]()

    @settings(max_examples=60, deadline=None, derandomize=True, database=None)
    @given(data=st.data())
    def look(data: st.DataObject) -> None:
        tried["drawn"] += 1
        seen.append(data.draw(positions(identity)))

    look()
    assert len(seen) >= tried["drawn"] / 2
    assert sum(one.found.price is not None for one in seen) >= len(seen) / 2
    assert {one.asked.contract for one in seen} == set(book.contracts)
    assert {one.asked.margin_mode for one in seen} == set(book.modes)
    assert {one.day for one in seen} == set(days_of(book))
    assert {one.position.side for one in seen} == set(Side)
    assert {one.asked.maintenance_margin_rate is None for one in seen} == (
        {True, False} if any(listings(book, day) for day in days_of(book)) or has_estimate(book) else {False}
    )


def price_of(position: Position, terms: Terms) -> Decimal:
    """The liquidation price; the example is dropped where there is none."""
    price = solve(position, terms).price
    assume(price is not None)
    assert price is not None
    return price


def jumps_at(position: Position, terms: Terms) -> bool:
    """Whether the price is the edge of a stepped table at which the margin required jumps past the equity there is.

    The edge itself belongs to the tier below, where equity still exceeds what is required; nothing beyond it does, and
    a little more margin leaves the price where it is.
    """
    found = solve(position, terms)
    if terms.tiers.joins is not Joins.STEPPED or found.price is None or terms.basis is not MaintenanceBasis.MARK:
        return False
    edge, measure = found.tier.floor, terms.tiers.basis.measure(position, found.price)
    return edge > 0 and abs(measure - edge) <= NOISE * edge and margin_buffer(position, terms, found.price) > 0


def beyond(position: Position, price: Decimal) -> Decimal:
    """A price a hair further on the losing side."""
    return price * (1 - position.side.sign * Decimal("1e-12"))


def scale(position: Position) -> Decimal:
    return position.notional(position.entry_price)


@of_every_rulebook
@exact
def test_equity_equals_what_is_required_at_the_price(known: Known) -> None:
    position, terms = known
    price = price_of(position, terms)
    if jumps_at(position, terms):
        assert margin_buffer(position, terms, price) > 0 >= margin_buffer(position, terms, beyond(position, price))
    else:
        assert abs(margin_buffer(position, terms, price)) <= NOISE * scale(position)


@of_every_rulebook
@exact
def test_the_margin_ratio_is_one_at_the_price(known: Known) -> None:
    position, terms = known
    price = price_of(position, terms)
    ratio = margin_ratio(position, terms, price)
    if jumps_at(position, terms):
        further = margin_ratio(position, terms, beyond(position, price))
        assert ratio is not None and ratio < 1
        assert further is None or further >= 1
        return
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
    moved = None if further.price is None else position.side.sign * (price - further.price)
    assert moved is None or moved > 0 or (moved == 0 and jumps_at(position, terms))


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
    if {solve(position, alone).status, solve(mirrored, alone).status} != {Status.OK}:
        return
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

"""Random accounts against an oracle that knows no equation: it scans the price and halves the step that fails."""

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistant.errors import InputOutOfRange
from assistant.margin.account import Account, Holding
from assistant.margin.crossing import Crossing, crossing
from assistant.margin.liquidation import Terms, solve
from assistant.margin.maintenance import CrossTiers, Joins, MaintenanceBasis, Tier, TierBasis, TierTable
from assistant.margin.position import Position
from assistant.values import Contract, Side, Status

D = Decimal
SAME = D("1e-9")
NEAR = D("1e-12")
WIDEST = D(40)
STEPS = [D("1.02") ** power for power in range(1, 187)]
OPEN = [("0", None, "0.01", "0", "0")]
SEAMLESS = [("0", "1000", "0.01", "0", "0"), ("1000", "5000", "0.02", "10", "0"), ("5000", None, "0.05", "160", "0")]
JUMPING = [("0", "1000", "0.01", "0", "0"), ("1000", "5000", "0.02", "0", "0"), ("5000", None, "0.05", "0", "0")]
CUT = [("0", "1000", "0.01", "0", "0"), ("1000", "8000", "0.02", "10", "0")]
GROWING = [("0", None, "0.01", "0", "0.000003")]
TABLES = {"growing": GROWING, "open": OPEN, "seamless": SEAMLESS, "jumping": JUMPING, "cut": CUT}


@dataclass(frozen=True)
class Leg:
    coin: str
    sign: int
    size: Decimal
    entry: Decimal
    mark: Decimal
    fee: Decimal
    table: str
    counts: str
    at_entry: bool


@dataclass(frozen=True)
class Book:
    inverse: bool
    summed: bool
    balance: Decimal
    legs: tuple[Leg, ...]


def value(book: Book, leg: Leg, price: Decimal) -> Decimal:
    return leg.size / price if book.inverse else leg.size * price


def counted(book: Book, leg: Leg, price: Decimal) -> Decimal:
    where = leg.entry if leg.at_entry else price
    if leg.counts == "quote":
        return leg.size if book.inverse else leg.size * where
    return leg.size / where if book.inverse else leg.size


def spare(book: Book, move: Decimal, moving: str | None) -> Decimal | None:
    """Equity less requirement at a move of the prices; None where a position has outgrown its table."""
    prices = [leg.mark * move if moving in (None, leg.coin) else leg.mark for leg in book.legs]
    left = book.balance
    for leg, price in zip(book.legs, prices, strict=True):
        size = sum(
            counted(book, other, at)
            for other, at in zip(book.legs, prices, strict=True)
            if other is leg or (book.summed and other.coin == leg.coin)
        )
        row = next((row for row in TABLES[leg.table] if row[1] is None or size <= D(row[1])), None)
        if row is None:
            return None
        gain = value(book, leg, price) - value(book, leg, leg.entry)
        left += leg.sign * (-gain if book.inverse else gain)
        taken = value(book, leg, leg.entry if leg.at_entry else price)
        share = counted(book, leg, price) / size
        left -= taken * (D(row[2]) + D(row[4]) * size) - D(row[3]) * share + value(book, leg, price) * leg.fee
    return left


def edges(book: Book, moving: str | None) -> list[Decimal]:
    """The moves at which some size passes an edge, whichever legs are summed."""
    found = []
    for leg in book.legs:
        legs = [other for other in book.legs if other is leg or (book.summed and other.coin == leg.coin)]
        size = sum(counted(book, other, other.mark) for other in legs)
        for row in TABLES[leg.table]:
            if row[1] is not None and not leg.at_entry and moving in (None, leg.coin):
                found.append(size / D(row[1]) if book.inverse else D(row[1]) / size)
    return found


def scanned(book: Book, moving: str | None, *, rising: bool) -> Decimal | str | None:
    """The first move that leaves nothing to spare, `beyond` where a table ends before, None where there is none."""
    grid = [step if rising else 1 / step for step in STEPS]
    grid += [edge * (1 + nudge) for edge in edges(book, moving) for nudge in (NEAR, -NEAR)]
    grid = sorted({move for move in grid if (move > 1) is rising and 1 / WIDEST < move < WIDEST}, reverse=not rising)
    safe = D(1)
    for move in grid:
        left = spare(book, move, moving)
        if left is None:
            return "beyond"
        if left <= 0:
            for _ in range(60):
                middle = (safe + move) / 2
                here = spare(book, middle, moving)
                safe, move = (middle, move) if here is not None and here > 0 else (safe, middle)
            return move
        safe = move
    return None


def table(leg: Leg, *, inverse: bool) -> TierTable:
    rows = TABLES[leg.table]
    tiers = (
        Tier(floor=D(a), cap=None if b is None else D(b), rate=D(c), amount=D(d), growth=D(g)) for a, b, c, d, g in rows
    )
    other = TierBasis.BASE_NOTIONAL if inverse else TierBasis.BASE_SIZE
    basis = TierBasis.QUOTE_NOTIONAL if leg.counts == "quote" else other
    return TierTable(
        basis=basis, tiers=tuple(tiers), joins=Joins.STEPPED if leg.table == "jumping" else Joins.CONTINUOUS
    )


def account(book: Book) -> Account:
    contract = Contract.INVERSE if book.inverse else Contract.LINEAR
    holdings = (
        Holding(
            symbol=leg.coin,
            position=Position(
                contract=contract,
                side=Side.LONG if leg.sign > 0 else Side.SHORT,
                size=leg.size,
                entry_price=leg.entry,
            ),
            mark_price=leg.mark,
            terms=Terms(
                margin=D(0),
                fee_rate=leg.fee,
                basis=MaintenanceBasis.ENTRY if leg.at_entry else MaintenanceBasis.MARK,
                tiers=table(leg, inverse=book.inverse),
            ),
        )
        for leg in book.legs
    )
    tiers = CrossTiers.GROSS if book.summed else CrossTiers.EACH
    return Account(balance=book.balance, holdings=tuple(holdings), cross_tiers=tiers)


def found(book: Book, moving: str | None, *, rising: bool) -> Crossing | str:
    try:
        return crossing(account(book), moving=moving, rising=rising)
    except InputOutOfRange as refused:
        assert refused.data["reason"] == "beyond_last_tier"
        return "beyond"


@st.composite
def books(draw: st.DrawFn) -> Book:
    inverse, summed = draw(st.booleans()), draw(st.booleans())
    coins = ["A"] if inverse else ["A", "B", "C"]
    kinds = {coin: (draw(st.sampled_from(sorted(TABLES))), draw(st.sampled_from(["quote", "base"]))) for coin in coins}
    at_entry = draw(st.sampled_from([False, False, False, True]))
    legs = []
    for _ in range(draw(st.integers(1, 5))):
        coin = draw(st.sampled_from(coins))
        mark = {"A": D(100), "B": D(7), "C": D("0.5")}[coin]
        worth = draw(st.integers(1, 6000))
        size = D(worth) if inverse else D(worth) / mark
        legs.append(
            Leg(
                coin=coin,
                sign=draw(st.sampled_from([1, -1])),
                size=size,
                entry=mark * draw(st.decimals("0.8", "1.25", places=2)),
                mark=mark,
                fee=draw(st.sampled_from([D(0), D("0.0005")])),
                table=kinds[coin][0],
                counts=kinds[coin][1],
                at_entry=at_entry,
            )
        )
    balance = draw(st.integers(1, 40 if inverse else 4000))
    return Book(inverse=inverse, summed=summed, balance=D(balance), legs=tuple(legs))


MOVING = st.sampled_from(["A", None])


@settings(max_examples=400, derandomize=True, database=None, deadline=None)
@given(book=books(), moving=MOVING, rising=st.booleans())
def test_the_first_crossing_is_the_one_a_scan_of_the_price_finds(book: Book, moving: str | None, rising: bool) -> None:
    now = spare(book, D(1), moving)
    assume(now is not None)
    got = found(book, moving, rising=rising)
    if now is not None and now <= 0:
        assert not isinstance(got, str)
        assert got.status is Status.BEYOND_MAINTENANCE
        return
    expected = scanned(book, moving, rising=rising)
    if isinstance(expected, str) or isinstance(got, str):
        assert got == expected or (expected is None and got == "beyond")
    elif expected is None:
        assert got.factor is None or not 1 / WIDEST < got.factor < WIDEST
    else:
        assert got.factor is not None
        assert abs(got.factor / expected - 1) < SAME


@settings(max_examples=200, derandomize=True, database=None, deadline=None)
@given(book=books(), coins=st.sampled_from(["0", "0.1", "0.9"]), fee_basis=st.sampled_from(MaintenanceBasis))
def test_an_account_of_one_position_is_that_position(book: Book, coins: str, fee_basis: MaintenanceBasis) -> None:
    holding = account(book).holdings[0]
    backed = D(0) if book.inverse else holding.position.size * D(coins)
    terms = replace(holding.terms, coin_margin=backed, fee_basis=fee_basis)
    mark, rising = holding.mark_price, holding.position.side is Side.SHORT
    alone = Account(balance=book.balance, holdings=(replace(holding, terms=terms),))
    try:
        expected = solve(holding.position, replace(terms, margin=book.balance), start_price=mark)
    except InputOutOfRange as refused:
        if refused.data["reason"] == "beyond_last_tier":
            with pytest.raises(InputOutOfRange):
                crossing(alone, moving=holding.symbol, rising=rising)
        return
    got = crossing(alone, moving=holding.symbol, rising=rising)
    assert got.status is expected.status
    if expected.price is not None:
        assert got.factor is not None
        assert abs(got.factor * mark / expected.price - 1) < D("1e-25")


@settings(max_examples=60, derandomize=True, database=None, deadline=None)
@given(book=books(), moving=MOVING, rising=st.booleans())
def test_the_order_of_the_positions_does_not_matter(book: Book, moving: str | None, rising: bool) -> None:
    assume(spare(book, D(1), moving) is not None)
    answers = {
        got if isinstance(got, str) else (got.status, got.factor and got.factor.quantize(D("1e-20")))
        for legs in list(permutations(book.legs))[:6]
        for got in [found(replace(book, legs=legs), moving, rising=rising)]
    }
    assert len(answers) == 1


@settings(max_examples=150, derandomize=True, database=None, deadline=None)
@given(book=books(), moving=MOVING, rising=st.booleans(), more=st.integers(1, 500))
def test_more_balance_moves_both_prices_away(book: Book, moving: str | None, rising: bool, more: int) -> None:
    assume(spare(book, D(1), moving) is not None)
    before = found(book, moving, rising=rising)
    after = found(replace(book, balance=book.balance + more), moving, rising=rising)
    if isinstance(before, str) or before.status is not Status.OK:
        assert isinstance(after, str) or before.status is Status.BEYOND_MAINTENANCE or after.status is before.status
    elif not isinstance(after, str) and after.factor is not None:
        assert before.factor is not None
        assert after.factor >= before.factor if rising else after.factor <= before.factor


@settings(max_examples=100, derandomize=True, database=None, deadline=None)
@given(book=books(), rising=st.booleans())
def test_a_coin_that_nobody_holds_never_liquidates(book: Book, rising: bool) -> None:
    assume((left := spare(book, D(1), None)) is not None and left > 0)
    got = found(book, "Z", rising=rising)
    assert not isinstance(got, str)
    assert got.status is Status.NOT_LIQUIDATABLE

"""Changes keep the books: what the position and the wallet hold together changes only by fees and funding."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import InputOutOfRange
from assistant.margin.collateral import margin_behind
from assistant.margin.quantities import ZERO, exact
from assistant.margin.request import PositionRequest
from assistant.margin.scenarios import (
    Changed,
    after_fee,
    after_funding,
    enlarged,
    flipped,
    reduced,
    settled,
    with_leverage,
    with_margin,
)
from assistant.values import Contract, MarginMode, Side

NOISE = Decimal("1e-30")


def numbers(low: str, high: str, places: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(Decimal(low), Decimal(high), allow_nan=False, allow_infinity=False, places=places)


@st.composite
def requests(draw: st.DrawFn) -> PositionRequest:
    mode = draw(st.sampled_from(MarginMode))
    return settled(
        PositionRequest(
            symbol="BTC",
            contract=draw(st.sampled_from(Contract)),
            side=draw(st.sampled_from(Side)),
            entry_price=draw(numbers("1", "1000", 2)),
            size=draw(numbers("1", "1000", 2)),
            leverage=draw(numbers("1", "20", 1)),
            margin_mode=mode,
            wallet_balance=Decimal(100000) if mode is MarginMode.CROSS else None,
        )
    )


@exact
def equity(request: PositionRequest, price: Decimal) -> Decimal:
    position = request.position()
    return margin_behind(request, position) + position.unrealized_pnl(price)


def holds(changed: Changed, before: PositionRequest, price: Decimal) -> bool:
    """Equity and what went to the wallet, less what was paid, are as much as before."""
    left = equity(changed.request, price) + changed.to_wallet + changed.fee
    return abs(left - equity(before, price)) <= NOISE * max(Decimal(1), abs(left))


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(
    request=requests(),
    price=numbers("1", "1000", 2),
    share=numbers("0.01", "0.99", 2),
    fee=st.sampled_from([ZERO, Decimal("0.0006")]),
    release=st.booleans(),
)
@exact
def test_no_change_makes_or_loses_money(
    request: PositionRequest, price: Decimal, share: Decimal, fee: Decimal, release: bool
) -> None:
    size = (request.size or ZERO) * share
    for made in (
        lambda: enlarged(request, size=size, price=price, fee_rate=fee),
        lambda: reduced(request, size=size, price=price, release=release, fee_rate=fee),
        lambda: flipped(request, price=price, fee_rate=fee),
        lambda: with_leverage(request, Decimal(7)),
        lambda: after_funding(request, rate=Decimal("-0.0003"), periods=Decimal(5), price=price),
        lambda: after_fee(request, rate=fee, price=price),
    ):
        try:
            changed = made()
        except InputOutOfRange as beyond:
            assert beyond.data["reason"] == "exceeds_margin"
        else:
            assert holds(changed, request, price)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(request=requests())
@exact
def test_closing_what_was_just_added_gives_the_position_back(request: PositionRequest) -> None:
    larger = enlarged(request, size=request.size or ZERO, price=request.entry_price).request
    back = reduced(larger, size=request.size or ZERO, price=request.entry_price, release=True).request
    assert abs(back.entry_price - request.entry_price) <= NOISE * request.entry_price
    assert abs(margin_behind(back, back.position()) - margin_behind(request, request.position())) <= NOISE * 10**6


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(request=requests(), price=numbers("1", "1000", 2))
def test_two_flips_at_one_price_stand_where_one_began(request: PositionRequest, price: Decimal) -> None:
    try:
        twice = flipped(flipped(request, price=price).request, price=price).request
    except InputOutOfRange:
        return
    assert (twice.side, twice.size, twice.entry_price) == (request.side, request.size, price)


def test_a_flip_without_a_known_leverage_is_refused() -> None:
    request = PositionRequest(
        symbol="BTC",
        contract=Contract.LINEAR,
        side=Side.LONG,
        entry_price=Decimal(100),
        size=Decimal(1),
        collateral=Decimal(10),
    )
    with pytest.raises(InputOutOfRange) as error:
        flipped(request, price=Decimal(100))
    assert error.value.data["argument"] == "leverage"


def test_a_cross_position_without_a_balance_cannot_realize_anything() -> None:
    request = PositionRequest(
        symbol="BTC",
        contract=Contract.LINEAR,
        side=Side.LONG,
        entry_price=Decimal(100),
        size=Decimal(2),
        margin_mode=MarginMode.CROSS,
    )
    with pytest.raises(InputOutOfRange):
        reduced(request, size=Decimal(1), price=Decimal(100), release=True)


def test_periods_below_zero_are_refused() -> None:
    request = PositionRequest(
        symbol="BTC", contract=Contract.LINEAR, side=Side.LONG, entry_price=Decimal(100), leverage=Decimal(5)
    )
    with pytest.raises(InputOutOfRange):
        after_funding(settled(request), rate=ZERO, periods=Decimal(-1), price=Decimal(100))


def test_coins_behind_a_position_stay_coins_through_a_change() -> None:
    request = PositionRequest(
        symbol="BTC",
        contract=Contract.LINEAR,
        side=Side.LONG,
        entry_price=Decimal(100),
        size=Decimal(2),
        coin_collateral=Decimal(1),
    )
    changed = with_margin(settled(request), Decimal(5)).request
    assert (changed.coin_collateral, changed.added_margin) == (1, 5)
    assert replace(changed, added_margin=ZERO) == settled(request)

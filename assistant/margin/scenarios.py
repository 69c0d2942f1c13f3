"""What-ifs: a position after one change, and the money that changed hands; what one change gives, the next starts from.

A position is a `PositionRequest` with its size known; isolated margin stands in `collateral` (posted), `added_margin`
and `funding_paid`, cross money in `wallet_balance`. Money is in settlement currency. Every function raises
InputOutOfRange for what cannot be done.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.errors import InputOutOfRange
from assistant.margin.collateral import posted_margin
from assistant.margin.position import Position
from assistant.margin.quantities import ONE, ZERO, exact, require_positive
from assistant.margin.request import PositionRequest
from assistant.values import MarginMode


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A position after a change, and what the change moved."""

    request: PositionRequest
    realized_pnl: Decimal = ZERO
    """Profit or loss of what was closed."""
    fee: Decimal = ZERO
    """Trading fee or funding that was paid; below 0: received."""
    to_wallet: Decimal = ZERO
    """What left an isolated position for the wallet; below 0: what the wallet had to give."""


@exact
def settled(request: PositionRequest) -> PositionRequest:
    """The same position with its size and isolated margin written out, which every change starts from."""
    position = request.position()
    collateral = None
    if request.margin_mode is MarginMode.ISOLATED and not request.coin_collateral:
        collateral = posted_margin(request, position)
    return replace(request, size=position.size, collateral=collateral)


@exact
def with_margin(request: PositionRequest, amount: Decimal) -> Changed:
    """Margin put in, or taken out where the amount is below 0: isolated margin, or the cross balance."""
    return _kept_alive(replace(request, added_margin=request.added_margin + amount), "added_margin", amount)


@exact
def with_leverage(request: PositionRequest, leverage: Decimal) -> Changed:
    """Another leverage: isolated, what is posted becomes notional at entry / L; cross, only what is locked changes."""
    require_positive("leverage", leverage)
    if request.margin_mode is MarginMode.CROSS:
        return Changed(request=replace(request, leverage=leverage))
    position = request.position()
    posted = position.notional(position.entry_price) / leverage
    moved = posted_margin(request, position) - posted
    return Changed(request=replace(request, leverage=leverage, collateral=posted), to_wallet=moved)


@exact
def enlarged(
    request: PositionRequest, *, size: Decimal, price: Decimal, margin: Decimal | None = None, fee_rate: Decimal = ZERO
) -> Changed:
    """More of the same side bought or sold at `price`: averaged entry, and in isolated mode margin for the new part.

    Linear E' = (q E + a P) / (q + a); inverse E' = (Q + A) / (Q / E + A / P). The margin is the one given, else the new
    part's notional / leverage, the leverage that was said or the one the position has.
    """
    require_positive("size", size)
    require_positive("price", price)
    before = request.position()
    part = replace(before, size=size, entry_price=price)
    total = before.size + size
    value = before.notional(before.entry_price) + part.notional(price)
    entry = value / total if request.contract.follows_price else total / value
    fee = part.notional(price) * fee_rate
    larger = replace(request, size=total, entry_price=entry, funding_paid=request.funding_paid + fee)
    if request.margin_mode is MarginMode.ISOLATED:
        posted = posted_margin(request, before)
        leverage = request.leverage or before.notional(before.entry_price) / posted
        margin = part.notional(price) / leverage if margin is None else margin
        larger = replace(larger, collateral=posted + margin)
        return replace(_kept_alive(larger, "size", size), fee=fee, to_wallet=-margin)
    return replace(_kept_alive(larger, "size", size), fee=fee)


@exact
def reduced(
    request: PositionRequest, *, size: Decimal, price: Decimal, release: bool, fee_rate: Decimal = ZERO
) -> Changed:
    """Part of it closed at `price`: entry stays, the part's PnL is realized.

    Isolated: with `release` the closed part's share of the margin and its PnL go to the wallet; without, both stay with
    the position. Cross: the PnL goes into the balance.
    """
    require_positive("size", size)
    require_positive("price", price)
    before = request.position()
    if size >= before.size:
        raise InputOutOfRange(argument="size", reason="closes_everything", value=size, bound=before.size)
    closed, rest = replace(before, size=size), before.size - size
    pnl, fee = closed.unrealized_pnl(price), closed.notional(price) * fee_rate
    smaller = replace(request, size=rest)
    if request.margin_mode is MarginMode.CROSS:
        smaller = replace(smaller, wallet_balance=_balance(request) + pnl - fee)
        return replace(_kept_alive(smaller, "size", size), realized_pnl=pnl, fee=fee)
    if not release:
        smaller = replace(
            smaller, collateral=posted_margin(request, before), added_margin=request.added_margin + pnl - fee
        )
        return replace(_kept_alive(smaller, "size", size), realized_pnl=pnl, fee=fee)
    share = rest / before.size
    behind = posted_margin(request, before) + request.added_margin - request.funding_paid
    smaller = replace(
        smaller,
        collateral=posted_margin(request, before) * share,
        added_margin=request.added_margin * share,
        funding_paid=request.funding_paid * share,
    )
    moved = behind * (ONE - share) + pnl - fee
    return replace(_kept_alive(smaller, "size", size), realized_pnl=pnl, fee=fee, to_wallet=moved)


@exact
def flipped(request: PositionRequest, *, price: Decimal, fee_rate: Decimal = ZERO) -> Changed:
    """All of it closed at `price` and as much opened on the other side there, at the same leverage.

    Isolated: what is left goes to the wallet and notional / leverage is posted anew. The fee counts twice, out and in.
    Raises InputOutOfRange (reason `missing`) where the leverage of the new isolated position is not known.
    """
    require_positive("price", price)
    before = request.position()
    pnl, fee = before.unrealized_pnl(price), before.notional(price) * fee_rate * 2
    turned = replace(request, side=request.side.opposite, entry_price=price)
    if request.margin_mode is MarginMode.CROSS:
        turned = replace(turned, wallet_balance=_balance(request) + pnl - fee)
        return replace(_kept_alive(turned, "price", price), realized_pnl=pnl, fee=fee)
    if request.leverage is None:
        raise InputOutOfRange(argument="leverage", reason="missing", value=ZERO)
    posted = before.notional(price) / request.leverage
    behind = posted_margin(request, before) + request.added_margin - request.funding_paid
    turned = replace(turned, collateral=posted, added_margin=ZERO, funding_paid=ZERO)
    return Changed(request=turned, realized_pnl=pnl, fee=fee, to_wallet=behind + pnl - fee - posted)


@exact
def after_funding(request: PositionRequest, *, rate: Decimal, periods: Decimal, price: Decimal) -> Changed:
    """Funding of so many periods at one rate and one price: a long pays a positive rate, s r n v."""
    require_positive("price", price)
    if not periods.is_finite() or periods < 0:
        raise InputOutOfRange(argument="periods", reason="negative", value=periods, bound=ZERO)
    paid = request.side.sign * rate * periods * request.position().notional(price)
    return replace(
        _kept_alive(replace(request, funding_paid=request.funding_paid + paid), "periods", periods), fee=paid
    )


@exact
def after_fee(request: PositionRequest, *, rate: Decimal, price: Decimal) -> Changed:
    """A trading fee on the whole position at a price, taken from the money behind it."""
    require_positive("price", price)
    fee = request.position().notional(price) * rate
    return replace(_kept_alive(replace(request, funding_paid=request.funding_paid + fee), "rate", rate), fee=fee)


def _balance(request: PositionRequest) -> Decimal:
    """The cross balance; InputOutOfRange (reason `missing`) where nobody said it."""
    if request.wallet_balance is None:
        raise InputOutOfRange(argument="wallet_balance", reason="missing", value=ZERO)
    return request.wallet_balance


def _kept_alive(request: PositionRequest, argument: str, value: Decimal) -> Changed:
    """The change, unless it leaves an isolated position with no margin at all."""
    position: Position = request.position()
    if request.margin_mode is MarginMode.ISOLATED and not request.coin_collateral:
        left = posted_margin(request, position) + request.added_margin - request.funding_paid
        if left <= 0:
            raise InputOutOfRange(argument=argument, reason="exceeds_margin", value=value, bound=left - value)
    return Changed(request=request)

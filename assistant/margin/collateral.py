"""The money behind a position: the M of every equation, for an isolated position and for a cross account."""

from decimal import Decimal

from assistant.errors import InputOutOfRange
from assistant.margin.position import Position
from assistant.margin.quantities import ZERO, exact
from assistant.margin.request import PositionRequest
from assistant.values import MarginMode


@exact
def posted_margin(request: PositionRequest, position: Position) -> Decimal:
    """Isolated margin before anything was added: the collateral given, else notional at entry / leverage.

    Coins given instead stand beside it and count at the price: what is posted in money is then 0. Raises
    InputOutOfRange (reason `missing`) where neither collateral nor leverage is known.
    """
    if request.collateral is not None:
        return request.collateral
    if request.coin_collateral:
        return ZERO
    if request.leverage is None:
        raise InputOutOfRange(argument="leverage", reason="missing", value=ZERO)
    return position.notional(position.entry_price) / request.leverage


@exact
def account_margin(request: PositionRequest) -> Decimal:
    """Cross: WB + UPNL - TMM, the balance less funding paid, with the others' PnL less the maintenance they hold.

    Raises InputOutOfRange (reason `missing`) where the wallet balance is not known: no cross price without it.
    """
    if request.wallet_balance is None:
        raise InputOutOfRange(argument="wallet_balance", reason="missing", value=ZERO)
    balance = request.wallet_balance + request.added_margin - request.funding_paid
    return balance + request.other_unrealized_pnl - request.other_maintenance_margin


@exact
def margin_behind(request: PositionRequest, position: Position) -> Decimal:
    """M: what stands behind the position in its margin mode, with everything added, settlement currency."""
    if request.margin_mode is MarginMode.CROSS:
        return account_margin(request)
    return posted_margin(request, position) + request.added_margin - request.funding_paid


@exact
def leverage_of(request: PositionRequest, position: Position) -> Decimal | None:
    """Notional at entry / posted margin where both were given, else the leverage said; None where neither is known."""
    if request.size is not None and request.collateral is not None:
        return position.notional(position.entry_price) / request.collateral
    return request.leverage

"""Phemex USDT-M perpetuals: maintenance at mark, the fee to close posted with the margin and counted in the trigger.

    P = (q E - s M - s D) / (q (1 - s f - s m)),  M = q E / L + f q E (1 - s / L)
                                                           source: phemex-help-liquidation-price-usdtm

A margin that was stated is the venue's assigned balance, which holds the fee already.
"""

from decimal import Decimal

from assistant.margin.bankruptcy import bankruptcy_price
from assistant.margin.collateral import margin_behind
from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import MaintenanceBasis, TierTable
from assistant.margin.position import Position
from assistant.margin.quantities import ZERO, exact
from assistant.margin.rulebook import PositionRequest, Rule

FORMULAS = ("mark",)


def terms(request: PositionRequest, rule: Rule, tiers: TierTable) -> Terms:
    """What the venue says about one position."""
    fee_rate = rule.taker_fee_rate or ZERO if request.fee_rate is None else request.fee_rate
    margin = _assigned_balance(request, request.position(), fee_rate)
    return Terms(margin=margin, fee_rate=fee_rate, basis=MaintenanceBasis.MARK, tiers=tiers)


@exact
def _assigned_balance(request: PositionRequest, position: Position, fee_rate: Decimal) -> Decimal:
    """Isolated margin with everything added and, where it was not stated, the fee on the value at bankruptcy."""
    margin = margin_behind(request, position)
    if request.collateral is not None:
        return margin
    bankrupt = bankruptcy_price(position, margin - request.added_margin)
    return margin if bankrupt is None else margin + fee_rate * position.notional(bankrupt)

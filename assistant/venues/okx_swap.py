"""OKX linear swaps: maintenance at mark, the taker fee inside the trigger, one rate for the whole position.

    P = (s q E - M) / (q (s - m - f))                      source: okx-help-isolated-margin

from the stated ratio (M + PnL) / (q P (m + f)) at 100 %. Tiers count contracts; there is no amount to take off, so
that the maintenance margin jumps at an edge. In cross M is balance + others' PnL - others' maintenance and fees.
"""

from assistant.margin.collateral import margin_behind
from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import MaintenanceBasis, TierTable
from assistant.margin.quantities import ZERO
from assistant.margin.rulebook import PositionRequest, Rule

FORMULAS = ("mark",)


def terms(request: PositionRequest, rule: Rule, tiers: TierTable) -> Terms:
    """What the venue says about one position."""
    margin = margin_behind(request, request.position())
    fee_rate = rule.taker_fee_rate or ZERO if request.fee_rate is None else request.fee_rate
    return Terms(margin=margin, fee_rate=fee_rate, basis=MaintenanceBasis.MARK, tiers=tiers)

"""BloFin USDT-M perpetuals: maintenance at mark, the transaction fee inside the trigger.

    (M + PnL) / (q P m + q P f) = 100 %                    source: blofin-help-forced-liquidation

hence P = (s q E - M) / (q (s - m - f)). In cross M is the account's balance with the others' PnL, less their
maintenance margin and fees.
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

"""BingX USDT-M perpetuals: maintenance at mark less the tier's amount, the closing fee inside the trigger.

    (q P m - D + q P f) / (M + PnL) = 100 %                source: bingx-help-forced-liquidation

hence P = (s q E - M - D) / (q (s - m - f)). In cross the risk is that of all cross positions together.
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

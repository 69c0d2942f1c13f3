"""BingX USDT-M perpetuals: maintenance at mark less the tier's amount, the closing fee inside the trigger.

    (q P m - D + q P f) / (M + PnL) = 100 %                source: bingx-help-forced-liquidation

hence P = (s q E - M - D) / (q (s - m - f)). In cross the risk is that of all cross positions together.
"""

from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import TierTable
from assistant.margin.rulebook import PositionRequest, Rule
from assistant.margin.standard import standard_terms

FORMULAS = ("mark",)


def terms(request: PositionRequest, rule: Rule, tiers: TierTable) -> Terms:
    """What the venue says about one position."""
    return standard_terms(request, tiers, fee_rate=rule.taker_fee_rate)

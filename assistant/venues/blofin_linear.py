"""BloFin USDT-M perpetuals: maintenance at mark, the transaction fee inside the trigger.

    (M + PnL) / (q P m + q P f) = 100 %                    source: blofin-help-forced-liquidation

hence P = (s q E - M) / (q (s - m - f)). In cross M is the account's balance with the others' PnL, less their
maintenance margin and fees.
"""

from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import TierTable
from assistant.margin.rulebook import PositionRequest, Rule
from assistant.margin.standard import standard_terms

FORMULAS = ("mark",)


def terms(request: PositionRequest, rule: Rule, tiers: TierTable) -> Terms:
    """What the venue says about one position."""
    return standard_terms(request, tiers, fee_rate=rule.taker_fee_rate)

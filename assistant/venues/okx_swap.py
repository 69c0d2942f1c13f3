"""OKX linear swaps: maintenance at mark, the taker fee inside the trigger, one rate for the whole position.

    P = (s q E - M) / (q (s - m - f))                      source: okx-help-isolated-margin

from the stated ratio (M + PnL) / (q P (m + f)) at 100 %. Tiers count contracts; there is no amount to take off, so
that the maintenance margin jumps at an edge. In cross M is balance + others' PnL - others' maintenance and fees.
"""

from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import TierTable
from assistant.margin.rulebook import PositionRequest, Rule
from assistant.margin.standard import standard_terms

FORMULAS = ("mark",)


def terms(request: PositionRequest, rule: Rule, tiers: TierTable) -> Terms:
    """What the venue says about one position."""
    return standard_terms(request, tiers, fee_rate=rule.taker_fee_rate)

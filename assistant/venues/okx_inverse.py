"""OKX inverse swaps: maintenance at mark, the taker fee inside the trigger, one rate for the whole position.

    P = Q (s + m + f) / (M + s Q/E)                        source: okx-help-isolated-margin

from the stated ratio (M + PnL) / ((Q/P) (m + f)) at 100 %, all in coin. A position recorded in 2021 gives it but for
the one step by which OKX shows isolated prices nearer to entry. In cross M is balance + others' PnL - others'
maintenance and fees.
"""

from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import TierTable
from assistant.margin.rulebook import PositionRequest, Rule
from assistant.margin.standard import standard_terms

FORMULAS = ("mark",)


def terms(request: PositionRequest, rule: Rule, tiers: TierTable) -> Terms:
    """What the venue says about one position."""
    return standard_terms(request, tiers, fee_rate=rule.taker_fee_rate)

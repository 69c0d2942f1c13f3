"""Gate inverse futures: maintenance at mark, the taker fee inside the trigger, in coin.

P = Q E (1 + s (m + f)) / (Q + s M E)                  source: gate-reply-liquidation-price
"""

from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import TierTable
from assistant.margin.rulebook import PositionRequest, Rule
from assistant.margin.standard import standard_terms

FORMULAS = ("mark",)


def terms(request: PositionRequest, rule: Rule, tiers: TierTable) -> Terms:
    """What the venue says about one position."""
    return standard_terms(request, tiers, fee_rate=rule.taker_fee_rate)

"""Bitget linear futures: maintenance at mark, the taker fee inside the trigger.

    P = (M + D - s q E) / (q (m + f - s))                  source: bitget-api-position

D is the "pre-calculated offset" of a tier: 0 while one rate counted for the whole position, seamless since November
2025. In cross both sides of a coin share a tier, and the price estimates an account of which parts are not on file.
"""

from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import TierTable
from assistant.margin.rulebook import PositionRequest, Rule
from assistant.margin.standard import standard_terms

FORMULAS = ("mark",)


def terms(request: PositionRequest, rule: Rule, tiers: TierTable) -> Terms:
    """What the venue says about one position."""
    return standard_terms(request, tiers, fee_rate=rule.taker_fee_rate)

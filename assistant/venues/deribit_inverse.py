"""Deribit inverse contracts under standard margin: a rate that grows with the size in coins, no fee in the trigger.

    MM = N (m + g N),  N = Q/P coins                       source: deribit-margin-change-2022-01

so that equity = maintenance is a quadratic in N: g N^2 + (m + s) N = B + s Q/E, with B the account's other equity. The
quadratic is ours; the venue publishes rates and worked margins, no price.
"""

from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import TierTable
from assistant.margin.rulebook import PositionRequest, Rule
from assistant.margin.standard import standard_terms

FORMULAS = ("mark",)


def terms(request: PositionRequest, rule: Rule, tiers: TierTable) -> Terms:
    """What the venue says about one position."""
    return standard_terms(request, tiers)

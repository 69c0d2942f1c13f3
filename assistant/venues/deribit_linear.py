"""Deribit linear contracts under standard margin: a rate that grows with the size in coins, no fee in the trigger.

    MM = q P (m + g q)                                     source: deribit-linear-perpetual

The coins held do not change with the price, so a position has one rate: P = (s q E - B) / (q (s - m - g q)), B the
account's other equity in USDC.
"""

from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import TierTable
from assistant.margin.rulebook import PositionRequest, Rule
from assistant.margin.standard import standard_terms

FORMULAS = ("mark",)


def terms(request: PositionRequest, rule: Rule, tiers: TierTable) -> Terms:
    """What the venue says about one position."""
    return standard_terms(request, tiers)

"""Drift perpetuals: linear, maintenance at the oracle price, no fee in the trigger.

    P = oracle - free collateral / d,  d = q (1 - m) of a long, -q (1 + m) of a short      source: drift-sdk-user

which is the house's equation. m is the market's maintenance ratio r, or 0.8 r + imf sqrt(q) where that is more (source:
drift-sdk-margin): the rate of the position's own size. No market's r and imf are on file, so that m is stated.
"""

from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import TierTable
from assistant.margin.rulebook import PositionRequest, Rule
from assistant.margin.standard import standard_terms

FORMULAS = ("mark",)


def terms(request: PositionRequest, rule: Rule, tiers: TierTable) -> Terms:
    """What the protocol says about one position."""
    return standard_terms(request, tiers)

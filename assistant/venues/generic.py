"""No venue named: the house's equation, linear or inverse, with an assumed rate that every answer labels.

    linear  P = (s q E - M - D) / (q (s - m - f))          inverse  P = Q (s + m + f) / (M + D + s Q/E)

m is what the user stated, else the smaller of 0.5 % and half of 1 / leverage; a fee counts only where it was stated.
"""

from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import TierTable
from assistant.margin.rulebook import PositionRequest, Rule
from assistant.margin.standard import standard_terms

FORMULAS = ("mark",)


def terms(request: PositionRequest, rule: Rule, tiers: TierTable) -> Terms:
    """What the venue says about one position."""
    return standard_terms(request, tiers)

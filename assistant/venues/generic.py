"""No venue named: the house's equation, linear or inverse, with an assumed rate that every answer labels.

    linear  P = (s q E - M - D) / (q (s - m - f))          inverse  P = Q (s + m + f) / (M + D + s Q/E)

m is what the user stated, else the smaller of 0.5 % and half of 1 / leverage; a fee counts only where it was stated.
"""

from assistant.margin.collateral import margin_behind
from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import MaintenanceBasis, TierTable
from assistant.margin.quantities import ZERO
from assistant.margin.rulebook import PositionRequest, Rule

FORMULAS = ("mark",)


def terms(request: PositionRequest, rule: Rule, tiers: TierTable) -> Terms:
    """What the venue says about one position."""
    margin = margin_behind(request, request.position())
    fee_rate = ZERO if request.fee_rate is None else request.fee_rate
    return Terms(margin=margin, fee_rate=fee_rate, basis=MaintenanceBasis.MARK, tiers=tiers)

"""Kraken linear contracts: maintenance at the mark, levels by the value in USD, no fee in the trigger.

    P = (s q E - M) / (q (s - m))                          source: kraken-equity-protection

M is the margin equity without the position's own profit; in cross the other positions' maintenance comes off, and
collateral that is not USD counts less a haircut (kraken-multi-collateral-margining) that whoever asks takes off first.
Each level's rate counts for the whole position.
"""

from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import TierTable
from assistant.margin.rulebook import PositionRequest, Rule
from assistant.margin.standard import standard_terms

FORMULAS = ("mark",)


def terms(request: PositionRequest, rule: Rule, tiers: TierTable) -> Terms:
    """What the venue says about one position."""
    return standard_terms(request, tiers)

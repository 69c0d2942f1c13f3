"""Kraken inverse contracts: maintenance at the mark, levels by contracts held, no fee in the trigger.

    P = Q (s + m) / (M + s Q/E)                            source: kraken-equity-protection

as the page's example has it: 1,000 contracts from 8,000 with 0.01 BTC enter liquidation at 7,481, and the order that
follows is limited at 7,407, where nothing is left. Each level's rate counts for the whole position.
"""

from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import TierTable
from assistant.margin.rulebook import PositionRequest, Rule
from assistant.margin.standard import standard_terms

FORMULAS = ("mark",)


def terms(request: PositionRequest, rule: Rule, tiers: TierTable) -> Terms:
    """What the venue says about one position."""
    return standard_terms(request, tiers)

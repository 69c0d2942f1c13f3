"""Hyperliquid perpetuals: linear, maintenance at mark, the asset's own rate, no fee.

    P = price - s margin_available / q / (1 - l s)         source: hyperliquid-docs-liquidations

which is the house's equation with m = l, half of the initial margin rate at the ASSET's highest leverage; the user's
leverage only decides what is posted.
"""

from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import TierTable
from assistant.margin.rulebook import PositionRequest, Rule
from assistant.margin.standard import standard_terms

FORMULAS = ("mark",)


def terms(request: PositionRequest, rule: Rule, tiers: TierTable) -> Terms:
    """What the venue says about one position."""
    return standard_terms(request, tiers)

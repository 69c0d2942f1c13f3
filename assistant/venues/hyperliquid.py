"""Hyperliquid perpetuals: linear, maintenance at mark, the asset's own rate, no fee.

    P = price - s margin_available / q / (1 - l s)         source: hyperliquid-docs-liquidations

which is the house's equation with m = l, half of the initial margin rate at the ASSET's highest leverage; the user's
leverage only decides what is posted.
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

"""dYdX v4 perpetuals: linear, maintenance at the oracle price, one fraction for any size, no fee.

    P = (e - s p) / (|s| MMF - s)                          source: dydx-docs-liquidations

e the subaccount's equity, s the signed size, p its price; other positions' requirements come off e in cross.
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

"""HTX linear futures: the maintenance rate is an adjustment factor over the leverage chosen.

    P = (s q E - M) / (q (s - AF / L))                     source: htx-help-liquidation-indicators

from "maintenance margin = rate x leverage x used margin" with used margin = value at mark / leverage. The factor
depends on the leverage chosen and on the net position, so that a table holds for one leverage; no fee counts in the
trigger.
"""

from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import TierTable
from assistant.margin.rulebook import PositionRequest, Rule
from assistant.margin.standard import standard_terms

FORMULAS = ("mark",)


def terms(request: PositionRequest, rule: Rule, tiers: TierTable) -> Terms:
    """What the venue says about one position."""
    return standard_terms(request, tiers)

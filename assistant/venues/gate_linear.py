"""Gate linear futures: maintenance at mark, the taker fee inside the trigger.

    P = (E - s M / q) / (1 - s (m + f))                    source: gate-reply-liquidation-price

q is contracts times multiplier. Since tiers are passed seamlessly an amount D is taken off the maintenance margin; the
venue prints the equation without it. In cross M is the balance without the position's own PnL.
"""

from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import TierTable
from assistant.margin.rulebook import PositionRequest, Rule
from assistant.margin.standard import standard_terms

FORMULAS = ("mark",)


def terms(request: PositionRequest, rule: Rule, tiers: TierTable) -> Terms:
    """What the venue says about one position."""
    return standard_terms(request, tiers, fee_rate=rule.taker_fee_rate)

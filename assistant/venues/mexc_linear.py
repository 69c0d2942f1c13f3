"""MEXC linear futures: maintenance and liquidation fee of the value at entry.

    P = E - s (M - q E (m + f)) / q                        source: mexc-blog-liquidation, mexc-liquidation-rules

from "position margin + PnL <= maintenance margin + liquidation fees"; the older text names no fee, f = 0. That both are
taken at entry is what the recorded positions say, not the text, and one of them fits nothing: the price is an estimate.
"""

from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import MaintenanceBasis, TierTable
from assistant.margin.rulebook import PositionRequest, Rule
from assistant.margin.standard import standard_terms

FORMULAS = ("entry",)
PARAMETERS = ("liquidation_fee_rate",)


def terms(request: PositionRequest, rule: Rule, tiers: TierTable) -> Terms:
    """What the venue says about one position."""
    at_entry = MaintenanceBasis.ENTRY
    fee_rate = rule.parameters["liquidation_fee_rate"]
    return standard_terms(request, tiers, fee_rate=fee_rate, basis=at_entry, fee_basis=at_entry)

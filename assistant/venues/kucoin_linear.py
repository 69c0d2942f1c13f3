"""KuCoin linear futures: maintenance and fee at entry until May 2025, both at the mark since then.

    entry   P = E - s (M - q E m - F) / q                  source: kucoin-announcement-isolated-2025
    mark    P = (E - s M / q) / (1 - s (m + f))            source: kucoin-announcement-isolated-2025

F is the coming funding payment: give it as funding paid, which leaves the same margin. The fee to close at bankruptcy
was held in the margin and in the maintenance margin and cancels. The rate f of the newer liquidation fee is not
printed; the taker fee, which the page on cross margin counts, stands in for it, and the result is labelled an estimate.
"""

from dataclasses import replace

from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import MaintenanceBasis, TierTable
from assistant.margin.quantities import ZERO
from assistant.margin.rulebook import PositionRequest, Rule
from assistant.margin.standard import standard_terms

FORMULAS = ("entry", "mark")


def terms(request: PositionRequest, rule: Rule, tiers: TierTable) -> Terms:
    """What the venue says about one position."""
    if rule.formula == "entry":
        return replace(standard_terms(request, tiers, basis=MaintenanceBasis.ENTRY), fee_rate=ZERO)
    return standard_terms(request, tiers, fee_rate=rule.taker_fee_rate)

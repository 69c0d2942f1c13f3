"""Phemex USDT-M perpetuals: maintenance at mark, the fee to close posted with the margin and counted in the trigger.

    P = (q E - s M - s D) / (q (1 - s f - s m)),  M = q E / L + f q E (1 - s / L)
                                                           source: phemex-help-liquidation-price-usdtm

A margin that was stated is the venue's assigned balance, which holds the fee already.
"""

from dataclasses import replace
from decimal import Decimal

from assistant.margin.bankruptcy import bankruptcy_price
from assistant.margin.collateral import posted_margin
from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import TierTable
from assistant.margin.quantities import ZERO, exact
from assistant.margin.rulebook import PositionRequest, Rule
from assistant.margin.standard import standard_terms

FORMULAS = ("mark",)


def terms(request: PositionRequest, rule: Rule, tiers: TierTable) -> Terms:
    """What the venue says about one position."""
    standard = standard_terms(request, tiers, fee_rate=rule.taker_fee_rate)
    if request.collateral is not None:
        return standard
    fee = _fee_to_close(request, standard.fee_rate)
    return replace(standard, margin=standard.margin + fee, posted_fee_rate=standard.fee_rate)


@exact
def _fee_to_close(request: PositionRequest, fee_rate: Decimal) -> Decimal:
    """The fee on the value at bankruptcy, which is posted beside q E / L."""
    position = request.position()
    bankrupt = bankruptcy_price(position, posted_margin(request, position))
    return ZERO if bankrupt is None else fee_rate * position.notional(bankrupt)

"""Bybit inverse contracts under the unified account: the two rules of the linear ones, in coin.

    entry   P = Q / (Q/E + s (M - (Q/E m - D)))                          source: bybit-help-liquidation-price-2024
    mark    P = Q (1 + s m) / (Q/E + s Q/(E L) + s A/(1 + s c) + s D)    source: bybit-help-liquidation-price-2026

A is margin added by hand, c the taker fee rate. The fee to close sits in the initial and in the maintenance margin and
cancels; it only scales A. In cross the account is liquidated as a whole; the price estimates it, M = WB + UPNL - TMM.
"""

from dataclasses import replace

from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import MaintenanceBasis, TierTable
from assistant.margin.quantities import ZERO
from assistant.margin.rulebook import PositionRequest, Rule
from assistant.margin.standard import standard_terms, with_scaled_addition
from assistant.values import MarginMode

FORMULAS = ("entry", "mark")


def terms(request: PositionRequest, rule: Rule, tiers: TierTable) -> Terms:
    """What the venue says about one position."""
    basis = MaintenanceBasis.ENTRY if rule.formula == "entry" else MaintenanceBasis.MARK
    standard = replace(standard_terms(request, tiers, basis=basis), fee_rate=ZERO)
    if rule.formula == "entry" or request.margin_mode is MarginMode.CROSS:
        return standard
    return with_scaled_addition(standard, request, fee_rate=rule.taker_fee_rate)

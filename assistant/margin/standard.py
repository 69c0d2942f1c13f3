"""The terms most venues share: the margin behind a position, and its tiers taken at the mark or at entry."""

from dataclasses import replace
from decimal import Decimal

from assistant.margin.collateral import margin_behind
from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import MaintenanceBasis, TierTable
from assistant.margin.quantities import ONE, ZERO, exact
from assistant.margin.request import PositionRequest


def standard_terms(
    request: PositionRequest,
    tiers: TierTable,
    *,
    fee_rate: Decimal | None = None,
    basis: MaintenanceBasis = MaintenanceBasis.MARK,
    fee_basis: MaintenanceBasis = MaintenanceBasis.MARK,
) -> Terms:
    """Terms with everything posted and added as margin; `fee_rate` is the venue's, which a stated one replaces.

    None: the venue counts no fee in its trigger.
    """
    counted = ZERO if fee_rate is None else fee_rate
    return Terms(
        margin=margin_behind(request, request.position()),
        fee_rate=counted if request.fee_rate is None else request.fee_rate,
        basis=basis,
        tiers=tiers,
        fee_basis=fee_basis,
        coin_margin=request.coin_collateral,
    )


@exact
def with_scaled_addition(terms: Terms, request: PositionRequest, *, fee_rate: Decimal | None) -> Terms:
    """The terms where margin added by hand counts as A / (1 - k c), k the direction and c the taker fee rate.

    So where the fee to close stands in the initial and in the maintenance margin: it cancels there and only scales A.
    """
    rate = (fee_rate or ZERO) if request.fee_rate is None else request.fee_rate
    counted = request.added_margin / (ONE - request.position().direction * rate)
    return replace(terms, margin=terms.margin + counted - request.added_margin)

"""How far a position is from liquidation: in money, as a ratio, as a fraction of the price."""

from decimal import Decimal

from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import MaintenanceBasis
from assistant.margin.position import Position
from assistant.margin.quantities import ONE, exact, require_positive


@exact
def maintenance_at(position: Position, terms: Terms, price: Decimal) -> Decimal:
    """Maintenance margin when the market stands at `price`: v m - D, v taken where the venue takes it."""
    tier = terms.tier_at(position, price)
    where = price if terms.basis is MaintenanceBasis.MARK else position.entry_price
    return position.notional(where) * terms.rate_at(position, price) - tier.amount


@exact
def requirement_at(position: Position, terms: Terms, price: Decimal) -> Decimal:
    """What equity must exceed at `price`: the maintenance margin and the fee the trigger counts, v m - D + v f."""
    where = price if terms.fee_basis is MaintenanceBasis.MARK else position.entry_price
    return maintenance_at(position, terms, price) + position.notional(where) * terms.fee_rate


@exact
def margin_balance(position: Position, terms: Terms, price: Decimal) -> Decimal:
    """Equity behind the position at `price`: M + C P + unrealized PnL, settlement currency."""
    return terms.margin + terms.coin_margin * price + position.unrealized_pnl(price)


@exact
def margin_buffer(position: Position, terms: Terms, price: Decimal) -> Decimal:
    """Money left before liquidation at `price`: margin balance less the requirement; 0 at the liquidation price."""
    return margin_balance(position, terms, price) - requirement_at(position, terms, price)


@exact
def margin_ratio(position: Position, terms: Terms, price: Decimal) -> Decimal | None:
    """Requirement / margin balance, liquidation at 1; None where the balance is not positive."""
    balance = margin_balance(position, terms, price)
    return requirement_at(position, terms, price) / balance if balance > 0 else None


@exact
def distance(liquidation_price: Decimal, reference_price: Decimal) -> Decimal:
    """The move to liquidation as a signed fraction of the reference (mark, else entry): below 0 for a fall."""
    require_positive("mark_price", reference_price)
    return liquidation_price / reference_price - ONE


@exact
def effective_leverage(position: Position, margin: Decimal, price: Decimal) -> Decimal | None:
    """Notional at `price` / margin; None where there is no margin."""
    return position.notional(price) / margin if margin > 0 else None

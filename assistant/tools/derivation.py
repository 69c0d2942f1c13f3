"""The lines of working that lead to a liquidation price, in the equation that fits its contract, side and rule.

Signs are written out per side: `E (1 - 1 / L) / (1 - m)` for a linear long. The equations are those of
margin/liquidation.py: linear (s q E - M - D) / (q (s - m - f)), inverse Q (s + m + f) / (M + D + s Q / E), and with the
maintenance taken at entry E - s (M - q E m + D) / q and Q / (Q / E + s (M - Q m / E + D)) where no fee counts.
"""

from collections.abc import Mapping
from decimal import Decimal

from assistant.margin.liquidation import Liquidation, root_in
from assistant.margin.maintenance import MaintenanceBasis, Tier
from assistant.margin.quantities import ONE, ZERO, exact
from assistant.tools.trade import Trade
from assistant.tools.working import step
from assistant.values import MarginMode, Side, Step

_EDGE = Decimal("1e-12")
"""Relative difference above which a price is not the root of its tier's line but the edge where a table jumps."""


def symbols_of(trade: Trade, tier: Tier, *, price: Decimal) -> dict[str, Decimal]:
    """What the letters of the equations stand for; m is the tier's rate where the market stands at `price`."""
    letter = "q" if trade.position.contract.follows_price else "Q"
    values = {
        letter: trade.position.size,
        "E": trade.position.entry_price,
        "M": trade.terms.margin,
        "m": tier.rate_at(trade.terms.measured(trade.position, price)),
        "D": tier.amount,
        "f": trade.terms.fee_rate,
        "C": trade.terms.coin_margin,
    }
    if trade.request.leverage is not None:
        values["L"] = trade.request.leverage
    return values


@exact
def backing_steps(trade: Trade) -> tuple[Step, ...]:
    """How notional and margin come about; nothing where no size is known."""
    if not trade.is_sized:
        return ()
    position, request, money = trade.position, trade.request, trade.market.money
    values = symbols_of(trade, trade.entry_tier, price=position.entry_price)
    product = "q E" if position.contract.follows_price else "Q / E"
    notional = position.notional(position.entry_price)
    steps = [step("notional", product, values, notional, money)]
    initial = trade.initial_margin
    if initial is not None and request.collateral is None and "L" in values:
        steps.append(step("initial_margin", f"{product} / L", values, initial, money))
    if request.margin_mode is MarginMode.CROSS:
        steps.append(_account_step(trade))
    elif initial is not None and (request.added_margin or request.funding_paid or posted_fee(trade, initial)):
        steps.append(_position_step(trade, initial))
    return tuple(steps)


def _position_step(trade: Trade, initial: Decimal) -> Step:
    """Isolated: what was posted, with the fee to close where that is posted too, what was added, less funding paid."""
    request, margin, fee = trade.request, trade.terms.margin, posted_fee(trade, initial)
    counted = margin - (ZERO if request.coin_collateral else initial) - fee + request.funding_paid
    values = symbols_of(trade, trade.entry_tier, price=trade.position.entry_price)
    values |= {"I": margin - counted - fee + request.funding_paid, "A": request.added_margin, "F": request.funding_paid}
    equation = "I"
    if fee:
        product = "q E" if trade.position.contract.follows_price else "Q / E"
        equation += f" + f ({product} {'-' if trade.position.direction > 0 else '+'} I)"
    if request.added_margin:
        equation += " + A"
        if counted != request.added_margin:
            values["c"] = trade.side.sign * (ONE - request.added_margin / counted)
            equation += " / (1 - c)" if trade.side is Side.LONG else " / (1 + c)"
    if request.funding_paid:
        equation += " - F"
    return step("position_margin", equation, values, margin, trade.market.money)


@exact
def posted_fee(trade: Trade, initial: Decimal) -> Decimal:
    """The fee on the value at which the initial margin is lost, f (v - k I), where it is posted too; else 0."""
    position = trade.position
    lost = position.notional(position.entry_price) - position.direction * initial
    return trade.terms.posted_fee_rate * max(lost, ZERO)


def _account_step(trade: Trade) -> Step:
    """Cross: the balance, what was added, the others' PnL less the others' maintenance."""
    request = trade.request
    values = {
        "W": request.wallet_balance or ZERO,
        "A": request.added_margin,
        "U": request.other_unrealized_pnl,
        "T": request.other_maintenance_margin,
        "F": request.funding_paid,
    }
    parts = (("+", "A"), ("+", "U"), ("-", "T"), ("-", "F"))
    equation = "W" + "".join(f" {sign} {name}" for sign, name in parts if values[name])
    return step("position_margin", equation, values, trade.terms.margin, trade.market.money)


@exact
def price_steps(trade: Trade, liquidation: Liquidation, *, name: str = "liquidation_price") -> tuple[Step, ...]:
    """The tier at the liquidation price and the price itself; nothing where there is no price."""
    if liquidation.price is None:
        return ()
    tier, values = liquidation.tier, symbols_of(trade, liquidation.tier, price=liquidation.price)
    measure = trade.terms.measured(trade.position, liquidation.price)
    steps = [step("maintenance_tier", "m", values, tier.rate, "")]
    if tier.growth:
        growing = {"b": tier.rate, "g": tier.growth, "S": measure}
        steps = [step("maintenance_tier", "b + g S", growing, values["m"], "")]
    root = root_in(trade.position, trade.terms, tier)
    if root is None or abs(root / liquidation.price - 1) > _EDGE:
        edge = {**values, "edge": measure}
        equation = "edge / q" if trade.position.contract.follows_price else "Q / edge"
        return (*steps, step(name, equation, edge, liquidation.price, trade.market.quote))
    equation = price_equation(trade, values)
    return (*steps, step(name, equation, values, liquidation.price, trade.market.quote))


def price_equation(trade: Trade, values: Mapping[str, Decimal]) -> str:
    """The equation of the price in the letters of `symbols_of`, without the terms that are zero here.

    In notional v with v_E at entry: v = (v_E - M - D) / (1 - m - f) where profit grows with the notional, and the same
    with the opposite signs where it shrinks. Maintenance at entry moves m from the rates below to the money above.
    """
    position, linear = trade.position, trade.position.contract.follows_price
    away, back = ("-", "+") if position.direction > 0 else ("+", "-")
    if _size_drops_out(trade, values):
        return f"E {_ratio(trade, values)}"
    above = f"q E {away} M" if linear else f"Q / E {away} M"
    for rate in _rates(trade, values, MaintenanceBasis.ENTRY):
        above += f" {back} q E {rate}" if linear else f" {back} {rate} Q / E"
    if values["D"]:
        above += f" {away} D"
    below = "".join(f" {away} {rate}" for rate in _rates(trade, values, MaintenanceBasis.MARK))
    if linear:
        size = f"q (1{below})" if below else "q"
        size = f"({size} {back} C)" if values["C"] else f"({size})" if below else size
        return f"({above}) / {size}"
    return f"Q (1{below}) / ({above})" if below else f"Q / ({above})"


def _rates(trade: Trade, values: Mapping[str, Decimal], basis: MaintenanceBasis) -> list[str]:
    """The letters of the rates that are taken of the value at the mark, or of the value at entry."""
    taken = {"m": trade.terms.basis, "f": trade.terms.fee_basis}
    return [letter for letter, where in taken.items() if where is basis and values[letter]]


def _ratio(trade: Trade, values: Mapping[str, Decimal]) -> str:
    """Liquidation price / entry price in terms of leverage; D / N stands for an amount as a share of the notional."""
    away, back = ("-", "+") if trade.position.direction > 0 else ("+", "-")
    below = "1" + "".join(f" {away} {rate}" for rate in _rates(trade, values, MaintenanceBasis.MARK))
    held = "".join(f" {back} {rate}" for rate in _rates(trade, values, MaintenanceBasis.ENTRY))
    above = f"1 {away} 1 / L{held}"
    if values["D"]:
        above += f" {away} D / N"
    over, under = (above, below) if trade.position.contract.follows_price else (below, above)
    over, under = (f"({term})" if " " in term else term for term in (over, under))
    return over if under == "1" else f"{over} / {under}"


@exact
def percent_step(trade: Trade, liquidation: Liquidation, *, name: str) -> Step:
    """The move to liquidation in percent of entry, from leverage and rates alone; raises ValueError without a price."""
    if liquidation.price is None:
        raise ValueError(liquidation.status)
    entry = trade.position.entry_price
    notional = trade.position.notional(entry)
    values = symbols_of(trade, liquidation.tier, price=liquidation.price) | {
        "N": notional,
        "L": notional / trade.terms.margin,
    }
    equation = f"100 ({_ratio(trade, values)} - 1)"
    return step(name, equation, values, (liquidation.price / entry - 1) * 100, "%")


def _size_drops_out(trade: Trade, values: Mapping[str, Decimal]) -> bool:
    """Whether the margin is just notional / L of a size nobody said."""
    if "L" not in values or values["D"] or trade.is_sized:
        return False
    position = trade.position
    return abs(trade.terms.margin * values["L"] / position.notional(position.entry_price) - 1) < _EDGE

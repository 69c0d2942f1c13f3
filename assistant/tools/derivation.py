"""The lines of working that lead to a liquidation price, in the equation that fits its contract, side and rule.

Signs are written out per side: `E (1 - 1 / L) / (1 - m)` for a linear long. The equations are those of
margin/liquidation.py: linear (s q E - M - D) / (q (s - m - f)), inverse Q (s + m + f) / (M + D + s Q / E), and with the
maintenance taken at entry E - s (M - q E m + D) / q and Q / (Q / E + s (M - Q m / E + D)) where no fee counts.
"""

from collections.abc import Mapping
from decimal import Decimal

from assistant.margin.liquidation import Liquidation
from assistant.margin.maintenance import MaintenanceBasis, Tier
from assistant.margin.quantities import ONE, exact
from assistant.tools.trade import Trade
from assistant.tools.working import step
from assistant.values import Contract, MarginMode, Side, Step

_EDGE = Decimal("1e-12")
"""Relative difference above which a price is not the root of its tier's line but the edge where a table jumps."""


def symbols_of(trade: Trade, tier: Tier) -> dict[str, Decimal]:
    """What the letters of the equations stand for."""
    letter = "q" if trade.position.contract is Contract.LINEAR else "Q"
    values = {
        letter: trade.position.size,
        "E": trade.position.entry_price,
        "M": trade.terms.margin,
        "m": tier.rate,
        "D": tier.amount,
        "f": trade.terms.fee_rate,
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
    values = symbols_of(trade, trade.entry_tier)
    product = "q E" if position.contract is Contract.LINEAR else "Q / E"
    notional = position.notional(position.entry_price)
    steps = [step("notional", product, values, notional, money)]
    initial = trade.initial_margin
    if initial is not None and request.collateral is None and "L" in values:
        steps.append(step("initial_margin", f"{product} / L", values, initial, money))
    if request.margin_mode is MarginMode.CROSS:
        steps.append(_account_step(trade))
    elif initial is not None and request.added_margin and trade.terms.margin == initial + request.added_margin:
        addition = {"C": initial, "A": request.added_margin}
        steps.append(step("position_margin", "C + A", addition, trade.terms.margin, money))
    elif initial is not None and request.added_margin:
        scaled = {"C": initial, "A": request.added_margin, "c": _scaling(trade, initial)}
        equation = "C + A / (1 - c)" if trade.side is Side.LONG else "C + A / (1 + c)"
        steps.append(step("position_margin", equation, scaled, trade.terms.margin, money))
    return tuple(steps)


def _scaling(trade: Trade, initial: Decimal) -> Decimal:
    """The fee rate by which added margin is scaled before it counts."""
    counted = (trade.terms.margin - initial) / trade.request.added_margin
    return trade.side.sign * (ONE - ONE / counted)


def _account_step(trade: Trade) -> Step:
    """Cross: the balance, what was added, the others' PnL less the others' maintenance."""
    request = trade.request
    values = {
        "W": request.wallet_balance or Decimal(0),
        "A": request.added_margin,
        "U": request.other_unrealized_pnl,
        "T": request.other_maintenance_margin,
    }
    equation = "W" + "".join(f" {sign} {name}" for sign, name in (("+", "A"), ("+", "U"), ("-", "T")) if values[name])
    return step("position_margin", equation, values, trade.terms.margin, trade.market.money)


@exact
def price_steps(trade: Trade, liquidation: Liquidation, *, name: str = "liquidation_price") -> tuple[Step, ...]:
    """The tier at the liquidation price and the price itself; nothing where there is no price."""
    if liquidation.price is None:
        return ()
    tier, values = liquidation.tier, symbols_of(trade, liquidation.tier)
    steps = [step("maintenance_tier", "m", values, tier.rate, "")]
    root = _root(trade, values)
    if abs(root / liquidation.price - 1) > _EDGE:
        measure = trade.terms.tiers.basis.measure(trade.position, liquidation.price)
        edge = {**values, "edge": measure}
        equation = "edge / q" if trade.position.contract is Contract.LINEAR else "Q / edge"
        return (*steps, step(name, equation, edge, liquidation.price, trade.market.quote))
    equation = price_equation(trade, values)
    return (*steps, step(name, equation, values, liquidation.price, trade.market.quote))


def _root(trade: Trade, values: Mapping[str, Decimal]) -> Decimal:
    """The root of the tier's own line, which is the price unless a stepped table jumps past it."""
    position, direction = trade.position, trade.position.direction
    notional = position.notional(position.entry_price)
    slope, level = values["f"], -values["D"]
    if trade.terms.basis is MaintenanceBasis.MARK:
        slope += values["m"]
    else:
        level += notional * values["m"]
    value = (direction * notional - trade.terms.margin + level) / (direction - slope)
    return value / position.size if position.contract is Contract.LINEAR else position.size / value


def price_equation(trade: Trade, values: Mapping[str, Decimal]) -> str:
    """The equation of the price in the letters of `symbols_of`, without the terms that are zero here.

    In notional v with v_E at entry: v = (v_E - M - D) / (1 - m - f) where profit grows with the notional, and the same
    with the opposite signs where it shrinks. Maintenance at entry moves m from the rates below to the money above.
    """
    position = trade.position
    linear, at_entry = position.contract is Contract.LINEAR, trade.terms.basis is MaintenanceBasis.ENTRY
    away, back = ("-", "+") if position.direction > 0 else ("+", "-")
    rates = [name for name in (("f",) if at_entry else ("m", "f")) if values[name]]
    below = "1" + "".join(f" {away} {rate}" for rate in rates)
    if _size_drops_out(trade, values):
        return f"E {_ratio(trade, values)}"
    above = f"q E {away} M" if linear else f"Q / E {away} M"
    if at_entry and values["m"]:
        above += f" {back} q E m" if linear else f" {back} m Q / E"
    if values["D"]:
        above += f" {away} D"
    if linear:
        return f"({above}) / (q ({below}))" if rates else f"({above}) / q"
    return f"Q ({below}) / ({above})" if rates else f"Q / ({above})"


def _ratio(trade: Trade, values: Mapping[str, Decimal]) -> str:
    """Liquidation price / entry price in terms of leverage; D / N stands for an amount as a share of the notional."""
    at_entry = trade.terms.basis is MaintenanceBasis.ENTRY
    away, back = ("-", "+") if trade.position.direction > 0 else ("+", "-")
    rates = [name for name in (("f",) if at_entry else ("m", "f")) if values[name]]
    below = "1" + "".join(f" {away} {rate}" for rate in rates)
    above = f"1 {away} 1 / L" + (f" {back} m" if at_entry and values["m"] else "")
    if values["D"]:
        above += f" {away} D / N"
    over, under = (above, below) if trade.position.contract is Contract.LINEAR else (below, above)
    over, under = (f"({term})" if " " in term else term for term in (over, under))
    return over if under == "1" else f"{over} / {under}"


@exact
def percent_step(trade: Trade, liquidation: Liquidation, *, name: str) -> Step:
    """The move to liquidation in percent of entry, from leverage and rates alone; raises ValueError without a price."""
    if liquidation.price is None:
        raise ValueError(liquidation.status)
    entry = trade.position.entry_price
    notional = trade.position.notional(entry)
    values = symbols_of(trade, liquidation.tier) | {"N": notional, "L": notional / trade.terms.margin}
    equation = f"100 ({_ratio(trade, values)} - 1)"
    return step(name, equation, values, (liquidation.price / entry - 1) * 100, "%")


def _size_drops_out(trade: Trade, values: Mapping[str, Decimal]) -> bool:
    """Whether the margin is just notional / L of a size nobody said."""
    if "L" not in values or values["D"] or trade.is_sized:
        return False
    position = trade.position
    return abs(trade.terms.margin * values["L"] / position.notional(position.entry_price) - 1) < _EDGE

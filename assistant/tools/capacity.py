"""How much leverage a position bears so that it is liquidated no earlier than at a target price."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.errors import InputOutOfRange
from assistant.margin.maintenance import MaintenanceBasis
from assistant.margin.quantities import ONE, exact
from assistant.margin.rulebook import TierOrigin
from assistant.tools.derivation import posted_fee
from assistant.tools.outcome import Refusal
from assistant.tools.rules import Rules
from assistant.tools.sizing import HIGHEST_LEVERAGE
from assistant.tools.target import margin_needed, reaches
from assistant.tools.trade import Trade, describe
from assistant.values import Arguments, Assumption

_LOWEST = Decimal("0.001")
_HALVINGS = 80
_SAME = Decimal("1e-9")
HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True, kw_only=True)
class Highest:
    """The position at its highest leverage."""

    trade: Trade
    leverage: Decimal
    is_solved: bool
    """Whether it is the root of the equation; otherwise a limit came first."""
    assumptions: tuple[Assumption, ...]


@exact
def highest_leverage(arguments: Arguments, rules: Rules, *, target: Decimal) -> Highest:
    """The position at the highest leverage that reaches the target, never above the venue's cap at its size.

    `arguments` name side and entry and no leverage. Where the size is known or does not matter, leverage is notional /
    margin needed at the target; where margin is given, the notional grows with leverage and the answer is bracketed.
    """
    assumptions: list[Assumption] = []
    if "collateral" in arguments and "size" not in arguments:
        root = _bracketed(arguments, rules, target)
    else:
        if "collateral" in arguments:
            assumptions.append(Assumption(code="collateral_set_aside"))
        arguments = {name: value for name, value in arguments.items() if name != "collateral"}
        root = _solved(arguments, rules, target)
    if root < _LOWEST:
        raise InputOutOfRange(argument="target_liquidation_price", reason="too_far", value=target)
    leverage, limited = root, list[Assumption]()
    if leverage > HIGHEST_LEVERAGE:
        leverage = HIGHEST_LEVERAGE
        limited = [Assumption(code="leverage_limit", data={"cap": HIGHEST_LEVERAGE})]
    try:
        trade = describe({**arguments, "leverage": leverage}, rules)
    except Refusal as refusal:
        if refusal.code != "leverage_above_cap":
            raise
        limited = []
        leverage = Decimal(str(refusal.data["cap"]))
        trade = describe({**arguments, "leverage": leverage}, rules)
        assumptions.append(_capped(trade, cap=leverage, root=root))
    if not reaches(trade, target):
        raise Refusal("target_out_of_reach", target=target)
    if leverage < 1:
        assumptions.append(Assumption(code="leverage_below_one", data={"leverage": leverage}))
    implied = leverage_for(trade, margin_needed(trade.position, trade.terms, target))
    solved = abs(implied / leverage - 1) < _SAME
    if not solved and not limited and all(one.code != "capped_by_venue" for one in assumptions):
        assumptions.append(_capped(trade, cap=leverage, root=implied))
    return Highest(trade=trade, leverage=leverage, is_solved=solved, assumptions=(*assumptions, *limited))


def _capped(trade: Trade, *, cap: Decimal, root: Decimal) -> Assumption:
    """What the venue allows, and what would have reached the target."""
    data: dict[str, str | Decimal | date] = {"cap": cap, "uncapped": root, "symbol": trade.market.symbol}
    return Assumption(code="capped_by_venue", data={**data, "venue": trade.market.rulebook.name})


@exact
def _solved(arguments: Arguments, rules: Rules, target: Decimal) -> Decimal:
    """Notional at entry / margin needed at the target; the assumed rate is half of 1 / leverage from some leverage on.

    With m = 1 / (2 L) and v the notional at the target:  N / L = v / (2 L) + v f - PnL,  L = (N - v / 2) / (v f - PnL).
    """
    trade = describe({**arguments, "leverage": ONE}, rules)
    position, terms = trade.position, trade.terms
    notional = position.notional(position.entry_price)
    leverage = leverage_for(trade, margin_needed(position, terms, target))
    rate = terms.tiers.tiers[0].rate
    if trade.grounds.origin is not TierOrigin.ASSUMED or rate * leverage <= HALF:
        return leverage
    value = position.notional(target)
    held = value if terms.basis is MaintenanceBasis.MARK else notional
    return leverage_for(trade, value * terms.fee_rate - position.unrealized_pnl(target), notional - held * HALF)


@exact
def leverage_for(trade: Trade, needed: Decimal, shared: Decimal | None = None) -> Decimal:
    """Leverage at which the margin is what is needed: N / (needed + F), F the funding paid out of it.

    Where the fee to close is posted too, M = N / L + f (N - k N / L) - F and so L = N (1 - k f) / (needed + F - f N).
    `shared`: what of the notional the leverage divides, where that is not all of it.
    """
    position, rate = trade.position, trade.terms.posted_fee_rate
    notional = position.notional(position.entry_price)
    divided, taken = notional if shared is None else shared, needed + trade.request.funding_paid
    leverage = (divided - position.direction * rate * notional) / (taken - rate * notional)
    return leverage if position.direction < 0 or leverage > 1 else divided / taken


def posts_fee(trade: Trade) -> bool:
    """Whether a fee to close is posted beside the margin; none is where the margin covers the whole value."""
    initial = trade.initial_margin
    return initial is not None and posted_fee(trade, initial) > 0


def needed_leverage_equation(trade: Trade) -> str:
    """`leverage_for` in letters: N what is needed, F the funding paid."""
    product = "q E" if trade.position.contract.follows_price else "Q / E"
    above, below = product, "N"
    if posts_fee(trade):
        above, below = f"{product} (1 {'-' if trade.position.direction > 0 else '+'} f)", f"N - f {product}"
    if trade.request.funding_paid:
        below += " + F"
    return f"{above} / ({below})" if " " in below else f"{above} / {below}"


def _bracketed(arguments: Arguments, rules: Rules, target: Decimal) -> Decimal:
    """The highest leverage that reaches the target, by halving; with it the notional, and so the tier, grows."""
    low, high = _LOWEST, HIGHEST_LEVERAGE
    if _holds(arguments, rules, leverage=high, target=target):
        return high
    if not _holds(arguments, rules, leverage=low, target=target):
        raise InputOutOfRange(argument="target_liquidation_price", reason="too_far", value=target)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if _holds(arguments, rules, leverage=middle, target=target):
            low = middle
        else:
            high = middle
    return low


def _holds(arguments: Arguments, rules: Rules, *, leverage: Decimal, target: Decimal) -> bool:
    """Whether a leverage can be set and reaches the target."""
    try:
        trade = describe({**arguments, "leverage": leverage}, rules)
        return reaches(trade, target)
    except Refusal as refusal:
        if refusal.code in ("leverage_above_cap", "rate_above_margin"):
            return False
        raise
    except InputOutOfRange as beyond:
        if beyond.data.get("reason") == "beyond_last_tier":
            return False
        raise


def leverage_equation(trade: Trade, *, ratio: str) -> str:
    """Leverage in the letters of the equations; `ratio` stands for target / entry and may be `P / E` or `r`.

    The inverse of margin/liquidation.py: linear long at mark 1 / L = 1 - (1 - m - f) P / E, and so on.
    """
    position, terms = trade.position, trade.terms
    grows = position.direction > 0
    sign = "-" if grows else "+"
    rates = (("m", terms.tiers.tiers[0].rate, terms.basis), ("f", terms.fee_rate, terms.fee_basis))
    slope = "".join(f" {sign} {name}" for name, rate, basis in rates if rate and basis is MaintenanceBasis.MARK)
    moved = ratio if position.contract.follows_price else {"P / E": "E / P", "r": "1 / r"}[ratio]
    product = f"(1{slope}) {moved}" if slope else moved
    held = "".join(f" + {name}" for name, rate, basis in rates if rate and basis is MaintenanceBasis.ENTRY)
    inner = f"1{held} - {product}" if grows else f"{product} - 1{held}"
    return f"(1 {sign} f) / ({inner} - f)" if posts_fee(trade) else f"1 / ({inner})"

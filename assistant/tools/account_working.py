"""The lines of working of an account's price: equity, requirement, and the equation of the piece it lies on."""

from decimal import Decimal
from string import ascii_lowercase

from assistant.margin.account import Account, Holding, measure_moves, moves
from assistant.margin.crossing import Crossing
from assistant.margin.maintenance import MaintenanceBasis, Tier
from assistant.margin.quantities import ONE, ZERO, exact
from assistant.tools.trade import Trade
from assistant.tools.working import step
from assistant.values import Contract, Step

_EDGE = Decimal("1e-12")
"""Relative difference above which a factor is not the root of its piece but the edge where a table jumps."""


@exact
def crossing_steps(trade: Trade, found: Crossing, *, moving: str | None, name: str) -> tuple[Step, ...]:
    """How an account's price comes about; raises ValueError where nothing was found.

    With t the notional of what moves, as a multiple of that at the marks, equity is B + V (t - 1) and the requirement
    K t + S, so that t = (V - B + S) / (V - K). A linear price is t times the mark, an inverse one the mark / t.
    """
    account, factor = trade.account, found.factor
    if account is None or factor is None:
        raise ValueError(found.status)
    upside_down = trade.position.contract is Contract.INVERSE
    t = ONE / factor if upside_down else factor
    tail = name.removeprefix(name.partition("@")[0])
    money, price = trade.market.money, factor * trade.reference_price
    equity = account.equity_curve(moving)
    worth, share = equity.slope, account.required_curve(moving, found.tiers)
    rising = share.slope + share.bend * t
    lines = _Lines(account, found.tiers, moving, t)
    values = {"V": worth, "B": equity.at(ONE), "K": rising, "S": share.constant, "mark": trade.reference_price}
    steps = [
        step(f"account_equity{tail}", *lines.equity, equity.at(ONE), money),
        step(f"moving_value{tail}", *lines.worth, worth, money),
        step(f"moving_requirement{tail}", *lines.rising, rising, money),
    ]
    if share.constant:
        steps.append(step(f"standing_requirement{tail}", *lines.standing, share.constant, money))
    equation = f"(V - B{' + S' if share.constant else ''}) / (V - K)"
    if worth == rising or abs((worth - values["B"] + share.constant) / (worth - rising) / t - 1) > _EDGE:
        equation, values = "edge / size", {**values, **lines.jumped}
    return (
        *steps,
        step(f"notional_factor{tail}", equation, values, t, ""),
        step(name, "mark / t" if upside_down else "mark t", {**values, "t": t}, price, trade.market.quote),
    )


class _Lines:
    """Equations of an account and what their letters stand for: every holding has a letter of its own, a, b, c."""

    def __init__(self, account: Account, tiers: tuple[Tier, ...], moving: str | None, t: Decimal) -> None:
        self._account = account
        self._moving = moving
        self._t = t
        self._all = tuple(zip(ascii_lowercase, account.holdings, tiers, strict=False))
        self._movers = tuple(one for one in self._all if moves(one[1], moving))

    @property
    def equity(self) -> tuple[str, dict[str, Decimal]]:
        """B: the balance and every unrealized PnL."""
        gains = {
            f"U{letter}": one.position.unrealized_pnl(one.mark_price) + one.terms.coin_margin * one.mark_price
            for letter, one, _ in self._all
        }
        return " + ".join(("W", *gains)), {"W": self._account.balance, **gains}

    @property
    def worth(self) -> tuple[str, dict[str, Decimal]]:
        """V: the notional of what moves, each with the sign of its profit."""
        worths = {
            f"V{letter}": one.position.direction * one.position.notional(one.mark_price)
            + one.terms.coin_margin * one.mark_price
            for letter, one, _ in self._movers
        }
        return " + ".join(worths), worths

    @property
    def rising(self) -> tuple[str, dict[str, Decimal]]:
        """K: the part of the requirement that moves, notional times rate and fee."""
        values: dict[str, Decimal] = {}
        for letter, one, tier in self._movers:
            values[f"N{letter}"] = one.position.notional(one.mark_price)
            values[f"m{letter}"] = self._rate(one, tier)
        return " + ".join(f"N{letter} m{letter}" for letter, _, _ in self._movers), values

    @property
    def standing(self) -> tuple[str, dict[str, Decimal]]:
        """S: what is required whatever moves, less the maintenance amounts."""
        values = {"T": self._account.other_maintenance}
        for letter, one, tier in self._all:
            values[f"S{letter}"] = self._account.required_of(one, tier, moving=self._moving).constant
        named = [letter for letter, value in values.items() if value]
        return " + ".join(named), values

    @property
    def jumped(self) -> dict[str, Decimal]:
        """The edge at which a table jumped, and the size that is measured against it, as it was at the marks."""
        sizes = [
            (tier.floor, self._account.measure(one))
            for _, one, tier in self._movers
            if measure_moves(one, self._moving)
        ]
        edge, size = min(sizes, key=lambda one: abs(one[0] / one[1] - self._t))
        return {"edge": edge, "size": size}

    def _rate(self, holding: Holding, tier: Tier) -> Decimal:
        """Maintenance rate and fee, where they are taken of the value at the price searched."""
        terms, measure = holding.terms, self._account.measure(holding)
        rate = tier.rate_at(measure * self._t if measure_moves(holding, self._moving) else measure)
        counted = rate if terms.basis is MaintenanceBasis.MARK else ZERO
        return counted + (terms.fee_rate if terms.fee_basis is MaintenanceBasis.MARK else ZERO)

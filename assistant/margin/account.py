"""A cross account: one balance behind several positions, and what it is worth and must hold at their marks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.errors import InputOutOfRange
from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import CrossTiers, MaintenanceBasis, Tier
from assistant.margin.position import Position
from assistant.margin.quantities import ONE, ZERO, exact, require_not_negative, require_positive
from assistant.values import Contract


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One position of an account; raises InputOutOfRange unless its mark is positive."""

    symbol: str
    """The coin whose price it moves with."""
    position: Position
    mark_price: Decimal
    terms: Terms
    """Fee, basis and tiers; its margin is what the position brings into the account beside the balance."""

    def __post_init__(self) -> None:
        require_positive("mark_price", self.mark_price)


@dataclass(frozen=True, slots=True)
class Curve:
    """constant + slope t + bend t t: money as a function of t, by which the notional of what moves is multiplied."""

    constant: Decimal = ZERO
    slope: Decimal = ZERO
    bend: Decimal = ZERO

    def plus(self, other: "Curve", times: Decimal = ONE) -> "Curve":
        """The sum with another curve, or with a multiple of it."""
        return Curve(
            self.constant + times * other.constant, self.slope + times * other.slope, self.bend + times * other.bend
        )

    def at(self, t: Decimal) -> Decimal:
        """The money at t; 1 is where the positions are marked."""
        return self.constant + t * (self.slope + t * self.bend)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A balance and the positions that share it; raises InputOutOfRange where they do not settle in one currency."""

    balance: Decimal
    """Settlement currency, without the unrealized PnL of the holdings."""
    holdings: tuple[Holding, ...]
    cross_tiers: CrossTiers = CrossTiers.EACH
    other_maintenance: Decimal = ZERO
    """What is held back for positions and orders known only by their sum."""

    def __post_init__(self) -> None:
        if not self.balance.is_finite():
            raise InputOutOfRange(argument="wallet_balance", reason="not_finite", value=self.balance)
        require_not_negative("other_maintenance_margin", self.other_maintenance)
        contracts = {holding.position.contract for holding in self.holdings}
        if Contract.LINEAR in contracts and len(contracts) > 1:
            raise InputOutOfRange(argument="other_positions", reason="other_settlement", value=Contract.INVERSE.value)

    @exact
    def measure(self, holding: Holding) -> Decimal:
        """What the tier of a holding is looked up by: its own size, or that of all legs of its coin."""
        summed = self.cross_tiers is CrossTiers.GROSS
        legs = [one for one in self.holdings if one.symbol == holding.symbol] if summed else [holding]
        return sum((leg.terms.measured(leg.position, leg.mark_price) for leg in legs), ZERO)

    @exact
    def tiers(self) -> tuple[Tier, ...]:
        """The tier of each holding at its mark; InputOutOfRange beyond the last known tier."""
        return tuple(holding.terms.tiers.at(self.measure(holding)) for holding in self.holdings)

    @exact
    def equity_curve(self, moving: str | None) -> Curve:
        """Balance and unrealized PnL: sum of M + k (v - v_E), where the holdings of `moving` (None: all) move."""
        curve = Curve(self.balance)
        for holding in self.holdings:
            position, value = holding.position, holding.position.notional(holding.mark_price)
            curve = curve.plus(
                Curve(holding.terms.margin - position.direction * position.notional(position.entry_price))
            )
            worth = position.direction * value + holding.terms.coin_margin * holding.mark_price
            curve = curve.plus(_moved(Curve(slope=worth), moves(holding, moving)))
        return curve

    @exact
    def required_curve(self, moving: str | None, tiers: Sequence[Tier]) -> Curve:
        """What equity must exceed while every holding stays in its tier: sum of v (m + f) - D."""
        curve = Curve(self.other_maintenance)
        for holding, tier in zip(self.holdings, tiers, strict=True):
            curve = curve.plus(self.required_of(holding, tier, moving=moving))
        return curve

    @exact
    def maintenance_margin(self, holding: Holding) -> Decimal:
        """Maintenance margin of one holding at its mark, without the fee: v m - D."""
        no_fee = replace(holding, terms=replace(holding.terms, fee_rate=ZERO))
        return self.required_of(no_fee, holding.terms.tiers.at(self.measure(holding)), moving=None).at(ONE)

    @exact
    def required_of(self, holding: Holding, tier: Tier, *, moving: str | None) -> Curve:
        """The requirement of one holding in a tier; a leg of a summed tier takes its share of the amount."""
        terms, position, measure = holding.terms, holding.position, self.measure(holding)
        entry, value = position.notional(position.entry_price), position.notional(holding.mark_price)
        fee = Curve(slope=value) if terms.fee_basis is MaintenanceBasis.MARK else Curve(entry)
        rate = Curve(tier.rate, tier.growth * measure)
        if not measure_moves(holding, moving):
            rate = Curve(rate.at(ONE))
        if terms.basis is MaintenanceBasis.MARK:
            maintenance = Curve(slope=value * rate.constant, bend=value * rate.slope)
        else:
            maintenance = Curve(entry * rate.constant)
        amount = tier.amount * terms.measured(position, holding.mark_price) / measure
        return _moved(maintenance.plus(fee, terms.fee_rate), moves(holding, moving)).plus(Curve(-amount))

    @property
    @exact
    def margin_balance(self) -> Decimal:
        """Equity at the marks: the balance and all unrealized PnL."""
        return self.equity_curve(None).at(ONE)

    @property
    @exact
    def requirement(self) -> Decimal:
        """What equity must exceed at the marks: all maintenance margins, with the fees the trigger counts."""
        return self.required_curve(None, self.tiers()).at(ONE)

    @property
    @exact
    def margin_ratio(self) -> Decimal | None:
        """Requirement / margin balance, liquidation at 1; None where the balance is not positive."""
        balance = self.margin_balance
        return self.requirement / balance if balance > 0 else None


def moves(holding: Holding, moving: str | None) -> bool:
    """Whether a holding moves when `moving` does; None: all do."""
    return moving is None or holding.symbol == moving


def measure_moves(holding: Holding, moving: str | None) -> bool:
    """Whether the tier of a holding can change on the way."""
    if holding.terms.basis is MaintenanceBasis.ENTRY or not moves(holding, moving):
        return False
    return holding.terms.tiers.basis.moves_with_price(holding.position.contract)


def _moved(curve: Curve, moved: bool) -> Curve:
    """The curve of something that moves, or the same money standing still."""
    return curve if moved else Curve(curve.at(ONE))

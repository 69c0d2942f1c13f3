"""Collateralised loans: health factor, the price at which a loan can be liquidated, what is taken, what restores it.

Source of the equations: `aave-docs-health-factor`, `aave-docs-liquidations`
and, for what is taken, `aave-v3-liquidation-logic` in knowledge/venues/credit/.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.errors import InputOutOfRange
from assistant.margin.quantities import ONE, ZERO, exact, require_not_negative, require_positive

_DAYS = Decimal(365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Collateral:
    """Coins pledged for a loan; raises InputOutOfRange for a threshold outside 0 to 1 or an amount below 0."""

    amount: Decimal
    """Coins."""
    price: Decimal
    """Currency of the loan's accounts per coin."""
    liquidation_threshold: Decimal
    """Share of the value that may be borrowed against before liquidation, above 0 and at most 1."""

    def __post_init__(self) -> None:
        require_not_negative("collateral", self.amount)
        require_positive("mark_price", self.price)
        require_threshold(self.liquidation_threshold)

    @property
    def value(self) -> Decimal:
        """What the coins are worth."""
        return self.amount * self.price

    @property
    def weighted(self) -> Decimal:
        """Value times threshold: the debt it carries."""
        return self.value * self.liquidation_threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """Coins owed; raises InputOutOfRange for an amount below 0 or a price that is not positive."""

    amount: Decimal
    price: Decimal = ONE

    def __post_init__(self) -> None:
        require_not_negative("debt", self.amount)
        require_positive("mark_price", self.price)

    @property
    def value(self) -> Decimal:
        """What it takes to repay."""
        return self.amount * self.price


@dataclass(frozen=True, slots=True, kw_only=True)
class Loan:
    """All collateral and all debt of one account; values in one currency."""

    collaterals: tuple[Collateral, ...]
    debts: tuple[Debt, ...]

    @property
    @exact
    def collateral_value(self) -> Decimal:
        """All collateral at its prices."""
        return sum((one.value for one in self.collaterals), ZERO)

    @property
    @exact
    def weighted_collateral(self) -> Decimal:
        """The debt at which the health factor is 1: the sum of value times threshold."""
        return sum((one.weighted for one in self.collaterals), ZERO)

    @property
    @exact
    def debt_value(self) -> Decimal:
        """All debt at its prices."""
        return sum((one.value for one in self.debts), ZERO)


def require_threshold(value: Decimal) -> None:
    """Nothing, or InputOutOfRange where a liquidation threshold is not above 0 and at most 1."""
    require_positive("liquidation_threshold", value)
    if value > ONE:
        raise InputOutOfRange(argument="liquidation_threshold", reason="not_a_fraction", value=value, bound=ONE)


@exact
def health_factor(loan: Loan) -> Decimal | None:
    """HF = sum(collateral x price x threshold) / debt, liquidatable below 1; None without debt."""
    debt = loan.debt_value
    return loan.weighted_collateral / debt if debt > 0 else None


@exact
def loan_to_value(loan: Loan) -> Decimal | None:
    """Debt / collateral, which the lender's threshold is compared with; None without collateral."""
    value = loan.collateral_value
    return loan.debt_value / value if value > 0 else None


@exact
def collateral_price(loan: Loan, index: int) -> Decimal | None:
    """Price of one collateral at which HF is 1, the others held: P = (debt - sum of the others weighted) / (n LT).

    None where the others carry the debt alone or there is nothing of it: no price of this one liquidates the loan.
    """
    one = loan.collaterals[index]
    short = loan.debt_value - (loan.weighted_collateral - one.weighted)
    carried = one.amount * one.liquidation_threshold
    return short / carried if short > 0 and carried > 0 else None


@exact
def debt_price(loan: Loan, index: int) -> Decimal | None:
    """Price of one borrowed coin at which HF is 1, the rest held: P = (sum weighted - the other debt) / amount.

    None where there is nothing of it or the other debt is too much already.
    """
    one = loan.debts[index]
    room = loan.weighted_collateral - (loan.debt_value - one.value)
    return room / one.amount if one.amount > 0 and room > 0 else None


@exact
def drop_allowed(factor: Decimal) -> Decimal:
    """Fraction all collateral can lose together until HF is 1: 1 - 1 / HF, with the debt unchanged; below 0 beyond."""
    require_positive("health_factor", factor)
    return ONE - ONE / factor


@exact
def collateral_needed(loan: Loan, index: int, target: Decimal) -> Decimal:
    """Coins of one collateral to add for a health factor: (HF debt - sum weighted) / (price LT); below 0: to spare."""
    require_positive("target_health_factor", target)
    one = loan.collaterals[index]
    return (target * loan.debt_value - loan.weighted_collateral) / (one.price * one.liquidation_threshold)


@exact
def repayment_needed(loan: Loan, target: Decimal) -> Decimal:
    """Debt to repay for a health factor, collateral unchanged: debt - sum weighted / HF; below 0: room to borrow."""
    require_positive("target_health_factor", target)
    return loan.debt_value - loan.weighted_collateral / target


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseFactor:
    """How much of a debt one liquidation may repay."""

    usual: Decimal
    """Share of the whole debt while the health factor is above `full_at`."""
    full_at: Decimal
    """Health factor at and below which all of it may be repaid."""
    small: Decimal
    """Collateral or debt worth less than this may be liquidated whole at any health factor below 1."""

    @exact
    def share(self, loan: Loan) -> Decimal:
        """0 while the loan cannot be liquidated, else the share of the debt: `usual`, or 1."""
        factor = health_factor(loan)
        if factor is None or factor >= ONE:
            return ZERO
        whole = factor <= self.full_at or min(loan.collateral_value, loan.debt_value) < self.small
        return ONE if whole else self.usual


@dataclass(frozen=True, slots=True, kw_only=True)
class Seizure:
    """What one liquidation takes from the borrower, both in the loan's currency."""

    repaid: Decimal
    seized: Decimal
    """Collateral taken for it: what was repaid and the bonus on top."""


@exact
def seizure(*, repaid: Decimal, bonus: Decimal, available: Decimal) -> Seizure:
    """Collateral seized = repaid (1 + bonus), paid by the borrower; no more than there is, then less is repaid."""
    require_not_negative("debt", repaid)
    require_not_negative("liquidation_bonus", bonus)
    seized = repaid * (ONE + bonus)
    if seized <= available:
        return Seizure(repaid=repaid, seized=seized)
    return Seizure(repaid=available / (ONE + bonus), seized=available)


@exact
def growth(annual_rate: Decimal, days: Decimal) -> Decimal:
    """What a debt is multiplied by after so many days: (1 + yearly rate) ** (days / 365), interest on interest."""
    require_not_negative("horizon_days", days)
    require_not_negative("annual_rate", annual_rate)
    return (ONE + annual_rate) ** (days / _DAYS)


@exact
def grown(debts: Sequence[Debt], factor: Decimal) -> tuple[Debt, ...]:
    """The debts multiplied by what interest made of them."""
    return tuple(Debt(amount=one.amount * factor, price=one.price) for one in debts)

"""How far a collateralised loan is from liquidation, and what brings its health factor where it is wanted."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.errors import InputOutOfRange
from assistant.margin import lending
from assistant.margin.lending import Collateral, Debt, Loan
from assistant.margin.quantities import ONE, ZERO, exact
from assistant.tools import loan_account, said
from assistant.tools.assessment import tidied
from assistant.tools.figures import HUNDRED, PERCENT, RATIO, figure, tidy
from assistant.tools.loan import MONEY, DescribedLoan, describe
from assistant.tools.rules import Rules
from assistant.tools.tool import Tool
from assistant.tools.working import step
from assistant.values import Arguments, Assumption, Figure, Result, Status, Step

NAME = "health_factor"


@dataclass(frozen=True, slots=True)
class _Found:
    """What was worked out, each figure and line in the order it is told."""

    figures: list[Figure]
    steps: list[Step]
    assumptions: list[Assumption]


@exact
def compute(arguments: Arguments, rules: Rules) -> Result:
    """Health factor and liquidation of a loan; with a wanted factor, what to add or to repay."""
    if "collaterals" in arguments:
        return loan_account.compute(NAME, arguments, rules)
    method = rules.rulebooks.credit.methods["loan"]
    if said.number(arguments, "debt") == ZERO:
        return Result(tool=NAME, arguments=arguments, status=Status.NOT_LIQUIDATABLE, code="no_debt", sources=method)
    loan = describe(arguments, rules)
    found = _Found([], [], list(loan.assumptions))
    factor = _of_factor_alone(loan, found) if _lacks_values(loan) else _of_values(loan, found)
    below = factor is not None and factor < ONE
    figures = tuple(one for one in found.figures if not (below and one.name in _ONLY_OK))
    if below and factor is not None:
        found.steps.extend(_liquidation_steps(loan))
    else:
        found.assumptions.append(Assumption(code="oracle_price"))
    if loan.lender is not None:
        rule = loan.lender.close_rule_on(loan.day)
        data = {"share_pct": rule.close_factor.usual * HUNDRED, "health_factor": rule.close_factor.full_at}
        found.assumptions.append(Assumption(code="close_factor", data={**data, "venue": loan.lender.id}))
        method = (*method, *(loan.lender.sources[one] for one in rule.sources))
    return Result(
        tool=NAME,
        arguments={**arguments, **_filled(loan)},
        status=Status.BEYOND_MAINTENANCE if below else Status.OK,
        code="loan_below_one" if below else None,
        data={"health_factor": tidy(factor)} if below and factor is not None else {},
        figures=figures,
        working=tuple(found.steps),
        assumptions=tuple(map(tidied, found.assumptions)),
        sources=tuple(dict.fromkeys((*method, *loan.sources))),
        rules_as_of=None if loan.asset is None else loan.asset.effective_from,
        rulebook=None if loan.asset is None or loan.lender is None else loan.lender.id,
    )


_ONLY_OK = frozenset({"liquidation_price", "new_liquidation_price", "distance_pct", "distance_abs"})


def _filled(loan: DescribedLoan) -> Arguments:
    """The threshold that was used."""
    return {} if loan.threshold is None else {"liquidation_threshold": tidy(loan.threshold)}


def _lacks_values(loan: DescribedLoan) -> bool:
    """Whether the health factor as given is all there is to go by."""
    return loan.health_factor is not None and (
        loan.threshold is None or (loan.debt is None and loan.debt_coins is None)
    )


@exact
def _of_factor_alone(loan: DescribedLoan, found: _Found) -> Decimal:
    """The room a health factor leaves: all collateral can fall by 1 - 1 / HF."""
    factor = loan.health_factor
    assert factor is not None  # _lacks_values
    values = {"H": factor}
    found.figures.append(figure("health_factor", factor, RATIO))
    if loan.value is not None:
        left = loan.value / factor
        found.figures.append(figure("collateral_value", left, MONEY))
        found.steps.append(step("collateral_value", "V / H", {**values, "V": loan.value}, left, MONEY))
    if loan.price is not None:
        price = loan.price / factor
        found.figures.append(figure("liquidation_price", price, MONEY))
        found.steps.append(step("liquidation_price", "P / H", {**values, "P": loan.price}, price, MONEY))
        found.assumptions.append(Assumption(code="one_collateral"))
    _distance(found, -HUNDRED * lending.drop_allowed(factor), step_of="100 (1 / H - 1)", values=values)
    if loan.target is not None:
        more = HUNDRED * (loan.target / factor - ONE)
        found.steps.append(step("collateral_to_add", "100 (T / H - 1)", {**values, "T": loan.target}, more, PERCENT))
    return factor


def _distance(found: _Found, move: Decimal, *, step_of: str, values: dict[str, Decimal]) -> None:
    found.figures.append(figure("distance_pct", move, PERCENT))
    found.steps.append(step("distance", step_of, values, move, PERCENT))


@exact
def _of_values(loan: DescribedLoan, found: _Found) -> Decimal | None:
    """Everything that follows from debt, threshold and what is known of the collateral; the factor, or None."""
    threshold = loan.threshold
    assert threshold is not None  # describe
    if loan.debt_coins is not None:
        return _of_borrowed_coins(loan, found, threshold)
    debt = loan.debt
    assert debt is not None  # describe
    values = {"D": debt, "t": threshold}
    left = debt / threshold
    factor = _factor(loan, found, debt, threshold)
    found.figures.append(figure("collateral_value", left, MONEY))
    found.steps.append(step("collateral_value", "D / t", values, left, MONEY))
    price = None
    if loan.coins is not None:
        price = debt / (loan.coins * threshold)
        found.figures.append(figure("liquidation_price", price, MONEY))
        found.steps.append(step("liquidation_price", "D / (n t)", {**values, "n": loan.coins}, price, MONEY))
    if loan.value is not None:
        move = HUNDRED * (left / loan.value - ONE)
        _distance(found, move, step_of="100 (D / (t V) - 1)", values={**values, "V": loan.value})
        if loan.price is not None and price is not None:
            found.figures.append(figure("distance_abs", abs(price - loan.price), MONEY))
        share = HUNDRED * debt / loan.value
        found.figures.append(figure("loan_to_value_pct", share, PERCENT))
        found.steps.append(step("loan_to_value", "100 D / V", {"D": debt, "V": loan.value}, share, PERCENT))
    if loan.growth != ONE:
        _grown(loan, found, debt, threshold)
    if loan.target is not None:
        _towards(loan, found, debt, threshold)
    return factor


def _factor(loan: DescribedLoan, found: _Found, debt: Decimal, threshold: Decimal) -> Decimal | None:
    """The health factor, where the collateral's value is known."""
    if loan.value is None:
        return None
    pledged = Collateral(amount=loan.value, price=ONE, liquidation_threshold=threshold)
    factor = lending.health_factor(Loan(collaterals=(pledged,), debts=(Debt(amount=debt),)))
    assert factor is not None  # there is a debt
    if loan.coins is not None and loan.price is not None:
        values = {"n": loan.coins, "P": loan.price}
        found.steps.append(step("collateral_now", "n P", values, loan.value, MONEY))
    values = {"V": loan.value, "t": threshold, "D": debt}
    found.figures.append(figure("health_factor", factor, RATIO))
    found.steps.append(step("health_factor", "V t / D", values, factor, RATIO))
    return factor


@exact
def _of_borrowed_coins(loan: DescribedLoan, found: _Found, threshold: Decimal) -> Decimal | None:
    """A debt in a coin: its price may rise to V t / d."""
    owed, value = loan.debt_coins, loan.value
    if value is None or owed is None:
        raise InputOutOfRange(argument="collateral", reason="missing", value=ZERO)
    price = value * threshold / owed
    values = {"V": value, "t": threshold, "d": owed}
    factor = None
    if loan.price is not None:
        factor = price / loan.price
        found.figures.append(figure("health_factor", factor, RATIO))
        found.steps.append(step("health_factor", "V t / (d P)", {**values, "P": loan.price}, factor, RATIO))
    found.figures.append(figure("liquidation_price", price, MONEY))
    found.steps.append(step("liquidation_price", "V t / d", values, price, MONEY))
    found.assumptions.append(Assumption(code="debt_coin_rises", data={"symbol": loan.coin}))
    if loan.price is not None:
        move = HUNDRED * (price / loan.price - ONE)
        _distance(found, move, step_of="100 (V t / (d P) - 1)", values={**values, "P": loan.price})
        share = HUNDRED * owed * loan.price / value
        found.figures.append(figure("loan_to_value_pct", share, PERCENT))
        found.steps.append(
            step("loan_to_value", "100 d P / V", {"d": owed, "P": loan.price, "V": value}, share, PERCENT)
        )
    return factor


@exact
def _grown(loan: DescribedLoan, found: _Found, debt: Decimal, threshold: Decimal) -> None:
    """What interest does to the price or the value at which the loan is liquidated."""
    later = debt * loan.growth
    found.steps.append(step("debt_after_interest", "D g", {"D": debt, "g": loan.growth}, later, MONEY))
    if loan.coins is not None:
        price, values = later / (loan.coins * threshold), {"L": later, "n": loan.coins, "t": threshold}
        found.figures.append(figure("new_liquidation_price", price, MONEY))
        found.steps.append(step("new_liquidation_price", "L / (n t)", values, price, MONEY))
    else:
        left = later / threshold
        found.steps.append(step("collateral_value_later", "L / t", {"L": later, "t": threshold}, left, MONEY))
    found.assumptions.append(Assumption(code="interest_compounds"))


@exact
def _towards(loan: DescribedLoan, found: _Found, debt: Decimal, threshold: Decimal) -> None:
    """The collateral that makes the wanted factor, what is to be added for it, or to be repaid instead."""
    target = loan.target
    assert target is not None
    values = {"T": target, "D": debt, "t": threshold}
    needed = target * debt / threshold
    found.figures.append(figure("required_collateral", needed, MONEY))
    found.steps.append(step("required_collateral", "T D / t", values, needed, MONEY))
    if loan.value is None:
        return
    pledged = Collateral(amount=loan.coins or loan.value, price=loan.price or ONE, liquidation_threshold=threshold)
    whole = Loan(collaterals=(pledged,), debts=(Debt(amount=debt),))
    more = lending.collateral_needed(whole, 0, target)
    unit = loan.coin if loan.price is not None and loan.coins is not None else MONEY
    held = {**values, "V": loan.value, "P": pledged.price}
    equation = "(T D / t - V) / P" if unit != MONEY else "T D / t - V"
    found.figures.append(figure("required_margin_add", more, unit))
    found.steps.append(step("collateral_to_add", equation, held, more, unit))
    repay = lending.repayment_needed(whole, target)
    found.figures.append(figure("required_repayment", repay, MONEY))
    found.steps.append(step("required_repayment", "D - V t / T", held, repay, MONEY))
    if more < 0:
        found.assumptions.append(Assumption(code="target_factor_met", data={"health_factor": target}))


def _liquidation_steps(loan: DescribedLoan) -> Iterator[Step]:
    """What one liquidation may repay and take, where the lender's own rules are on file."""
    if loan.lender is None or loan.debt is None or loan.value is None or loan.threshold is None:
        return
    pledged = Collateral(amount=loan.value, price=ONE, liquidation_threshold=loan.threshold)
    whole = Loan(collaterals=(pledged,), debts=(Debt(amount=loan.debt),))
    share = loan.lender.close_rule_on(loan.day).close_factor.share(whole)
    repaid = loan.debt * share
    yield step("liquidatable_debt", "D c", {"D": loan.debt, "c": share}, repaid, MONEY)
    if loan.bonus is None:
        return
    taken = lending.seizure(repaid=repaid, bonus=loan.bonus, available=loan.value)
    yield step("seized_collateral", "R (1 + b)", {"R": taken.repaid, "b": loan.bonus}, taken.seized, MONEY)


TOOL = Tool(
    name=NAME,
    doc="Health factor of a collateralised loan, where it is liquidated, and what brings it to a wanted health factor.",
    arguments=(
        "debt",
        "debt_currency",
        "collateral",
        "collateral_currency",
        "size",
        "size_unit",
        "symbol",
        "mark_price",
        "entry_price",
        "liquidation_threshold",
        "liquidation_bonus",
        "health_factor",
        "target_health_factor",
        "annual_rate",
        "horizon_days",
        "collaterals",
        "debts",
        "venue",
        "as_of",
    ),
    figures={
        "health_factor": "Sum of collateral times liquidation threshold / debt; liquidation below 1",
        "collateral_value": "Value of all collateral at which the health factor is 1, dollars",
        "liquidation_price": "Price of the one coin that has a price at which the health factor is 1, dollars",
        "liquidation_price@": "The same for one of several collaterals, the others held",
        "new_liquidation_price": "Liquidation price once the interest of the days named is owed, dollars",
        "distance_pct": "Signed move of the collateral, or of the borrowed coin, to it in percent",
        "distance_abs": "The move of the coin's price in dollars, without sign",
        "loan_to_value_pct": "Debt / collateral now, percent; compared with the liquidation threshold",
        "required_collateral": "Collateral that makes the wanted health factor, dollars in all",
        "required_margin_add": "Collateral to add for it, in its coin where the price is known; below 0: to spare",
        "required_repayment": "Debt to repay instead, dollars; below 0: what could be borrowed on top",
    },
    example={
        "debt": "6000",
        "collateral": "10",
        "collateral_currency": "ETH",
        "mark_price": "1000",
        "liquidation_threshold": "0.8",
    },
    compute=compute,
)

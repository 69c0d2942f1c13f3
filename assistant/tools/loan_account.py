"""A loan of several collaterals and debts: the health factor of all, and the price of each coin that makes it 1."""

from collections.abc import Iterator
from decimal import Decimal

from assistant.margin import lending
from assistant.margin.lending import Collateral, Debt, Loan
from assistant.margin.quantities import ONE, exact
from assistant.tools import said
from assistant.tools.figures import HUNDRED, PERCENT, RATIO, figure
from assistant.tools.loan import MONEY
from assistant.tools.outcome import Gap, Refusal
from assistant.tools.rules import Rules
from assistant.tools.working import step
from assistant.values import Arguments, Assumption, Result, Status, Step

_SIZED = ("symbol", "size", "mark_price")


@exact
def compute(tool: str, arguments: Arguments, rules: Rules) -> Result:
    """The result of the records; Gap where one lacks coin, size, price or threshold, Refusal for a coin named twice."""
    pledged, owed = said.records(arguments, "collaterals"), said.records(arguments, "debts")
    coins = [str(record["symbol"]).upper() for record in (*pledged, *owed) if "symbol" in record]
    if len(set(coins)) < len(coins):
        raise Refusal("coin_twice")
    loan = Loan(collaterals=tuple(map(_collateral, pledged)), debts=_debts(arguments))
    factor = lending.health_factor(loan)
    sources = rules.rulebooks.credit.methods["loan"]
    if factor is None:
        return Result(tool=tool, arguments=arguments, status=Status.NOT_LIQUIDATABLE, code="no_debt", sources=sources)
    figures = [figure("health_factor", factor, RATIO)]
    steps = list(_steps(loan, factor))
    names = [str(record["symbol"]).upper() for record in pledged]
    assumptions: list[Assumption] = []
    if factor >= ONE:
        figures.append(figure("collateral_value", loan.collateral_value / factor, MONEY))
        figures.append(figure("distance_pct", -HUNDRED * lending.drop_allowed(factor), PERCENT))
        for index, name in enumerate(names):
            price = lending.collateral_price(loan, index)
            if price is None:
                assumptions.append(Assumption(code="collateral_carried", data={"symbol": name}))
                continue
            figures.append(figure(f"liquidation_price@{name}", price, MONEY))
            steps.append(_price_step(loan, index, price, name))
        assumptions.append(Assumption(code="others_held"))
    ltv = lending.loan_to_value(loan)
    if ltv is not None:
        figures.append(figure("loan_to_value_pct", HUNDRED * ltv, PERCENT))
    below = factor < ONE
    return Result(
        tool=tool,
        arguments=arguments,
        status=Status.BEYOND_MAINTENANCE if below else Status.OK,
        code="loan_below_one" if below else None,
        data={"health_factor": figures[0].value} if below else {},
        figures=tuple(figures),
        working=tuple(steps),
        assumptions=tuple(assumptions),
        sources=sources,
    )


def _collateral(record: Arguments) -> Collateral:
    """One collateral of a record."""
    if not said.has(record, *_SIZED, "liquidation_threshold"):
        raise Gap("collaterals")
    size, price, threshold = (said.number(record, name) for name in ("size", "mark_price", "liquidation_threshold"))
    assert size is not None and price is not None and threshold is not None  # has
    return Collateral(amount=size, price=price, liquidation_threshold=threshold)


def _debts(arguments: Arguments) -> tuple[Debt, ...]:
    """The debts of the records, else the one sum."""
    records = said.records(arguments, "debts")
    if not records:
        total = said.number(arguments, "debt")
        if total is None:
            raise Gap("debt")
        return (Debt(amount=total),)
    found = []
    for record in records:
        size, price = said.number(record, "size"), said.number(record, "mark_price")
        if size is None or price is None or "symbol" not in record:
            raise Gap("debts")
        found.append(Debt(amount=size, price=price))
    return tuple(found)


def _steps(loan: Loan, factor: Decimal) -> Iterator[Step]:
    """What all collateral carries, what is owed, and the health factor."""
    carried = {
        letter: value
        for index, one in enumerate(loan.collaterals)
        for letter, value in (
            (_letter("n", index), one.amount),
            (_letter("P", index), one.price),
            (_letter("t", index), one.liquidation_threshold),
        )
    }
    equation = " + ".join(
        f"{_letter('n', i)} {_letter('P', i)} {_letter('t', i)}" for i in range(len(loan.collaterals))
    )
    yield step("weighted_collateral", equation, carried, loan.weighted_collateral, MONEY)
    owed = {
        letter: value
        for index, one in enumerate(loan.debts)
        for letter, value in ((_letter("d", index), one.amount), (_letter("Q", index), one.price))
    }
    equation = " + ".join(f"{_letter('d', i)} {_letter('Q', i)}" for i in range(len(loan.debts)))
    yield step("debt_value", equation, owed, loan.debt_value, MONEY)
    values = {"W": loan.weighted_collateral, "D": loan.debt_value}
    yield step("health_factor", "W / D", values, factor, RATIO)


def _price_step(loan: Loan, index: int, price: Decimal, name: str) -> Step:
    """The price of one collateral from the debt that the others leave to it."""
    one = loan.collaterals[index]
    values = {
        "D": loan.debt_value,
        "O": loan.weighted_collateral - one.weighted,
        "n": one.amount,
        "t": one.liquidation_threshold,
    }
    return step(f"liquidation_price@{name}", "(D - O) / (n t)", values, price, MONEY)


def _letter(base: str, index: int) -> str:
    """A symbol for the same thing of each coin: n_a, n_b."""
    return f"{base}_{chr(ord('a') + index)}"

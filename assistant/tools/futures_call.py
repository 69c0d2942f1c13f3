"""The margin call on listed futures: the first settlement that brings it, and the account day by day."""

from decimal import Decimal

from assistant.errors import InputOutOfRange
from assistant.margin import futures
from assistant.margin.futures import Day, FuturesAccount
from assistant.margin.quantities import ONE, ZERO, exact
from assistant.tools import said
from assistant.tools.call_result import MONEY, Call, ended, moved
from assistant.tools.figures import figure
from assistant.tools.outcome import Gap
from assistant.tools.rules import Rules
from assistant.tools.working import step
from assistant.values import Arguments, Assumption, Figure, Result, Status, Step

_NEEDED = ("side", "entry_price", "size", "contract_size", "initial_margin", "maintenance_margin")


@exact
def compute(tool: str, arguments: Arguments, rules: Rules) -> Result:
    """The price of the first call and what it refills; margins are per contract. Gap for all that is missing."""
    missing = tuple(name for name in _NEEDED if name not in arguments)
    side = said.side(arguments)
    if missing or side is None:
        raise Gap(*missing)
    contracts, multiplier = _given(arguments, "size"), _given(arguments, "contract_size")
    per_initial, per_maintenance = _given(arguments, "initial_margin"), _given(arguments, "maintenance_margin")
    if per_maintenance > per_initial:
        raise InputOutOfRange(
            argument="maintenance_margin", reason="above_initial", value=per_maintenance, bound=per_initial
        )
    initial, entry = contracts * per_initial, _given(arguments, "entry_price")
    balance, assumptions = said.number(arguments, "wallet_balance"), [Assumption(code="refill_to_initial")]
    if balance is None:
        balance = initial
        assumptions.append(Assumption(code="balance_is_initial", data={"balance": balance}))
    if contracts != ONE:
        assumptions.append(Assumption(code="margins_per_contract"))
    assumptions.append(Assumption(code="call_not_liquidation"))
    account = FuturesAccount(
        side=side,
        units=contracts * multiplier,
        entry_price=entry,
        balance=balance,
        maintenance_margin=contracts * per_maintenance,
    )
    price = futures.first_call_price(account)
    call = Call(
        tool=tool,
        arguments={**arguments, "account_type": "futures", "wallet_balance": balance},
        side=side,
        entry_price=entry,
        price=price,
        assumptions=tuple(assumptions),
        sources=rules.rulebooks.credit.methods["futures"],
    )
    figures: tuple[Figure, ...] = (
        figure("notional", account.units * entry, MONEY),
        figure("initial_margin", initial, MONEY),
        figure("maintenance_margin", account.maintenance_margin, MONEY),
    )
    letters = {"n": contracts, "i": per_initial, "m": per_maintenance, "k": multiplier}
    steps: tuple[Step, ...] = (
        step("initial_margin", "n i", letters, initial, MONEY),
        step("maintenance_margin", "n m", letters, account.maintenance_margin, MONEY),
        step("money_per_point", "n k", letters, account.units, MONEY),
    )
    told_days = _days(account, arguments, initial)
    figures, steps = (*figures, *told_days[0]), (*steps, *told_days[1])
    if balance < account.maintenance_margin:
        call_now = futures.call_at(account, balance, initial_margin=initial)
        steps = (*steps, step("margin_call_amount", "I - b", {"I": initial, "b": balance}, call_now, MONEY))
        figures = (*figures, figure("margin_call_amount", call_now, MONEY))
        return ended(
            call, Status.BEYOND_MAINTENANCE, "margin_call_due", data={"price": entry}, figures=figures, working=steps
        )
    if price is None:
        return ended(call, Status.NOT_LIQUIDATABLE, "no_margin_call", figures=figures, working=steps)
    values = {"E": entry, "B": balance, "M": account.maintenance_margin, "u": account.units}
    sign = "-" if side.sign > 0 else "+"
    steps = (*steps, step("margin_call_price", f"E {sign} (B - M) / u", values, price, MONEY))
    mark = said.number(arguments, "mark_price")
    if mark is not None:
        due = futures.call_at(account, account.balance_at(mark), initial_margin=initial)
        figures = (*figures, figure("margin_call_amount", due, MONEY))
        if due:
            figures = (figure("margin_call_price", price, MONEY), *figures)
            values = {"I": initial, "b": account.balance_at(mark)}
            steps = (*steps, step("margin_call_amount", "I - b", values, due, MONEY))
            return ended(
                call, Status.BEYOND_MAINTENANCE, "margin_call_due", data={"price": mark}, figures=figures, working=steps
            )
    return moved(call, figures, steps)


def _given(arguments: Arguments, name: str) -> Decimal:
    """A number that is known to be there and positive."""
    value = said.number(arguments, name)
    return ZERO if value is None else value


def _days(
    account: FuturesAccount, arguments: Arguments, initial: Decimal
) -> tuple[tuple[Figure, ...], tuple[Step, ...]]:
    """The account settled day by day at the prices that were given."""
    prices = tuple(one for one in said.elements(arguments, "settlement_prices") if isinstance(one, Decimal))
    days = futures.marked(account, prices, initial_margin=initial)
    figures: list[Figure] = []
    steps: list[Step] = []
    before = account.entry_price
    for number, day in enumerate(days, start=1):
        figures.append(figure(f"margin_balance@{number}", day.balance, MONEY))
        steps.append(_settled(account, day, before, number))
        if day.call:
            figures.append(figure(f"margin_call_amount@{number}", day.call, MONEY))
            values = {"I": initial, "b": day.balance}
            steps.append(step(f"margin_call_amount@{number}", "I - b", values, day.call, MONEY))
        before = day.settlement_price
    return tuple(figures), tuple(steps)


def _settled(account: FuturesAccount, day: Day, before: Decimal, number: int) -> Step:
    """One day's balance."""
    values = {"B": day.opening, "u": account.units, "P": day.settlement_price, "Q": before}
    equation = "B + u (P - Q)" if account.side.sign > 0 else "B - u (P - Q)"
    return step(f"settled_balance@{number}", equation, values, day.balance, MONEY)

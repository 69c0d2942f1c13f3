"""The margin call on shares, bought with a loan or sold short: by the broker's rates or the minimums of US rules."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.margin import stock
from assistant.margin.lending import growth
from assistant.margin.quantities import ONE, exact
from assistant.margin.stock import Maintenance, ShareAccount, ShareFloor
from assistant.tools import said
from assistant.tools.call_result import MONEY, Call, ended, moved
from assistant.tools.figures import figure
from assistant.tools.outcome import Gap
from assistant.tools.rules import Rules
from assistant.tools.working import step
from assistant.values import Arguments, Assumption, Figure, Result, Side, SizeUnit, Source, Status, Step

_US = "us_stocks"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Terms:
    """The rates that count, and where they come from."""

    initial: Decimal
    maintenance: Maintenance
    floor: ShareFloor | None
    """What the rules in force ask at least of a short, where the maintenance rate was said and nothing else counts."""
    assumptions: tuple[Assumption, ...]
    sources: tuple[Source, ...]
    since: date | None
    """Day since which the minimums used are known to hold; None where every rate was said."""


@exact
def compute(tool: str, arguments: Arguments, rules: Rules) -> Result:
    """The price of the first call and what it asks for; Gap for side and entry price."""
    missing = tuple(name for name in ("side", "entry_price") if name not in arguments)
    side, entry = said.side(arguments), said.number(arguments, "entry_price")
    if missing or side is None or entry is None:
        raise Gap(*missing)
    shares = _shares(arguments, entry)
    terms = _terms(arguments, rules, side, entry, shares)
    sized = shares is not None
    account = _account(arguments, side, entry, shares or ONE, terms)
    price = stock.call_price(account, terms.maintenance)
    call = Call(
        tool=tool,
        arguments={**arguments, "account_type": "stock", "maintenance_margin_rate": terms.maintenance.rate},
        side=side,
        entry_price=entry,
        price=price,
        assumptions=(*terms.assumptions, *_low_price(terms, account, price)),
        sources=terms.sources,
        rules_as_of=terms.since,
        rulebook=None if terms.since is None else _US,
    )
    figures, steps = _money(account, terms, entry, sized)
    if terms.initial < terms.maintenance.rate:
        data = {"initial_rate": terms.initial, "rate": terms.maintenance.rate}
        return ended(call, Status.BEYOND_MAINTENANCE, "maintenance_above_initial", data=data, figures=figures)
    if price is None and account.equity(entry) >= account.shares * terms.maintenance.per_share(entry):
        return ended(call, Status.NOT_LIQUIDATABLE, "no_margin_call", figures=figures, working=steps)
    steps = (*steps, *_price_steps(account, terms, price))
    mark = said.number(arguments, "mark_price") or entry
    due = stock.call_amount(account, terms.maintenance, mark)
    if "mark_price" in arguments and sized:
        figures = (*figures, figure("margin_call_amount", due, MONEY))
        values = {"n": account.shares, "r": terms.maintenance.per_share(mark), "e": account.equity(mark)}
        steps = (*steps, step("margin_call_amount", "n r - e", values, due, MONEY)) if due else steps
    if due and price is not None:
        figures = (figure("margin_call_price", price, MONEY), *figures)
    if due:
        return ended(
            call, Status.BEYOND_MAINTENANCE, "margin_call_due", data={"price": mark}, figures=figures, working=steps
        )
    return moved(call, figures, steps)


def _shares(arguments: Arguments, entry: Decimal) -> Decimal | None:
    """How many shares: counted, or bought for so much money."""
    size = said.number(arguments, "size")
    if size is None:
        return None
    return size / entry if said.text(arguments, "size_unit") == SizeUnit.QUOTE else size


def _terms(arguments: Arguments, rules: Rules, side: Side, entry: Decimal, shares: Decimal | None) -> _Terms:
    """The rates said, else the minimums in force, each labelled."""
    day, book = rules.day(arguments), rules.rulebooks.credit.stocks[_US]
    initial, own = _initial(arguments, entry, shares), said.number(arguments, "maintenance_margin_rate")
    assumptions: list[Assumption] = []
    used = initial is None or own is None
    since: date | None = None
    maintenance = None if own is None else Maintenance(rate=own)
    if used:
        rule = book.rule_on(day)
        since = rule.effective_from
        if initial is None:
            initial = rule.initial_margin_rate
            assumptions.append(Assumption(code="initial_by_rule", data={"rate": initial}))
        if maintenance is None and side is Side.LONG:
            maintenance = Maintenance(rate=rule.long_maintenance_rate)
        elif maintenance is None:
            maintenance = Maintenance(rate=rule.short_maintenance_rate, floor=rule.short_floor)
        if own is None and maintenance is not None:
            assumptions.append(Assumption(code="maintenance_by_rule", data={"rate": maintenance.rate}))
    assert initial is not None and maintenance is not None  # said, or the rule's
    return _Terms(
        initial=initial,
        maintenance=maintenance,
        floor=None if own is None else next((rule.short_floor for rule in book.rules if rule.covers(day)), None),
        assumptions=(*assumptions, Assumption(code="call_not_liquidation")),
        sources=tuple(book.sources.values()),
        since=since,
    )


@exact
def _initial(arguments: Arguments, entry: Decimal, shares: Decimal | None) -> Decimal | None:
    """Own money / value at the trade: said, or what the loan, the deposit or the leverage make it."""
    rate = said.number(arguments, "initial_margin_rate")
    debt, deposit = said.number(arguments, "debt"), said.number(arguments, "collateral")
    leverage = said.number(arguments, "leverage")
    if rate is not None:
        return rate
    if debt is not None and shares is not None:
        return ONE - debt / (shares * entry)
    if deposit is not None and shares is not None:
        return deposit / (shares * entry)
    return None if leverage is None else ONE / leverage


def _account(arguments: Arguments, side: Side, entry: Decimal, shares: Decimal, terms: _Terms) -> ShareAccount:
    """The account, a loan grown by the interest that was said."""
    account = stock.opened(side=side, shares=shares, entry_price=entry, initial=terms.initial)
    rate, days = said.number(arguments, "annual_rate"), said.number(arguments, "horizon_days")
    if side is Side.SHORT or rate is None or days is None:
        return account
    return ShareAccount(side=side, shares=shares, entry_price=entry, money=account.money * growth(rate, days))


def _low_price(terms: _Terms, account: ShareAccount, price: Decimal | None) -> tuple[Assumption, ...]:
    """That US rules ask for more of a cheap short than the rate that was said."""
    if account.side is Side.LONG or terms.floor is None or price is None:
        return ()
    floor = terms.floor.at(price)
    return () if floor <= terms.maintenance.rate * price else (Assumption(code="cheap_short", data={"floor": floor}),)


def _money(
    account: ShareAccount, terms: _Terms, entry: Decimal, sized: bool
) -> tuple[tuple[Figure, ...], tuple[Step, ...]]:
    """Value and own money at the trade, and the loan or credit per share."""
    long = account.side is Side.LONG
    values = {"E": entry, "i": terms.initial}
    opened = entry * (ONE - terms.initial * account.side.sign)
    name, equation = ("loan_per_share", "E (1 - i)") if long else ("credit_per_share", "E (1 + i)")
    steps: tuple[Step, ...] = (step(name, equation, values, opened, MONEY),)
    if account.money != opened:
        grown = {"D": opened, "g": account.money / opened}
        steps = (*steps, step("debt_after_interest", "D g", grown, account.money, MONEY))
    if not sized:
        return (), steps
    value = account.shares * entry
    held = {"n": account.shares, "E": entry, "i": terms.initial}
    return (
        figure("notional", value, MONEY),
        figure("initial_margin", value * terms.initial, MONEY),
    ), (*steps, step("initial_margin", "n E i", held, value * terms.initial, MONEY))


def _price_steps(account: ShareAccount, terms: _Terms, price: Decimal | None) -> tuple[Step, ...]:
    """The equation of the call price."""
    if price is None:
        return ()
    values = {"C": account.money, "m": terms.maintenance.rate}
    if account.side is Side.LONG:
        return (step("margin_call_price", "C / (1 - m)", values, price, MONEY),)
    floor = terms.maintenance.floor
    asked = terms.maintenance.per_share(price)
    if floor is None or asked == terms.maintenance.rate * price:
        return (step("margin_call_price", "C / (1 + m)", values, price, MONEY),)
    return (step("margin_call_price", "C - f", {"C": account.money, "f": asked}, price, MONEY),)

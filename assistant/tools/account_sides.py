"""The prices of a whole cross account: on both sides, if only this coin moves and if all prices move together."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from assistant.errors import InputOutOfRange
from assistant.margin import buffer
from assistant.margin.account import moves
from assistant.margin.crossing import Crossing, crossing, table_end
from assistant.margin.quantities import ONE, exact
from assistant.tools import said
from assistant.tools.account import has_sums
from assistant.tools.account_working import crossing_steps
from assistant.tools.figures import HUNDRED, PERCENT, figure, gridded, tidy
from assistant.tools.trade import Trade
from assistant.values import Assumption, Figure, Side, Status, Step

TOGETHER = "all_together"
FARTHEST = HUNDRED
"""A side is told up to this multiple of the mark, or part of it: beyond it says nothing to anybody."""
_SIDES = {False: "below", True: "above"}
_MEANING = {
    "below": "the first price below the mark, the other coins standing still",
    "above": "the first price above the mark, the other coins standing still",
    TOGETHER: "if all prices move by the same factor: where this position loses, else on the other side",
    f"{TOGETHER}+below": "the first price below the mark if all prices move by the same factor",
    f"{TOGETHER}+above": "the first price above the mark if all prices move by the same factor",
}

FIGURES: Mapping[str, str] = {
    f"{name}@{variant}": f"Cross account with its other positions listed, {what}: {meaning}"
    for variant, meaning in _MEANING.items()
    for name, what in (("liquidation_price", "liquidation price"), ("distance_pct", "signed move to it in percent"))
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountSides:
    """What is told of an account beside the price of one position."""

    figures: tuple[Figure, ...] = ()
    steps: tuple[Step, ...] = ()
    assumptions: tuple[Assumption, ...] = ()


@exact
def account_sides(trade: Trade, *, shown: Decimal | None) -> AccountSides:
    """Both sides of an account whose other positions are listed; nothing for one without, or past its maintenance.

    `shown` is the price the answer gives already, with its working. A side without a price within a hundredfold, or
    none on file although the account gains there, is left out.
    """
    account = trade.account
    if account is None or len(account.holdings) == 1 or account.margin_balance <= account.requirement:
        return AccountSides()
    figures, steps, assumptions = _scenario(trade, moving=trade.market.coin, prefix="", shown=shown)
    if all(holding.symbol == trade.market.coin for holding in account.holdings):
        return AccountSides(figures=tuple(figures), steps=tuple(steps), assumptions=tuple(assumptions))
    if trade.mark_price is None or has_sums(trade.arguments):
        unknown = Assumption(code="all_together_unknown")
        return AccountSides(figures=tuple(figures), steps=tuple(steps), assumptions=(*assumptions, unknown))
    more_figures, more_steps, more = _scenario(trade, moving=None, prefix=TOGETHER, shown=None)
    return AccountSides(
        figures=(*figures, *more_figures), steps=(*steps, *more_steps), assumptions=(*assumptions, *more)
    )


def _scenario(
    trade: Trade, *, moving: str | None, prefix: str, shown: Decimal | None
) -> tuple[list[Figure], list[Step], list[Assumption]]:
    """Both sides of one scenario; with a prefix also the one that matters to the position, under the bare prefix."""
    figures, steps, assumptions = list[Figure](), list[Step](), list[Assumption]()
    losing, main = trade.side is Side.SHORT, list[Figure]()
    for rising in (losing, not losing):
        label = f"{prefix}+{_SIDES[rising]}" if prefix else _SIDES[rising]
        try:
            found = _found(trade, moving=moving, rising=rising)
        except InputOutOfRange as unknown:
            if unknown.data.get("reason") != "beyond_last_tier":
                raise
            if _matters(trade, moving=moving, rising=rising):
                assumptions.append(Assumption(code="side_beyond_last_tier", data={"variant": label}))
            continue
        if found.factor is None or not ONE / FARTHEST <= found.factor <= FARTHEST:
            continue
        price = price_at(trade, found)
        figures += _figures(trade, price, label)
        if prefix and not main:
            main = _figures(trade, price, prefix)
        if shown is None or tidy(price) != tidy(shown):
            steps += _fresh(crossing_steps(trade, found, moving=moving, name=f"liquidation_price@{label}"), steps)
    return [*main, *figures], steps, assumptions


def _fresh(lines: tuple[Step, ...], told: list[Step]) -> list[Step]:
    """The lines that do not stand there already, with the same equation and numbers."""
    known = {(line.equation, line.numbers) for line in told}
    return [line for line in lines if (line.equation, line.numbers) not in known]


def _matters(trade: Trade, *, moving: str | None, rising: bool) -> bool:
    """Whether a side on which the tables end is worth a word: the account loses there, or a leg does nearby."""
    account = trade.account
    assert account is not None  # looked at by account_sides
    worth, end = account.equity_curve(moving).slope, table_end(account, moving)
    directions = {holding.position.direction for holding in account.holdings if moves(holding, moving)}
    if (worth < 0) is (rising is trade.position.contract.follows_price):
        return True
    return len(directions) > 1 and end is not None and end[0] <= FARTHEST


def _found(trade: Trade, *, moving: str | None, rising: bool) -> Crossing:
    assert trade.account is not None  # looked at by account_sides
    return crossing(trade.account, moving=moving, rising=rising)


@exact
def price_at(trade: Trade, found: Crossing) -> Decimal:
    """The position's price at a crossing, on the venue's grid."""
    assert found.status is Status.OK and found.factor is not None
    price = found.factor * trade.reference_price
    return gridded(price, said.number(trade.arguments, "tick_size"), reference=trade.reference_price)


def _figures(trade: Trade, price: Decimal, label: str) -> list[Figure]:
    return [
        figure(f"liquidation_price@{label}", price, trade.market.quote),
        figure(f"distance_pct@{label}", buffer.distance(price, trade.reference_price) * HUNDRED, PERCENT),
    ]

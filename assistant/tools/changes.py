"""One change of a what-if, from its record: what it does to the position, and the lines of working that show it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from assistant.errors import InputOutOfRange
from assistant.margin import scenarios
from assistant.margin.quantities import ZERO, exact
from assistant.margin.request import PositionRequest
from assistant.margin.scenarios import Changed
from assistant.tools import said, sizing
from assistant.tools.figures import HUNDRED
from assistant.tools.market import Market
from assistant.tools.outcome import Gap, Refusal
from assistant.tools.working import step
from assistant.values import Arguments, Assumption, Side, Step


class ChangeKind(StrEnum):
    """What can be changed about a position that is open."""

    ADD_MARGIN = "add_margin"
    REMOVE_MARGIN = "remove_margin"
    WITHDRAW_PROFIT = "withdraw_profit"
    CHANGE_LEVERAGE = "change_leverage"
    ADD_SIZE = "add_size"
    CLOSE_PART = "close_part"
    FLIP = "flip"
    FUNDING = "funding"
    FEE = "fee"


class MarginOfPart(StrEnum):
    """Where the margin and the PnL of a closed part go."""

    KEPT = "kept"
    RELEASED = "released"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change that was asked for, at a price."""

    kind: ChangeKind
    record: Arguments
    price: Decimal | None
    """Where it happens: its own price, else the mark."""
    place: Market

    def number(self, name: str) -> Decimal:
        """A number the change cannot do without; Gap `changes` where it is missing."""
        value = said.number(self.record, name)
        if value is None:
            raise Gap("changes")
        return value

    @property
    def at(self) -> Decimal:
        """The price it happens at; Gap `mark_price` where neither it nor the position names one."""
        if self.price is None:
            raise Gap("mark_price")
        return self.price

    @property
    def fee_rate(self) -> Decimal:
        """The trading fee of the change, a fraction; 0 where none was said."""
        return said.number(self.record, "fee_rate") or ZERO


def change_of(record: Arguments, place: Market, *, mark: Decimal | None) -> Change:
    """The change a record describes; Gap `changes` where it does not say which."""
    kind = said.text(record, "change")
    if kind is None:
        raise Gap("changes")
    return Change(kind=ChangeKind(kind), record=record, price=said.number(record, "price") or mark, place=place)


@exact
def apply(change: Change, request: PositionRequest) -> Changed:
    """The position after the change; Gap, Refusal or InputOutOfRange where it cannot be made."""
    return _DOES[change.kind](change, request)


def _add_margin(change: Change, request: PositionRequest) -> Changed:
    return scenarios.with_margin(request, _amount(change))


def _remove_margin(change: Change, request: PositionRequest) -> Changed:
    return scenarios.with_margin(request, -_amount(change))


def _withdraw(change: Change, request: PositionRequest) -> Changed:
    """No more than has been won at the price."""
    won = request.position().unrealized_pnl(change.at)
    amount = said.number(change.record, "amount") or won
    if won <= 0 or amount > won:
        raise Refusal("no_profit_to_withdraw", amount=amount, unrealized_pnl=won, price=change.at)
    return scenarios.with_margin(request, -amount)


def _change_leverage(change: Change, request: PositionRequest) -> Changed:
    return scenarios.with_leverage(request, change.number("leverage"))


def _add_size(change: Change, request: PositionRequest) -> Changed:
    margin = said.number(change.record, "amount")
    return scenarios.enlarged(
        request, size=_size(change, request), price=change.at, margin=margin, fee_rate=change.fee_rate
    )


def _close_part(change: Change, request: PositionRequest) -> Changed:
    release = said.text(change.record, "margin") != MarginOfPart.KEPT
    return scenarios.reduced(
        request, size=_size(change, request), price=change.at, release=release, fee_rate=change.fee_rate
    )


def _flip(change: Change, request: PositionRequest) -> Changed:
    return scenarios.flipped(request, price=change.at, fee_rate=change.fee_rate)


def _funding(change: Change, request: PositionRequest) -> Changed:
    periods = said.number(change.record, "periods")
    return scenarios.after_funding(
        request,
        rate=change.number("rate"),
        periods=Decimal(1) if periods is None else periods,
        price=change.price or request.entry_price,
    )


def _fee(change: Change, request: PositionRequest) -> Changed:
    return scenarios.after_fee(request, rate=change.number("fee_rate"), price=change.price or request.entry_price)


_DOES: Mapping[ChangeKind, Callable[[Change, PositionRequest], Changed]] = {
    ChangeKind.ADD_MARGIN: _add_margin,
    ChangeKind.REMOVE_MARGIN: _remove_margin,
    ChangeKind.WITHDRAW_PROFIT: _withdraw,
    ChangeKind.CHANGE_LEVERAGE: _change_leverage,
    ChangeKind.ADD_SIZE: _add_size,
    ChangeKind.CLOSE_PART: _close_part,
    ChangeKind.FLIP: _flip,
    ChangeKind.FUNDING: _funding,
    ChangeKind.FEE: _fee,
}


def _amount(change: Change) -> Decimal:
    """An amount of money above zero."""
    amount = change.number("amount")
    if amount <= 0:
        raise InputOutOfRange(argument="amount", reason="not_positive", value=amount, bound=ZERO)
    return amount


def _size(change: Change, request: PositionRequest) -> Decimal:
    """The part meant, in the contract's own unit: a size, or a share of the position in percent."""
    share = said.number(change.record, "share_pct")
    if share is not None:
        return request.position().size * share / HUNDRED
    size = sizing.size_of(change.record, contract=change.place.contract, entry_price=change.at)
    if size is None:
        raise Gap("changes")
    return size


def restated(change: Change, before: PositionRequest, changed: Changed) -> Assumption:
    """What was understood of a change, to be said back: how much of what, and at which price."""
    held, after = before.position(), changed.request.position()
    data: dict[str, str | Decimal | date] = {"money": change.place.money, "unit": change.place.coin}
    for name in ("amount", "leverage", "periods", "rate", "fee_rate"):
        if (value := said.number(change.record, name)) is not None:
            data[name] = value
    if change.price is not None:
        data["price"] = change.price
    if held.size != after.size:
        part = replace(held, size=abs(held.size - after.size))
        data |= {"size": part.base_size(change.at), "left": after.base_size(change.at)}
    return Assumption(code=_RESTATED[change.kind], data=data)


_RESTATED = {
    ChangeKind.ADD_MARGIN: "change_adds_margin",
    ChangeKind.REMOVE_MARGIN: "change_removes_margin",
    ChangeKind.WITHDRAW_PROFIT: "change_withdraws_profit",
    ChangeKind.CHANGE_LEVERAGE: "change_of_leverage",
    ChangeKind.ADD_SIZE: "change_adds_size",
    ChangeKind.CLOSE_PART: "change_closes_part",
    ChangeKind.FLIP: "change_flips",
    ChangeKind.FUNDING: "change_pays_funding",
    ChangeKind.FEE: "change_pays_fee",
}


@exact
def steps_of(change: Change, before: PositionRequest, changed: Changed) -> tuple[Step, ...]:
    """The lines that show what the change moved: averaged entry, realized PnL, fee, funding, money to the wallet."""
    place, after = change.place, changed.request
    linear, letter = place.contract.follows_price, "q" if place.contract.follows_price else "Q"
    held = before.position()
    part = abs(after.position().size - held.size)
    steps: list[Step] = []
    if change.kind is ChangeKind.ADD_SIZE:
        values = {letter: held.size, "a": part, "E": held.entry_price, "P": change.at}
        equation = "(q E + a P) / (q + a)" if linear else "(Q + a) / (Q / E + a / P)"
        steps.append(step("new_entry_price", equation, values, after.entry_price, place.quote))
    if change.kind in (ChangeKind.CLOSE_PART, ChangeKind.FLIP):
        size = part if change.kind is ChangeKind.CLOSE_PART else held.size
        values = {"a": size, "E": held.entry_price, "P": change.at}
        high, low = ("P", "E") if held.side is Side.LONG else ("E", "P")
        equation = f"a ({high} - {low})" if linear else f"a (1 / {low} - 1 / {high})"
        steps.append(step("realized_pnl", equation, values, changed.realized_pnl, place.money))
    if change.kind is ChangeKind.FUNDING:
        periods = said.number(change.record, "periods")
        values = {"r": change.number("rate"), "n": Decimal(1) if periods is None else periods}
        values |= {letter: held.size, "P": change.price or held.entry_price}
        value = "q P" if linear else "Q / P"
        sign = "" if held.side is Side.LONG else "(0 - 1) "
        steps.append(step("funding_cost", f"{sign}r n {value}", values, changed.fee, place.money))
    elif changed.fee:
        steps.append(step("fees_paid", "F", {"F": changed.fee}, changed.fee, place.money))
    if changed.to_wallet:
        steps.append(step("released_margin", "W", {"W": changed.to_wallet}, changed.to_wallet, place.money))
    return tuple(steps)

"""The ways to say where a stop shall stand, and the price each of them means."""

from dataclasses import dataclass
from decimal import Decimal

from assistant.margin.position import Position
from assistant.margin.quantities import ONE, exact
from assistant.tools import budget, said
from assistant.tools.figures import tidy
from assistant.tools.gaps import contract_gaps, isolated_gaps
from assistant.tools.market import Market
from assistant.tools.outcome import Refusal
from assistant.tools.working import step
from assistant.values import Arguments, Side, Step

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a stop can be placed by; a part is None where nobody said it."""

    arguments: Arguments
    market: Market
    side: Side
    liquidation: Decimal | None
    """Liquidation price, computed or stated."""
    margin_share: Decimal | None
    """Margin / notional at entry."""
    position: Position | None
    """The position, where entry and size are known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A stop price and how it was found."""

    price: Decimal
    steps: tuple[Step, ...]


def method_of(arguments: Arguments) -> str | None:
    """The way the stop is to be found: the argument that says it, or None where none does."""
    if "risk_amount" in arguments or "risk_pct" in arguments:
        return "risk_amount"
    names = ("riskpct_of_margin", "stop_above_liq_pct", "stop_distance_pct", "stop_price")
    return next((name for name in names if name in arguments), None)


def gaps_of_method(method: str, arguments: Arguments, place: Market, position_gaps: tuple[str, ...]) -> list[str]:
    """What a way lacks; `position_gaps` is what the liquidation price lacks."""
    opened = [name for name in ("side", "entry_price") if name not in arguments]
    match method:
        case "risk_amount":
            sized = "size" in arguments or said.has(arguments, "collateral", "leverage")
            size = list(contract_gaps(arguments, place)) if sized else ["size"]
            return [*opened, *size, *budget.gaps(arguments)]
        case "riskpct_of_margin":
            return [*opened, *isolated_gaps(arguments)]
        case "stop_distance_pct":
            return opened
    return [] if "stated_liquidation_price" in arguments else list(position_gaps)


@exact
def stop_of(method: str, known: Known) -> Stop:
    """The stop of a way whose gaps are filled; Refusal where the money at risk is more than can be lost."""
    entry = said.number(known.arguments, "entry_price")
    if method == "stop_price":
        price = said.number(known.arguments, "stop_price")
        assert price is not None  # the method is named by it
        if entry is None:
            return Stop(price=price, steps=())
        move = (price / entry - 1) * HUNDRED
        return Stop(price=price, steps=(step("stop_distance", "100 (S - E) / E", {"S": price, "E": entry}, move, "%"),))
    if method == "stop_above_liq_pct":
        return _before_liquidation(known)
    assert entry is not None  # a gap otherwise
    if method == "risk_amount":
        return _by_money(known, entry)
    if method == "riskpct_of_margin":
        return _by_margin(known, entry)
    percent = said.number(known.arguments, "stop_distance_pct")
    assert percent is not None  # the method is named by it
    price = entry * (1 - known.side.sign * percent / HUNDRED)
    equation = f"E (1 {_away(known.side)} x / 100)"
    return Stop(price=price, steps=(_line(equation, {"E": entry, "x": percent}, price, known),))


def _by_money(known: Known, entry: Decimal) -> Stop:
    """Linear E - s R / q; inverse 1 / (1 / E + s R / Q)."""
    risk = budget.amount(known.arguments)
    assert risk is not None  # gaps_of_method
    assert known.position is not None
    size, contract = known.position.size, known.position.contract
    steps = budget.steps(known.arguments, risk, known.market.money)
    if contract.follows_price:
        price = entry - known.side.sign * risk / size
        equation, values = f"E {_away(known.side)} R / q", {"E": entry, "R": risk, "q": size}
        limit = size * entry
    else:
        turned = ONE / entry + known.side.sign * risk / size
        price = ONE / turned if turned > 0 else Decimal(0)
        sign = "+" if known.side is Side.LONG else "-"
        equation, values = f"1 / (1 / E {sign} R / Q)", {"E": entry, "R": risk, "Q": size}
        limit = size / entry
    if price <= 0:
        raise Refusal("risk_above_position", risk_amount=risk, notional=tidy(limit))
    return Stop(price=price, steps=(*steps, _line(equation, values, price, known)))


def _by_margin(known: Known, entry: Decimal) -> Stop:
    """Linear E (1 - s p M / N); inverse E / (1 + s p M / N), with M / N = 1 / L where nothing was added."""
    percent, share = said.number(known.arguments, "riskpct_of_margin"), known.margin_share
    assert percent is not None  # the method is named by it
    assert share is not None  # gaps_of_method
    lost = known.side.sign * percent / HUNDRED * share
    values = {"E": entry, "p": percent, "L": ONE / share}
    if known.market.contract.follows_price:
        price, equation = entry * (1 - lost), f"E (1 {_away(known.side)} p / (100 L))"
    else:
        sign = "+" if known.side is Side.LONG else "-"
        price, equation = entry / (1 + lost), f"E / (1 {sign} p / (100 L))"
    return Stop(price=price, steps=(_line(equation, values, price, known),))


def _before_liquidation(known: Known) -> Stop:
    """P_liq (1 + s x): above a long's liquidation price, below a short's."""
    percent, liquidation = said.number(known.arguments, "stop_above_liq_pct"), known.liquidation
    assert percent is not None  # the method is named by it
    assert liquidation is not None  # gaps_of_method
    price = liquidation * (1 + known.side.sign * percent / HUNDRED)
    sign = "+" if known.side is Side.LONG else "-"
    values = {"P": liquidation, "x": percent}
    return Stop(price=price, steps=(_line(f"P (1 {sign} x / 100)", values, price, known),))


@exact
def warning_of(known: Known, percent: Decimal, liquidation: Decimal) -> Stop:
    """The mark at which liquidation is `percent` of the mark away: long P / (1 - x), short P / (1 + x)."""
    price = liquidation / (1 - known.side.sign * percent / HUNDRED)
    equation, values = f"P / (1 {_away(known.side)} x / 100)", {"P": liquidation, "x": percent}
    return Stop(price=price, steps=(step("warning_price", equation, values, price, known.market.quote),))


@exact
def outcome_of(position: Position, price: Decimal, unit: str) -> Step:
    """What closing at a price loses, or brings in: linear q (E - S) for a long's loss, inverse Q (1 / S - 1 / E)."""
    result = position.unrealized_pnl(price)
    name, amount = ("loss", -result) if result <= 0 else ("profit", result)
    high, low = ("E", "S") if position.entry_price >= price else ("S", "E")
    linear = position.contract.follows_price
    equation = f"q ({high} - {low})" if linear else f"Q (1 / {low} - 1 / {high})"
    values = {"q" if linear else "Q": position.size, "E": position.entry_price, "S": price}
    return step(name, equation, values, amount, unit)


def _away(side: Side) -> str:
    """The sign towards liquidation."""
    return "-" if side is Side.LONG else "+"


def _line(equation: str, values: dict[str, Decimal], price: Decimal, known: Known) -> Step:
    """The line of the stop price."""
    return step("stop_price", equation, values, price, known.market.quote)

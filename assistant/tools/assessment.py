"""Everything known about one position, as a result: figures, working, assumptions, sources."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from assistant.errors import InputOutOfRange
from assistant.margin import buffer
from assistant.margin.bankruptcy import bankruptcy_price
from assistant.margin.display import displayed, on_value_step
from assistant.margin.liquidation import Liquidation
from assistant.margin.quantities import exact
from assistant.margin.rulebook import Display
from assistant.tools import said
from assistant.tools.derivation import backing_steps, price_steps
from assistant.tools.figures import HUNDRED, PERCENT, RATIO, TIMES, figure, on_grid, tidy
from assistant.tools.trade import Trade
from assistant.tools.working import step
from assistant.values import Assumption, Contract, Figure, Result, Side, Status, Step


@exact
def assess(tool: str, trade: Trade) -> Result:
    """The result of one position; only status ok carries a price and a distance."""
    liquidation = trade.liquidation()
    price = price_shown(trade, liquidation)
    figures, steps = list[Figure](), [*backing_steps(trade), *price_steps(trade, liquidation)]
    assumptions = trade.assumptions
    if price is not None:
        figures += [*price_figures(trade, price), *_displayed(trade, liquidation)]
        steps.append(distance_step(trade, price))
        assumptions = (*assumptions, reference_assumption(trade))
    else:
        assumptions = (*assumptions, *_shown_as_none(trade, liquidation))
    figures += [*ratio_figures(trade, liquidation), *money_figures(trade)]
    steps += [*_bankruptcy_steps(trade), *_mark_steps(trade)]
    return finish(
        tool,
        trade,
        status=liquidation.status,
        code=None if liquidation.status is Status.OK else (liquidation.reason or liquidation.status.value),
        data={} if liquidation.status is Status.OK else {"side": trade.side.value, "price": trade.reference_price},
        figures=tuple(figures),
        working=tuple(steps),
        assumptions=assumptions,
    )


def finish(
    tool: str,
    trade: Trade,
    *,
    status: Status = Status.OK,
    code: str | None = None,
    data: Mapping[str, str | Decimal | date] | None = None,
    figures: tuple[Figure, ...] = (),
    working: tuple[Step, ...] = (),
    assumptions: tuple[Assumption, ...] = (),
) -> Result:
    """A result with the trade's arguments, sources and dates."""
    return Result(
        tool=tool,
        arguments=trade.arguments,
        status=status,
        code=code,
        data=data or {},
        figures=figures,
        working=working,
        assumptions=tuple(map(tidied, assumptions)),
        sources=trade.grounds.sources,
        rules_as_of=trade.rules_as_of,
        rulebook=trade.market.rulebook.id,
    )


def tidied(assumption: Assumption) -> Assumption:
    """The assumption with its numbers to ten digits."""
    data = {name: tidy(value) if isinstance(value, Decimal) else value for name, value in assumption.data.items()}
    return Assumption(code=assumption.code, data=data)


@exact
def price_shown(trade: Trade, liquidation: Liquidation) -> Decimal | None:
    """The liquidation price on the venue's grid; InputOutOfRange for a step so coarse that it passes the start."""
    if liquidation.price is None:
        return None
    tick = said.number(trade.arguments, "tick_size")
    price = on_grid(liquidation.price, tick, trade.side)
    if tick is not None and (price <= 0 or (trade.reference_price - price) * trade.side.sign <= 0):
        raise InputOutOfRange(argument="tick_size", reason="too_large", value=tick, bound=liquidation.price)
    return price


@exact
def price_figures(trade: Trade, price: Decimal, *, name: str = "liquidation_price") -> list[Figure]:
    """The price and how far it is away."""
    reference = trade.reference_price
    return [
        figure(name, price, trade.market.quote),
        figure("distance_pct", buffer.distance(price, reference) * HUNDRED, PERCENT),
        figure("distance_abs", abs(price - reference), trade.market.quote),
    ]


def _displayed(trade: Trade, liquidation: Liquidation) -> list[Figure]:
    """What the venue itself would show, where its grid and its rounding are on file."""
    place, book = trade.market, trade.market.rulebook
    tick = None if place.symbol_is_assumed else book.tick_on(place.symbol, place.day)
    if tick is None or book.display is None or liquidation.price is None:
        return []
    mode, price = trade.request.margin_mode, _on_value_step(trade, liquidation.price, book.display)
    if price is None:
        return []
    shown = displayed(price, book.display, tick=tick.size, side=trade.side, margin_mode=mode)
    return [figure("venue_display", shown, place.quote)]


def _on_value_step(trade: Trade, price: Decimal, display: Display) -> Decimal | None:
    """The price after the venue rounded the value of a contract, where it does; None where that size is not on file."""
    if display.value_step is None:
        return price
    held = trade.market.rulebook.contract_size_on(trade.market.symbol, trade.market.day)
    return None if held is None else on_value_step(price, replace(trade.position, size=held.size), display.value_step)


def _shown_as_none(trade: Trade, liquidation: Liquidation) -> list[Assumption]:
    """How the venue spells a position without a liquidation price, where that is known."""
    book = trade.market.rulebook
    if book.display is None or liquidation.status is not Status.NOT_LIQUIDATABLE:
        return []
    return [Assumption(code="venue_shows_none", data={"venue": book.name, "text": book.display.none})]


def reference_assumption(trade: Trade) -> Assumption:
    """Which price the distance is measured from."""
    if trade.mark_price is None:
        return Assumption(code="distance_from_entry")
    return Assumption(code="distance_from_mark", data={"price": trade.mark_price})


@exact
def ratio_figures(trade: Trade, liquidation: Liquidation) -> list[Figure]:
    """What needs no size: bankruptcy price, maintenance rate, effective leverage."""
    position, balance = trade.position, account_balance(trade)
    bankruptcy = bankruptcy_price(position, margin_at_entry(trade), coins=trade.terms.coin_margin)
    leverage = buffer.effective_leverage(position, balance, trade.reference_price)
    figures = [figure("maintenance_margin_rate", liquidation.tier.rate, RATIO)]
    if bankruptcy is not None:
        figures.insert(0, figure("bankruptcy_price", bankruptcy, trade.market.quote))
    if leverage is not None:
        figures.append(figure("effective_leverage", leverage, TIMES))
    return figures


@exact
def money_figures(trade: Trade) -> list[Figure]:
    """Amounts, where a size is known; with a mark also what has been won and what is left."""
    position, terms, money = trade.position, trade.terms, trade.market.money
    reference, others = trade.reference_price, trade.request.other_maintenance_margin
    figures: list[Figure] = []
    if trade.is_sized:
        initial = trade.initial_margin
        figures.append(figure("notional", position.notional(position.entry_price), money))
        if initial is not None:
            figures.append(figure("initial_margin", initial, money))
        figures += [
            figure("maintenance_margin", buffer.maintenance_at(position, terms, reference), money),
            *_size_figures(trade),
            figure("margin_balance", account_balance(trade), money),
        ]
    if trade.mark_price is None:
        return figures
    balance = account_balance(trade)
    if trade.is_sized:
        figures.append(figure("unrealized_pnl", position.unrealized_pnl(reference), money))
        figures.append(figure("margin_buffer", buffer.margin_buffer(position, terms, reference), money))
    if balance > 0:
        ratio = (buffer.requirement_at(position, terms, reference) + others) / balance
        figures.append(figure("margin_ratio_pct", ratio * HUNDRED, PERCENT))
    return figures


def _size_figures(trade: Trade) -> list[Figure]:
    """The size in coins and in quote currency; a quanto contract pays neither."""
    position = trade.position
    if position.contract is Contract.QUANTO:
        return []
    return [
        figure("position_size_base", position.base_size(position.entry_price), trade.market.coin),
        figure("position_size_quote", position.quote_notional(position.entry_price), trade.market.quote),
    ]


@exact
def margin_at_entry(trade: Trade) -> Decimal:
    """What can be lost of money: the position's margin; in cross all of the account, others' maintenance included."""
    return trade.terms.margin + trade.request.other_maintenance_margin


@exact
def account_balance(trade: Trade) -> Decimal:
    """Margin balance at the reference price; in cross that of the whole account."""
    price = trade.reference_price
    return margin_at_entry(trade) + trade.terms.coin_margin * price + trade.position.unrealized_pnl(price)


@exact
def distance_step(trade: Trade, price: Decimal) -> Step:
    """The move to liquidation in percent of the reference."""
    letter = "E" if trade.mark_price is None else "mark"
    value = buffer.distance(price, trade.reference_price) * HUNDRED
    values = {"P": price, letter: trade.reference_price}
    return step("distance", f"100 (P - {letter}) / {letter}", values, value, PERCENT)


def _bankruptcy_steps(trade: Trade) -> list[Step]:
    """Where nothing of the margin is left."""
    position, margin = trade.position, margin_at_entry(trade)
    coins = trade.terms.coin_margin
    bankruptcy = bankruptcy_price(position, margin, coins=coins)
    if bankruptcy is None or not trade.is_sized:
        return []
    sign = "-" if position.direction > 0 else "+"
    linear = position.contract.follows_price
    equation = f"E {sign} M / q" if linear else f"Q / (Q / E {sign} M)"
    values = {"E": position.entry_price, "M": margin, ("q" if linear else "Q"): position.size, "C": coins}
    if coins:
        equation = f"(q E {sign} M) / (q {'+' if sign == '-' else '-'} C)"
    return [step("bankruptcy_price", equation, values, bankruptcy, trade.market.quote)]


def _mark_steps(trade: Trade) -> list[Step]:
    """What the position has won or lost at the mark, and what is left."""
    if trade.mark_price is None or not trade.is_sized:
        return []
    position, terms, money = trade.position, trade.terms, trade.market.money
    mark, entry, size = trade.mark_price, position.entry_price, position.size
    linear, long = position.contract.follows_price, trade.side is Side.LONG
    if linear:
        equation, values = ("q (mark - E)" if long else "q (E - mark)"), {"q": size, "mark": mark, "E": entry}
    else:
        equation = "Q (1 / E - 1 / mark)" if long else "Q (1 / mark - 1 / E)"
        values = {"Q": size, "mark": mark, "E": entry}
    pnl, balance = position.unrealized_pnl(mark), account_balance(trade)
    required = buffer.requirement_at(position, terms, mark) + trade.request.other_maintenance_margin
    held, backing = {"M": margin_at_entry(trade), "PnL": pnl}, "M + PnL"
    if terms.coin_margin:
        held, backing = {**held, "C": terms.coin_margin, "mark": mark}, "M + C mark + PnL"
    steps = [
        step("unrealized_pnl", equation, values, pnl, money),
        step("margin_balance", backing, held, balance, money),
        step("margin_buffer", "B - R", {"B": balance, "R": required}, balance - required, money),
    ]
    if balance > 0:
        ratio = required / balance * HUNDRED
        steps.append(step("margin_ratio", "100 R / B", {"R": required, "B": balance}, tidy(ratio), PERCENT))
    return steps

"""How large a position is for a risk budget and a stop, for a margin and a leverage, or which margin a size needs."""

from dataclasses import replace
from decimal import Decimal

from assistant.margin.quantities import exact
from assistant.tools import budget, market, said
from assistant.tools.arguments import POSITION
from assistant.tools.assessment import finish, price_figures, price_shown, reference_assumption
from assistant.tools.derivation import price_steps
from assistant.tools.figures import TIMES, figure, tidy
from assistant.tools.found_size import FoundSize, from_budget, from_margin, from_size
from assistant.tools.gaps import gaps_of
from assistant.tools.market import Market
from assistant.tools.outcome import Refusal
from assistant.tools.rules import Rules
from assistant.tools.tool import Tool
from assistant.tools.trade import describe
from assistant.values import Arguments, ArgumentValue, Assumption, Contract, Figure, Result, Side, SizeUnit, Status

NAME = "position_size"
_BUDGET = ("risk_amount", "risk_pct", "stop_price", "stop_distance_pct")
_REPLACED = frozenset({*_BUDGET, "size", "size_unit", "contract_size", "collateral"})
"""What the size found stands in for."""


@exact
def compute(arguments: Arguments, rules: Rules) -> Result:
    """The size and the margin it needs, and where side, entry and leverage are known, its liquidation price."""
    place = market.choose(arguments, rules)
    if place.contract is Contract.QUANTO:
        raise Refusal("quanto_counts_contracts", size_unit=SizeUnit.BASE.value)
    if any(name in arguments for name in _BUDGET):
        found = from_budget(arguments, place)
    elif said.has(arguments, "collateral", "leverage") and "size" not in arguments:
        found = from_margin(arguments, place)
    else:
        found = from_size(arguments, place)
    figures, value = list[Figure](), found.value(place.contract)
    if found.base is not None:
        figures.append(figure("position_size_base", found.base, place.coin))
    if found.quote is not None:
        figures.append(figure("position_size_quote", found.quote, place.quote))
    if value is not None:
        figures.append(figure("notional", value, place.money))
    caveats: list[Assumption] = []
    if found.margin is not None:
        figures.append(figure("initial_margin", found.margin, place.money))
        caveats += _margin_caveats(arguments, found.margin)
    if value is not None and found.margin is not None and "leverage" not in arguments:
        figures.append(figure("effective_leverage", value / found.margin, TIMES))
    result = Result(
        tool=NAME,
        arguments=arguments,
        status=Status.OK,
        figures=tuple(figures),
        working=found.steps,
        assumptions=(*found.assumptions, *caveats),
    )
    return _with_liquidation(result, found, arguments, place, rules)


def _margin_caveats(arguments: Arguments, margin: Decimal) -> list[Assumption]:
    """A word where the margin is more than the wallet holds."""
    balance = said.number(arguments, "wallet_balance")
    if balance is None or margin <= balance:
        return []
    data = {"initial_margin": tidy(margin), "wallet_balance": balance}
    return [Assumption(code="margin_above_balance", data=data)]


def _with_liquidation(result: Result, found: FoundSize, arguments: Arguments, place: Market, rules: Rules) -> Result:
    """The result with the liquidation price of the size found, where all it needs is known."""
    alone = replace(result, assumptions=(*place.currency_assumptions, *result.assumptions))
    if found.quote is None or found.base is None or (found.side is None and place.is_generic):
        return alone
    linear = place.contract.follows_price
    kept: dict[str, ArgumentValue] = {
        **{name: value for name, value in arguments.items() if name not in _REPLACED},
        "side": (found.side or Side.LONG).value,
        "size": found.base if linear else found.quote,
        "size_unit": (SizeUnit.BASE if linear else SizeUnit.QUOTE).value,
    }
    if found.margin is not None and "leverage" not in arguments:
        kept["collateral"] = found.margin
    if gaps_of(kept, place):
        return alone
    trade = describe(kept, rules)
    if found.side is None:
        return alone
    liquidation = trade.liquidation()
    price = price_shown(trade, liquidation)
    figures, steps = result.figures, result.working
    assumptions = [*trade.assumptions, *result.assumptions]
    if price is None:
        code = liquidation.reason or liquidation.status.value
        assumptions.append(Assumption(code="no_price", data={"code": code}))
    else:
        figures = (*figures, *price_figures(trade, price))
        steps = (*steps, *price_steps(trade, liquidation))
        assumptions += [*_stop_caveats(arguments, found.side, price), reference_assumption(trade)]
    defaults = {name: value for name, value in trade.arguments.items() if name not in kept}
    grounded = finish(NAME, trade, figures=figures, working=steps, assumptions=tuple(assumptions))
    return replace(grounded, arguments={**defaults, **arguments})


def _stop_caveats(arguments: Arguments, side: Side, liquidation: Decimal) -> list[Assumption]:
    """A word where the stop lies beyond the liquidation price and would never trigger."""
    stop = said.number(arguments, "stop_price")
    if stop is None or budget.is_before_liquidation(side, stop=stop, liquidation=liquidation):
        return []
    data = {"stop_price": stop, "liquidation_price": tidy(liquidation)}
    return [Assumption(code="stop_beyond_liquidation", data=data)]


TOOL = Tool(
    name=NAME,
    doc="The size for a risk budget and a stop, or for margin and leverage; or the margin that a size needs.",
    arguments=(*POSITION, *_BUDGET),
    figures={
        "position_size_base": "Size in coins, where the entry is known",
        "position_size_quote": "Size in quote currency",
        "notional": "Value of the position at entry, settlement currency",
        "initial_margin": "Margin it needs at the leverage said, settlement currency",
        "effective_leverage": "Notional / margin, where no leverage was said",
        "liquidation_price": "Its liquidation price, where side, entry and leverage are known",
        "distance_pct": "Signed move to it in percent of the mark price, else of entry",
        "distance_abs": "The same move in the price's currency, without sign",
    },
    example={
        "wallet_balance": "3000",
        "risk_pct": "1.5",
        "side": "long",
        "symbol": "SOL",
        "entry_price": "150",
        "stop_price": "144",
    },
    compute=compute,
)

"""The maintenance tiers a venue applies to a coin on a date: edges, rates, amounts, leverage caps."""

from decimal import Decimal
from itertools import pairwise

from assistant.margin.maintenance import Joins, Tier, TierBasis, TierTable
from assistant.margin.quantities import exact
from assistant.margin.rulebook import TierBlock
from assistant.tools import market, said
from assistant.tools.age import age_assumption
from assistant.tools.figures import RATIO, TIMES, figure
from assistant.tools.market import Market
from assistant.tools.outcome import Gap, Refusal
from assistant.tools.rules import Rules
from assistant.tools.tool import Tool
from assistant.tools.working import step
from assistant.values import Arguments, Assumption, Figure, Result, Status, Step

NAME = "maintenance_tiers"
_EDGES = {
    TierBasis.QUOTE_NOTIONAL: Assumption(code="edges_count_value"),
    TierBasis.BASE_NOTIONAL: Assumption(code="edges_count_coins_worth"),
    TierBasis.BASE_SIZE: Assumption(code="edges_count_coins"),
}


@exact
def compute(arguments: Arguments, rules: Rules) -> Result:
    """Every tier as a variant, `maintenance_margin_rate@1` the lowest; Gap for a venue or coin nobody named."""
    missing = [name for name in ("venue", "symbol") if name not in arguments]
    if missing:
        raise Gap(*missing)
    place = market.choose(arguments, rules)
    book = place.rulebook
    rule = book.rule_on(place.day)
    listing = book.listing_on(place.symbol, place.day, said.number(arguments, "leverage"))
    if listing is None:
        raise Refusal("symbol_not_listed", symbol=place.symbol, venue=book.name)
    block, table = listing
    figures = [one for number, tier in enumerate(table.tiers, 1) for one in _tier(tier, number, table.basis, place)]
    if rule.taker_fee_rate is not None:
        figures.append(figure("taker_fee_rate", rule.taker_fee_rate, RATIO))
    identities = dict.fromkeys((*rule.sources, *block.sources))
    return Result(
        tool=NAME,
        arguments={"contract": place.contract.value, "as_of": place.day, **arguments},
        status=Status.OK,
        figures=(*figures, *_market_figures(place)),
        working=_working(table, place.money),
        assumptions=_assumptions(place, block, table.basis),
        sources=tuple(book.sources[identity] for identity in identities),
        rules_as_of=max(rule.effective_from, block.effective_from),
        rulebook=book.id,
    )


def _tier(tier: Tier, number: int, basis: TierBasis, place: Market) -> list[Figure]:
    """One tier; the edges in the unit the venue counts them in."""
    unit = place.quote if basis is TierBasis.QUOTE_NOTIONAL else place.coin
    found: list[tuple[str, Decimal | None, str]] = [
        ("tier_floor", tier.floor, unit),
        ("tier_cap", tier.cap, unit),
        ("maintenance_margin_rate", tier.rate, RATIO),
        ("maintenance_amount", tier.amount, place.money),
        ("leverage_cap", tier.max_leverage, TIMES),
    ]
    return [figure(f"{name}@{number}", value, at) for name, value, at in found if value is not None]


def _working(table: TierTable, unit: str) -> tuple[Step, ...]:
    """How each amount follows from the tier below, D_n = D_(n-1) + floor_n (m_n - m_(n-1)), else the rates."""
    if table.joins is Joins.STEPPED or len(table.tiers) == 1:
        return tuple(step("maintenance_margin_rate", "m", {"m": tier.rate}, tier.rate, RATIO) for tier in table.tiers)
    return tuple(
        step(
            "maintenance_amount",
            "d + b (m - n)",
            {"d": below.amount, "b": tier.floor, "m": tier.rate, "n": below.rate},
            tier.amount,
            unit,
        )
        for below, tier in pairwise(table.tiers)
    )


def _market_figures(place: Market) -> list[Figure]:
    """What a contract holds and the step of the price, where they are on file."""
    book, figures = place.rulebook, list[Figure]()
    if (held := book.contract_size_on(place.symbol, place.day)) is not None:
        figures.append(figure("contract_size", held.size, place.coin if place.contract.follows_price else place.quote))
    if (tick := book.tick_on(place.symbol, place.day)) is not None:
        figures.append(figure("price_tick", tick.size, place.quote))
    return figures


def _assumptions(place: Market, block: TierBlock, basis: TierBasis) -> tuple[Assumption, ...]:
    """What the edges count, which snapshot this is, and where it ends."""
    found = [_EDGES[basis]]
    if block.leverage is not None:
        found.append(Assumption(code="tiers_of_leverage", data={"leverage": block.leverage}))
    table = place.rulebook.tiers_on(place.symbol, place.day, block.leverage)
    if table is not None and table.tiers[-1].cap is not None:
        found.append(Assumption(code="tiers_end", data={"venue": place.rulebook.name}))
    if table is not None and table.tiers[0].growth:
        found.append(Assumption(code="rate_grows", data={"growth": table.tiers[0].growth, "coin": place.coin}))
    return (*place.currency_assumptions, *found, *age_assumption(place, block.ages_from))


TOOL = Tool(
    name=NAME,
    doc="The maintenance margin tiers of a coin at a venue on a date, lowest first, with leverage caps and sources.",
    arguments=("venue", "symbol", "contract", "leverage", "as_of"),
    figures={
        f"{name}@": meaning
        for name, meaning in {
            "tier_floor": "Tier N, from 1, begins just above this, in the unit the venue counts; N stands behind the @",
            "tier_cap": "The tier ends with this; left out: open",
            "maintenance_margin_rate": "Maintenance rate of tier N, a fraction",
            "maintenance_amount": "Amount taken off in tier N, settlement currency",
            "leverage_cap": "Highest leverage of tier N",
        }.items()
    }
    | {
        "taker_fee_rate": "Taker fee rate of the rule, a fraction",
        "contract_size": "What one contract holds",
        "price_tick": "Step of the price, quote currency",
    },
    example={"venue": "binance", "symbol": "BTC"},
    compute=compute,
)

"""One position as its arguments describe it, together with what the venue says about it."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from assistant.errors import UnknownSymbol
from assistant.margin.collateral import posted_margin
from assistant.margin.liquidation import Liquidation, Terms, solve
from assistant.margin.maintenance import Tier
from assistant.margin.position import Position
from assistant.margin.quantities import ZERO, exact
from assistant.margin.request import PositionRequest
from assistant.margin.rulebook import Grounds, TierOrigin
from assistant.tools import account, market, said, sizing
from assistant.tools.age import age_assumption
from assistant.tools.figures import tidy
from assistant.tools.gaps import gaps_of
from assistant.tools.limits import check_leverage, check_rate, implied_above_cap
from assistant.tools.market import Market
from assistant.tools.outcome import Gap, Refusal
from assistant.tools.rules import Rules
from assistant.values import Arguments, ArgumentValue, Assumption, MarginMode, Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """A position, its market and its terms."""

    arguments: Arguments
    """As used: what was said plus every default."""
    market: Market
    request: PositionRequest
    position: Position
    terms: Terms
    grounds: Grounds
    assumptions: tuple[Assumption, ...]

    @property
    def is_sized(self) -> bool:
        """Whether amounts of money mean anything; without a size only prices and ratios do."""
        return self.request.size_is_known

    @property
    def mark_price(self) -> Decimal | None:
        """The mark price, where it was said."""
        return self.request.mark_price

    @property
    def reference_price(self) -> Decimal:
        """The price distances are measured from: mark, else entry."""
        return self.request.mark_price or self.request.entry_price

    @property
    def rules_as_of(self) -> date | None:
        """Since when the rules are in force; None for the generic estimate, which is no rule and has no day."""
        return None if self.market.is_generic else self.grounds.rules_as_of

    @property
    def side(self) -> Side:
        """The position's side."""
        return self.position.side

    @property
    @exact
    def initial_margin(self) -> Decimal | None:
        """Margin posted at the start: collateral, coins at entry, else notional at entry / leverage; else None."""
        if self.request.coin_collateral:
            return self.request.coin_collateral * self.position.entry_price
        if self.request.margin_mode is MarginMode.ISOLATED:
            return posted_margin(self.request, self.position)
        if self.request.leverage is None:
            return None
        return self.position.notional(self.position.entry_price) / self.request.leverage

    @property
    def entry_tier(self) -> Tier:
        """The tier of the position as it was opened."""
        return self.terms.tier_at(self.position, self.position.entry_price)

    def liquidation(self) -> Liquidation:
        """Where it is liquidated, walking from the mark, else from entry."""
        return solve(self.position, self.terms, start_price=self.reference_price)


def describe(arguments: Arguments, rules: Rules) -> Trade:
    """The trade of arguments; Gap for all that is missing, Refusal or CannotAnswer where no number would be right."""
    place = market.choose(arguments, rules)
    missing = gaps_of(arguments, place)
    if missing:
        raise Gap(*missing)
    side, entry = said.side(arguments), said.number(arguments, "entry_price")
    assert side is not None  # gaps_of
    assert entry is not None
    request, assumed = request_of(arguments, place, rules, side=side, entry_price=entry)
    return build(arguments, place, request, rules, assumed)


@exact
def request_of(
    arguments: Arguments, place: Market, rules: Rules, *, side: Side, entry_price: Decimal
) -> tuple[PositionRequest, tuple[Assumption, ...]]:
    """What the venue is asked, and what was assumed for it."""
    size = sizing.size_of(arguments, contract=place.contract, entry_price=entry_price)
    assumed = sizing.unit_assumption(arguments, place.contract)
    leverage, collateral = said.number(arguments, "leverage"), said.number(arguments, "collateral")
    wallet, rest, coins = None, account.NONE, ZERO
    if place.margin_mode is MarginMode.CROSS:
        if size is None and collateral is not None and leverage is not None:
            size = sizing.size_from_margin(collateral * leverage, contract=place.contract, entry_price=entry_price)
        elif collateral is not None:
            assumed = (*assumed, Assumption(code="collateral_not_used"))
        rest, others_assumed = account.others(arguments, place, rules)
        assumed = (*assumed, *others_assumed)
        wallet, collateral = said.number(arguments, "wallet_balance"), None
        if place.coin_backed and wallet is not None:
            wallet, coins = ZERO, wallet
    elif place.coin_backed and collateral is not None:
        coins, size = collateral, size or _times(collateral, leverage)
        collateral, leverage = None, None
    else:
        decided = sizing.backing(
            leverage=leverage, collateral=collateral, size=size, contract=place.contract, entry=entry_price
        )
        leverage, collateral = decided.leverage, decided.collateral
        assumed = (*assumed, *decided.assumptions)
    coins *= 1 - (said.number(arguments, "collateral_haircut") or ZERO)
    if coins:
        assumed = (*assumed, Assumption(code="coin_collateral", data={"coins": coins, "coin": place.coin}))
    funding = said.number(arguments, "funding_paid") or ZERO
    if funding:
        assumed = (*assumed, Assumption(code="funding_from_margin", data={"amount": funding}))
    request = PositionRequest(
        symbol=place.symbol,
        contract=place.contract,
        side=side,
        entry_price=entry_price,
        size=size,
        leverage=leverage,
        margin_mode=place.margin_mode,
        collateral=collateral,
        added_margin=said.number(arguments, "added_margin") or ZERO,
        funding_paid=funding,
        coin_collateral=coins,
        wallet_balance=wallet,
        other_maintenance_margin=rest.maintenance_margin,
        other_unrealized_pnl=rest.unrealized_pnl,
        mark_price=said.number(arguments, "mark_price"),
        maintenance_margin_rate=said.number(arguments, "maintenance_margin_rate"),
        maintenance_amount=said.number(arguments, "maintenance_amount"),
        fee_rate=said.number(arguments, "fee_rate"),
    )
    if place.margin_mode is MarginMode.CROSS and wallet is None:
        request = replace(request, wallet_balance=_with_initial_margin(arguments, request))
    return request, assumed


def _times(coins: Decimal, leverage: Decimal | None) -> Decimal | None:
    """The size that coins buy at a leverage."""
    return None if leverage is None else coins * leverage


def _with_initial_margin(arguments: Arguments, request: PositionRequest) -> Decimal:
    """Cross: the free balance with the margin the position itself holds, notional at entry / leverage."""
    available = said.number(arguments, "available_balance")
    if available is None or request.leverage is None:
        raise Gap("wallet_balance")
    position = request.position()
    return available + position.notional(position.entry_price) / request.leverage


def build(
    arguments: Arguments,
    place: Market,
    request: PositionRequest,
    rules: Rules,
    assumed: tuple[Assumption, ...] = (),
) -> Trade:
    """The trade of a request, with the venue's terms, limits checked and every default named."""
    try:
        grounds = rules.rulebooks.grounds(place.rulebook, request, place.day)
        terms = rules.rulebooks.terms(place.rulebook, request, place.day)
    except UnknownSymbol as unknown:
        raise Refusal("symbol_not_listed", symbol=place.symbol, venue=place.rulebook.name) from unknown
    check_rate(request)
    check_leverage(place, request, grounds)
    position = request.position()
    return Trade(
        arguments=_filled(arguments, place, grounds),
        market=place,
        request=request,
        position=position,
        terms=terms,
        grounds=grounds,
        assumptions=(
            *_rate_assumptions(place, grounds),
            *age_assumption(place, grounds.ages_from),
            *place.assumptions,
            *assumed,
            *implied_above_cap(place, request, position, grounds),
        ),
    )


def _filled(arguments: Arguments, place: Market, grounds: Grounds) -> Arguments:
    """The arguments with every default that was used."""
    defaults: dict[str, ArgumentValue] = {
        "venue": place.venue,
        "contract": place.contract.value,
        "margin_mode": place.margin_mode.value,
        "as_of": place.day,
    }
    if "size" in arguments:
        defaults["size_unit"] = said.size_unit(arguments, place.contract).value
    if place.symbol_is_assumed and not place.is_generic and grounds.origin is not TierOrigin.STATED:
        defaults["symbol"] = place.symbol
    if grounds.origin is TierOrigin.ASSUMED:
        defaults["maintenance_margin_rate"] = tidy(grounds.tiers.tiers[0].rate)
    return {**defaults, **arguments}


def _rate_assumptions(place: Market, grounds: Grounds) -> tuple[Assumption, ...]:
    """Whose maintenance rate counts, where nobody said."""
    if grounds.origin is TierOrigin.STATED:
        return (Assumption(code="generic_formula"),) if place.is_generic else ()
    rate, venue = grounds.tiers.tiers[0].rate, place.rulebook.name
    if place.is_generic:
        return (Assumption(code="generic_rules", data={"rate": tidy(rate)}),)
    found: list[Assumption] = []
    if place.symbol_is_assumed:
        found.append(Assumption(code="assumed_symbol", data={"symbol": place.symbol, "venue": venue}))
    listed = place.rulebook.tiers_on(place.symbol, place.day) if grounds.origin is TierOrigin.FIRST_TIER else None
    if listed is not None and len(listed.tiers) > 1:
        found.append(Assumption(code="first_tier", data={"venue": venue}))
    if grounds.origin is TierOrigin.ASSUMED:
        data: dict[str, str | Decimal | date] = {"rate": tidy(rate), "venue": venue, "symbol": place.symbol}
        found.append(Assumption(code="assumed_rate", data=data))
    return tuple(found)

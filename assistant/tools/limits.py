"""What a venue does not allow: a rate the margin cannot cover, and more leverage than the tier of the position."""

from datetime import date
from decimal import Decimal

from assistant.errors import NoRuleInForce
from assistant.margin.position import Position
from assistant.margin.quantities import exact
from assistant.margin.request import PositionRequest
from assistant.margin.rulebook import Grounds, TierOrigin
from assistant.tools.market import Market
from assistant.tools.outcome import Refusal
from assistant.tools.sizing import TOLERANCE
from assistant.values import Assumption, MarginMode


@exact
def check_rate(request: PositionRequest) -> None:
    """Nothing, or Refusal `rate_above_margin` where a stated rate takes the whole initial margin, 1 / leverage."""
    rate, leverage = request.maintenance_margin_rate, request.leverage
    if rate is None or leverage is None or request.maintenance_amount is not None:
        return
    if rate * leverage >= 1:
        raise Refusal("rate_above_margin", rate=rate, leverage=leverage)


def cap_of(place: Market, request: PositionRequest, grounds: Grounds) -> Decimal | None:
    """The highest leverage of the tier the position is opened in; None where no table says one."""
    if grounds.origin is TierOrigin.STATED and place.symbol_is_assumed:
        return None
    try:
        table = place.rulebook.tiers_on(place.symbol, place.day, request.leverage)
    except NoRuleInForce:
        return None
    if table is None:
        return None
    if not request.size_is_known:
        return table.tiers[0].max_leverage
    position = request.position()
    return table.at(table.basis.measure(position, position.entry_price)).max_leverage


def check_leverage(place: Market, request: PositionRequest, grounds: Grounds) -> None:
    """Nothing, or Refusal `leverage_above_cap` where a stated leverage cannot be set at this size."""
    cap = cap_of(place, request, grounds)
    if cap is not None and request.leverage is not None and request.leverage > cap:
        raise Refusal(
            "leverage_above_cap",
            leverage=request.leverage,
            cap=cap,
            venue=place.rulebook.name,
            symbol=place.symbol,
        )


@exact
def implied_above_cap(
    place: Market, request: PositionRequest, position: Position, grounds: Grounds
) -> tuple[Assumption, ...]:
    """A caveat where margin and size mean more leverage than the venue lets anybody set."""
    if request.margin_mode is not MarginMode.ISOLATED or request.collateral is None or request.size is None:
        return ()
    cap, implied = cap_of(place, request, grounds), position.notional(position.entry_price) / request.collateral
    if cap is None or implied <= cap * (1 + TOLERANCE):
        return ()
    data: dict[str, str | Decimal | date] = {
        "leverage": implied,
        "cap": cap,
        "venue": place.rulebook.name,
        "symbol": place.symbol,
    }
    return (Assumption(code="implied_leverage_above_cap", data=data),)

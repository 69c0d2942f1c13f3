"""The rest of a cross account: what the other positions have won or lost, and what maintenance they hold."""

from datetime import date
from decimal import Decimal

from assistant.errors import InputOutOfRange, UnknownSymbol
from assistant.margin.cross import OtherPosition, OtherPositions, sums
from assistant.margin.maintenance import TierTable, flat_table
from assistant.margin.position import Position
from assistant.margin.quantities import ZERO
from assistant.margin.request import PositionRequest
from assistant.margin.symbols import QUOTES, symbol_keys
from assistant.tools import said
from assistant.tools.market import Market
from assistant.tools.outcome import Gap
from assistant.tools.rules import Rules
from assistant.values import Arguments, Assumption, Contract, Side

NONE = OtherPositions(maintenance_margin=ZERO, unrealized_pnl=ZERO)
_NEEDED = ("side", "size", "entry_price", "mark_price")


def others(arguments: Arguments, place: Market, rules: Rules) -> tuple[OtherPositions, tuple[Assumption, ...]]:
    """The two sums of the other positions, and what was assumed for them.

    Gap: other_positions, where one lacks side, size, entry or mark. InputOutOfRange: one of the same coin, whose PnL
    moves with the price being solved, or of another coin in a coin-margined account, which has a balance of its own.
    """
    records = said.records(arguments, "other_positions")
    if not records:
        return NONE, (Assumption(code="only_position"),)
    maintenance, pnl = ZERO, ZERO
    singles: list[OtherPosition] = []
    assumptions: list[Assumption] = []
    for record in records:
        if "maintenance_margin" in record or "unrealized_pnl" in record:
            if not said.has(record, "maintenance_margin", "unrealized_pnl"):
                raise Gap("other_positions")
            maintenance += said.number(record, "maintenance_margin") or ZERO
            pnl += said.number(record, "unrealized_pnl") or ZERO
            continue
        other, assumed = _single(record, place, rules)
        singles.append(other)
        assumptions.extend(assumed)
    listed = sums(singles)
    total = OtherPositions(
        maintenance_margin=maintenance + listed.maintenance_margin, unrealized_pnl=pnl + listed.unrealized_pnl
    )
    return total, tuple(assumptions)


def _single(record: Arguments, place: Market, rules: Rules) -> tuple[OtherPosition, tuple[Assumption, ...]]:
    """One other position with its own side's sign and its own tiers."""
    if not said.has(record, *_NEEDED):
        raise Gap("other_positions")
    symbol = said.text(record, "symbol")
    coin = symbol_keys(symbol, renamed={}, quotes=QUOTES)[0] if symbol else None
    if coin is None or coin == place.coin:
        raise InputOutOfRange(argument="other_positions", reason="same_coin", value=coin or "")
    if place.contract is Contract.INVERSE:
        raise InputOutOfRange(argument="other_positions", reason="other_settlement", value=coin)
    entry, mark = _given(record, "entry_price"), _given(record, "mark_price")
    position = Position(
        contract=place.contract, side=Side(str(record["side"])), size=_given(record, "size"), entry_price=entry
    )
    tiers, assumed = _tiers(record, position, place=place, rules=rules, coin=coin)
    return OtherPosition(position=position, mark_price=mark, tiers=tiers), assumed


def _tiers(
    record: Arguments, position: Position, *, place: Market, rules: Rules, coin: str
) -> tuple[TierTable, tuple[Assumption, ...]]:
    """The rate said, else the venue's table of that coin, else the estimate, labelled."""
    rate = said.number(record, "maintenance_margin_rate")
    if rate is not None:
        return flat_table(rate, said.number(record, "maintenance_amount") or ZERO), ()
    request = PositionRequest(
        symbol=coin,
        contract=position.contract,
        side=position.side,
        entry_price=position.entry_price,
        size=position.size,
        collateral=position.notional(position.entry_price),
    )
    try:
        grounds = rules.rulebooks.grounds(place.rulebook, request, place.day)
    except UnknownSymbol as unknown:
        raise Gap("other_positions") from unknown
    if place.rulebook.tiers_on(coin, place.day) is not None:
        return grounds.tiers, ()
    rate = grounds.tiers.tiers[0].rate
    data: dict[str, str | Decimal | date] = {"rate": rate, "venue": place.rulebook.name, "symbol": coin}
    return grounds.tiers, (Assumption(code="assumed_rate", data=data),)


def _given(record: Arguments, name: str) -> Decimal:
    """A number that is known to be there."""
    value = said.number(record, name)
    if value is None:
        raise Gap("other_positions")
    return value

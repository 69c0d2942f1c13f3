"""The rest of a cross account: the other positions, each under its own terms, and what is known of them by sums."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from assistant.errors import InputOutOfRange, UnknownSymbol
from assistant.margin.account import Account, Holding
from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import CrossTiers
from assistant.margin.position import Position
from assistant.margin.quantities import ZERO, exact
from assistant.margin.request import PositionRequest
from assistant.margin.rulebook import Grounds, TierOrigin
from assistant.margin.symbols import QUOTES, symbol_keys
from assistant.tools import said, sizing
from assistant.tools.age import age_assumption
from assistant.tools.market import DOLLARS, Market
from assistant.tools.outcome import Gap
from assistant.tools.rules import Rules
from assistant.values import Arguments, Assumption, Contract, MarginMode, Side, SizeUnit

_NEEDED = ("symbol", "side", "size", "entry_price")
_SUMS = ("maintenance_margin", "unrealized_pnl")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """What shares the balance with the position that was asked about."""

    others: tuple[Holding, ...] = ()
    """Positions of other coins, at their marks."""
    legs: tuple[Holding, ...] = ()
    """Further positions of the same coin, at its mark."""
    maintenance_margin: Decimal = ZERO
    """Of the positions known by their sums."""
    unrealized_pnl: Decimal = ZERO
    cross_tiers: CrossTiers = CrossTiers.EACH
    assumptions: tuple[Assumption, ...] = ()
    grounds: tuple[Grounds, ...] = ()
    """What the terms of each listed position rest on."""

    def grounds_with(self, own: Grounds) -> Grounds:
        """The grounds of a position with the sources of the others beside its own, and the newest day of all."""
        every = (own, *self.grounds)
        sources = tuple(dict.fromkeys(source for one in every for source in one.sources))
        return replace(own, sources=sources, rules_as_of=max(one.rules_as_of for one in every))

    @property
    def standing(self) -> Account:
        """The positions of other coins as an account of their own; its balance is the PnL known by sums."""
        return Account(
            balance=self.unrealized_pnl,
            holdings=self.others,
            cross_tiers=self.cross_tiers,
            other_maintenance=self.maintenance_margin,
        )

    @exact
    def with_position(self, symbol: str, position: Position, terms: Terms, *, mark_price: Decimal) -> Account:
        """The whole account, the position first; `terms` hold the margin that is left for it and its legs."""
        standing = self.standing
        balance = terms.margin - standing.margin_balance + standing.requirement
        asked = Holding(symbol=symbol, position=position, mark_price=mark_price, terms=replace(terms, margin=ZERO))
        legs = (replace(leg, mark_price=mark_price) for leg in self.legs)
        return replace(standing, balance=balance + self.unrealized_pnl, holdings=(asked, *legs, *self.others))


ALONE = Rest(assumptions=(Assumption(code="only_position"),))


def rest_of(arguments: Arguments, place: Market, rules: Rules) -> Rest:
    """The other positions of a cross account, and what was assumed for them.

    Gap: other_positions, where one lacks coin, side, size, entry or, being of another coin, its mark; symbol, where
    nobody named the coin asked about. InputOutOfRange: one that settles in another currency.
    """
    records = said.records(arguments, "other_positions")
    if not records:
        return ALONE
    maintenance, pnl = ZERO, ZERO
    listed: list[tuple[Holding, Grounds]] = []
    for record in records:
        if _is_sum(record):
            if not said.has(record, *_SUMS):
                raise Gap("other_positions")
            maintenance += said.number(record, "maintenance_margin") or ZERO
            pnl += said.number(record, "unrealized_pnl") or ZERO
        else:
            listed.append(_holding(record, arguments, place, rules))
    if listed and place.symbol_is_assumed:
        raise Gap("symbol")
    holdings = [holding for holding, _ in listed]
    legs = tuple(holding for holding in holdings if holding.symbol == place.coin)
    sourced = place.rulebook.cross_tiers
    others = tuple(holding for holding in holdings if holding.symbol != place.coin)
    still = (Assumption(code="others_stand_still"),) if others or maintenance or pnl else ()
    each = (Assumption(code="legs_counted_each", data={"symbol": place.coin}),) if legs and sourced is None else ()
    return Rest(
        others=others,
        legs=legs,
        maintenance_margin=maintenance,
        unrealized_pnl=pnl,
        cross_tiers=sourced or CrossTiers.EACH,
        assumptions=(
            *still,
            *each,
            *_ages([grounds for _, grounds in listed], place),
            *(_assumed(holding, grounds, place) for holding, grounds in listed if grounds.origin is TierOrigin.ASSUMED),
        ),
        grounds=tuple(grounds for _, grounds in listed),
    )


def _ages(grounds: list[Grounds], place: Market) -> tuple[Assumption, ...]:
    """How old the oldest table behind another position is, once it has passed its review period."""
    oldest = min((one.ages_from for one in grounds if one.ages_from is not None), default=None)
    return tuple(replace(one, code="others_figures_old") for one in age_assumption(place, oldest))


def _assumed(holding: Holding, grounds: Grounds, place: Market) -> Assumption:
    """The estimated rate of a coin that is in no table."""
    rate = grounds.tiers.tiers[0].rate
    data: dict[str, str | Decimal | date] = {"rate": rate, "venue": place.rulebook.name, "symbol": holding.symbol}
    return Assumption(code="assumed_rate", data=data)


def with_mark(arguments: Arguments, place: Market) -> Arguments:
    """The arguments with the mark price of the coin, where only another position of it was given one.

    InputOutOfRange where two are said that differ: one coin has one mark.
    """
    if place.margin_mode is not MarginMode.CROSS:
        return arguments
    marks = [said.number(one, "mark_price") for one in (arguments, *_same_coin(arguments, place))]
    known = [mark for mark in marks if mark is not None]
    for mark in known:
        if mark != known[0]:
            raise InputOutOfRange(argument="mark_price", reason="marks_differ", value=mark, bound=known[0])
    return {**arguments, "mark_price": known[0]} if known else arguments


def refuse_legs(arguments: Arguments, place: Market) -> None:
    """Nothing, or InputOutOfRange where another position of the same coin is listed: it moves with the price sought."""
    if place.margin_mode is MarginMode.CROSS and _same_coin(arguments, place):
        raise InputOutOfRange(argument="other_positions", reason="same_coin", value=place.coin)


def has_sums(arguments: Arguments) -> bool:
    """Whether some of the others are known by their sums only, so that nobody knows how they move."""
    return any(map(_is_sum, said.records(arguments, "other_positions")))


def _is_sum(record: Arguments) -> bool:
    return any(name in record for name in _SUMS)


def _same_coin(arguments: Arguments, place: Market) -> list[Arguments]:
    return [one for one in said.records(arguments, "other_positions") if _coin(one) == place.coin]


def _coin(record: Arguments) -> str | None:
    """The base asset a record names."""
    symbol = said.text(record, "symbol")
    return symbol_keys(symbol, renamed={}, quotes=QUOTES)[0] if symbol else None


def _holding(record: Arguments, arguments: Arguments, place: Market, rules: Rules) -> tuple[Holding, Grounds]:
    """One other position under its own terms; one of the same coin stands at that coin's mark, or entry."""
    coin, entry = _coin(record), said.number(record, "entry_price")
    if coin is None or entry is None or not said.has(record, *_NEEDED):
        raise Gap("other_positions")
    mark = said.number(record, "mark_price")
    if mark is None and coin == place.coin:
        mark = said.number(arguments, "entry_price")
    if mark is None:
        raise Gap("other_positions")
    _check_settlement(record, coin, place)
    size = sizing.size_of(_counted(record, place), contract=place.contract, entry_price=entry)
    request = PositionRequest(
        symbol=str(record["symbol"]),
        contract=place.contract,
        side=Side(str(record["side"])),
        entry_price=entry,
        size=size,
        margin_mode=MarginMode.CROSS,
        wallet_balance=ZERO,
        maintenance_margin_rate=said.number(record, "maintenance_margin_rate"),
        maintenance_amount=said.number(record, "maintenance_amount"),
        fee_rate=said.number(arguments, "fee_rate"),
    )
    try:
        grounds = rules.rulebooks.grounds(place.rulebook, request, place.day)
        terms = rules.rulebooks.terms(place.rulebook, request, place.day)
    except UnknownSymbol as unknown:
        raise Gap("other_positions") from unknown
    return Holding(symbol=coin, position=request.position(), mark_price=mark, terms=terms), grounds


def _counted(record: Arguments, place: Market) -> Arguments:
    """The record with what one contract holds, where its size counts contracts; Gap where that is not known."""
    if said.size_unit(record, place.contract) is not SizeUnit.CONTRACTS or "contract_size" in record:
        return record
    held = place.rulebook.contract_size_on(str(record["symbol"]), place.day)
    if held is None:
        raise Gap("other_positions")
    return {**record, "contract_size": held.size}


def _check_settlement(record: Arguments, coin: str, place: Market) -> None:
    """Nothing, or InputOutOfRange where the position draws on another wallet: another coin's, or another dollar's."""
    if place.contract is Contract.INVERSE and coin != place.coin:
        raise InputOutOfRange(argument="other_positions", reason="other_settlement", value=coin)
    key = symbol_keys(str(record["symbol"]), renamed={}, quotes=(place.quote, "USD"))[0]
    stated = key.partition("/")[2]
    if stated and place.contract is not Contract.INVERSE and not (place.is_generic and stated in DOLLARS):
        raise InputOutOfRange(argument="other_positions", reason="other_settlement", value=key)

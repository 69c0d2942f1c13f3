"""A position in pieces: several entries become one size and one average entry."""

from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.errors import InputOutOfRange
from assistant.margin.quantities import ZERO, exact
from assistant.tools import market, said, sizing
from assistant.tools.market import Market
from assistant.tools.outcome import Gap
from assistant.tools.rules import Rules
from assistant.tools.working import step
from assistant.values import Arguments, Assumption, Contract, Result, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """Several entries of one position, averaged."""

    place: Market
    size: Decimal
    """In the contract's own unit."""
    entry_price: Decimal
    line: Step
    count: int

    def filled(self, arguments: Arguments) -> Arguments:
        """The arguments of the whole position."""
        whole = {name: value for name, value in arguments.items() if name != "entries"}
        whole |= {"entry_price": self.entry_price, "size": self.size}
        if self.place.contract is Contract.QUANTO:
            return {**whole, "contract_size": Decimal(1)}
        return {**whole, "size_unit": said.OWN_UNIT[self.place.contract].value}

    def told(self, arguments: Arguments, result: Result) -> Result:
        """The result with the average among its working and its assumptions."""
        data = {"count": Decimal(self.count), "price": self.line.value}
        averaged = Assumption(code="entries_averaged", data=data)
        return replace(
            result,
            arguments={**result.arguments, "entries": arguments["entries"]},
            working=(self.line, *result.working) if result.working else (),
            assumptions=(averaged, *result.assumptions),
        )


@exact
def look_up(arguments: Arguments, rules: Rules) -> Pieces | None:
    """The pieces, or None where nobody named entries.

    Linear E = sum(q_i E_i) / sum(q_i); inverse E = sum(Q_i) / sum(Q_i / E_i). Gap: entries, where one lacks price or
    size. InputOutOfRange: entries beside an entry price or a size, which would be two truths.
    """
    records = said.records(arguments, "entries")
    if not records:
        return None
    doubled = next((name for name in ("entry_price", "size") if name in arguments), None)
    if doubled is not None:
        raise InputOutOfRange(argument=doubled, reason="beside_entries", value=said.number(arguments, doubled) or ZERO)
    place = market.choose(arguments, rules)
    linear = place.contract.follows_price
    above, below = list[Decimal](), list[Decimal]()
    letters: dict[str, Decimal] = {}
    for index, record in enumerate(records):
        price = said.number(record, "price")
        known = {**_held(place), **record}
        size = None if price is None else sizing.size_of(known, contract=place.contract, entry_price=price)
        if price is None or size is None:
            raise Gap("entries")
        above.append(size * price if linear else size)
        below.append(size if linear else size / price)
        letters |= {f"{'q' if linear else 'Q'}_{_LETTERS[index]}": size, f"E_{_LETTERS[index]}": price}
    entry = sum(above, ZERO) / sum(below, ZERO)
    line = step("entry_price", _equation(len(records), linear=linear), letters, entry, place.quote)
    size = sum(below if linear else above, ZERO)
    return Pieces(place=place, size=size, entry_price=entry, line=line, count=len(records))


def _held(place: Market) -> Arguments:
    """What one contract holds, where the venue's file says so."""
    held = None if place.symbol_is_assumed else place.rulebook.contract_size_on(place.symbol, place.day)
    return {} if held is None else {"contract_size": held.size}


_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _equation(count: int, *, linear: bool) -> str:
    """The average in letters: `(q_a E_a + q_b E_b) / (q_a + q_b)`, for an inverse contract of coins."""
    names = _LETTERS[:count]
    if linear:
        return f"({' + '.join(f'q_{n} E_{n}' for n in names)}) / ({' + '.join(f'q_{n}' for n in names)})"
    return f"({' + '.join(f'Q_{n}' for n in names)}) / ({' + '.join(f'Q_{n} / E_{n}' for n in names)})"

"""The venue's own contract size, for a size in contracts of which nobody said what one holds."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from assistant.margin.rulebook import SymbolFigure
from assistant.tools import market, said
from assistant.tools.market import Market
from assistant.tools.rules import Rules
from assistant.values import Arguments, Assumption, Contract, Result, SizeUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueContract:
    """One contract of a named coin, as the rulebook of a named venue has it."""

    place: Market
    held: SymbolFigure

    def filled(self, arguments: Arguments) -> Arguments:
        """The arguments with the size of a contract among them."""
        return {**arguments, "contract_size": self.held.size}

    def told(self, result: Result) -> Result:
        """The result with the size among its assumptions, and where it stands among its sources."""
        place = self.place
        units = {Contract.LINEAR: place.coin, Contract.INVERSE: place.quote, Contract.QUANTO: place.money}
        data: Mapping[str, str | Decimal | date] = {
            "value": self.held.size,
            "unit": units[place.contract],
            "symbol": place.coin,
            "venue": place.rulebook.name,
        }
        sources = (place.rulebook.sources[identity] for identity in self.held.sources)
        since = result.rules_as_of
        return replace(
            result,
            assumptions=(Assumption(code="contract_size_of_venue", data=data), *result.assumptions),
            sources=tuple(dict.fromkeys((*result.sources, *sources))),
            rules_as_of=None if since is None else max(since, self.held.effective_from),
        )


def look_up(arguments: Arguments, rules: Rules) -> VenueContract | None:
    """The venue's contract, or None where it is not asked for or not on file; raises as `market.choose`."""
    counted = "size" in arguments and said.text(arguments, "size_unit") in (None, SizeUnit.CONTRACTS)
    if not counted or "contract_size" in arguments or "venue" not in arguments:
        return None
    place = market.choose(arguments, rules)
    if place.symbol_is_assumed or said.size_unit(arguments, place.contract) is not SizeUnit.CONTRACTS:
        return None
    held = place.rulebook.contract_size_on(place.symbol, place.day)
    return None if held is None else VenueContract(place=place, held=held)

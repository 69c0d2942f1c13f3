"""Every rulebook there is: found by name, and asked what it says about a position on a date."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from assistant.errors import ContentError, UnknownSymbol, UnknownVenue
from assistant.margin.collateral import leverage_of
from assistant.margin.credit import Credit
from assistant.margin.estimate import estimated_rate
from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import TierTable, flat_table
from assistant.margin.quantities import ZERO
from assistant.margin.rulebook import Grounds, PositionRequest, Rule, Rulebook, TierOrigin, Unlisted
from assistant.tables import Table
from assistant.values import Contract
from assistant.venues import credit_file, rulebook_file


class Says(Protocol):
    """What a rulebook's module offers."""

    def __call__(self, request: PositionRequest, rule: Rule, tiers: TierTable) -> Terms:
        """The terms of a position under a rule and a tier table."""


@dataclass(frozen=True, slots=True)
class Rulebooks:
    """The rulebooks by id, in id order, with the module of each."""

    books: Mapping[str, Rulebook]
    modules: Mapping[str, Says]
    credit: Credit = field(default_factory=Credit)
    """Lenders and brokers."""
    called: Mapping[str, tuple[Rulebook, ...]] = field(init=False)
    """By folded alias, venue or id, in id order: asked once a turn and more."""

    def __post_init__(self) -> None:
        called: dict[str, tuple[Rulebook, ...]] = {}
        for book in self.books.values():
            for name in {_folded(one) for one in (*book.aliases, book.venue, book.id)}:
                called[name] = (*called.get(name, ()), book)
        object.__setattr__(self, "called", called)

    def __iter__(self) -> Iterator[Rulebook]:
        return iter(self.books.values())

    def __len__(self) -> int:
        return len(self.books)

    def get(self, identity: str) -> Rulebook:
        """The rulebook of an id; UnknownVenue where there is none."""
        if identity not in self.books:
            raise UnknownVenue(venue=identity)
        return self.books[identity]

    def names(self) -> Mapping[str, str]:
        """Every alias and id, folded, with the venue's name: what understanding may recognise."""
        return {_folded(name): book.venue for book in self for name in (*book.aliases, book.venue, book.id)}

    def find(self, name: str, contract: Contract | None = None) -> Rulebook:
        """The rulebook an id or alias and a contract mean, linear where nobody says; UnknownVenue where none does."""
        folded = _folded(name)
        known = self.called.get(folded, ())
        named = [book for book in known if _folded(book.id) == folded] or known
        wanted = contract or Contract.LINEAR
        for book in named:
            if wanted in book.contracts:
                return book
        if named and contract is None:
            return named[0]
        raise UnknownVenue(venue=name, contract=wanted.value, known=", ".join(book.id for book in named))

    def grounds(self, rulebook: Rulebook, request: PositionRequest, as_of: date) -> Grounds:
        """The rule, tiers and sources that count for a position on a date.

        Raises NoRuleInForce for a date outside every block and UnknownSymbol where the symbol is in no table and the
        rulebook refuses to estimate. A rate that was stated needs no table.
        """
        rule = rulebook.rule_on(as_of)
        ids, since, ages_from = rule.sources, rule.effective_from, None
        if request.maintenance_margin_rate is not None:
            tiers = flat_table(request.maintenance_margin_rate, request.maintenance_amount or ZERO)
            origin = TierOrigin.STATED
        elif (listing := rulebook.listing_on(request.symbol, as_of, request.leverage)) is not None:
            block, table = listing
            origin = TierOrigin.LISTED if request.size_is_known else TierOrigin.FIRST_TIER
            tiers = table if request.size_is_known else table.lowest()
            ids, since = (*ids, *block.sources), max(since, block.effective_from)
            ages_from = block.ages_from
        elif rulebook.unlisted is Unlisted.ESTIMATE and rulebook.assumed_rate is not None:
            leverage = leverage_of(request, request.position())
            tiers = flat_table(estimated_rate(highest=rulebook.assumed_rate, leverage=leverage))
            origin = TierOrigin.ASSUMED
        else:
            raise UnknownSymbol(symbol=request.symbol, rulebook=rulebook.id)
        sources = tuple(rulebook.sources[identity] for identity in dict.fromkeys(ids))
        return Grounds(rule=rule, origin=origin, tiers=tiers, sources=sources, rules_as_of=since, ages_from=ages_from)

    def terms(self, rulebook: Rulebook, request: PositionRequest, as_of: date) -> Terms:
        """What the venue says about the position on that date; raises as `grounds`."""
        grounds = self.grounds(rulebook, request, as_of)
        return self.modules[rulebook.id](request, grounds.rule, grounds.tiers)


def load(directory: Path) -> Rulebooks:
    """All rulebooks of a directory; ContentError for the first file that is wrong or has no module."""
    books = {book.id: book for book in map(rulebook_file.read, sorted(directory.glob("*.toml")))}
    if not books:
        raise ContentError(file=str(directory), line=0, rule="holds at least one rulebook")
    modules = {book.id: _terms_of(book, directory) for book in books.values()}
    return Rulebooks(books, modules, credit_file.read(directory / "credit"))


def _terms_of(book: Rulebook, directory: Path) -> Says:
    """The `terms` of a rulebook's module, which knows every formula the file names."""
    file = directory / f"{book.id}.toml"
    try:
        module = import_module(f"assistant.venues.{book.id}")
    except ImportError as error:
        raise ContentError(file=str(file), line=1, rule=f"there is a module assistant/venues/{book.id}.py") from error
    for index, rule in enumerate(book.rules):
        if rule.formula not in module.FORMULAS:
            raise Table.read(file).refuse(f"formula is one of {', '.join(module.FORMULAS)}", "rules", index, "formula")
        needed = getattr(module, "PARAMETERS", ())
        if set(rule.parameters) != set(needed):
            wanted = ", ".join(needed) or "not there"
            raise Table.read(file).refuse(f"parameters are {wanted}", "rules", index, "parameters")
    return cast(Says, module.terms)


@lru_cache(maxsize=1024)
def _folded(name: str) -> str:
    """A name without case and with single spaces."""
    return " ".join(name.lower().split())

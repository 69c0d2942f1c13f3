"""Whether a venue's rules and tables stayed the same over a span of days."""

from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal

from assistant.errors import NoRuleInForce
from assistant.margin.rulebook import Rulebook


def steady(book: Rulebook, symbol: str | None, leverage: Decimal | None, first: date, last: date) -> bool:
    """Whether every day of a span has the same rule and the same table of the symbol, or none of its days has any."""
    days = (first + timedelta(days=count) for count in range((last - first).days + 1))
    return len({_state(book, symbol, leverage, day) for day in days}) == 1


def _state(book: Rulebook, symbol: str | None, leverage: Decimal | None, day: date) -> tuple[date | None, date | None]:
    """Since when the rule and the table of a day are in force; None for what no file covers."""
    rule: date | None = None
    table: date | None = None
    with suppress(NoRuleInForce):
        rule = book.rule_on(day).effective_from
    with suppress(NoRuleInForce):
        listing = book.listing_on(symbol, day, leverage) if symbol is not None else None
        table = None if listing is None else listing[0].effective_from
    return rule, table

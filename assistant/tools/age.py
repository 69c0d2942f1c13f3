"""How old the figures behind a result are, once they have passed the rulebook's review period."""

from datetime import date
from decimal import Decimal

from assistant.margin.rulebook import Grounds
from assistant.tools.market import Market
from assistant.values import Assumption


def age_assumption(place: Market, grounds: Grounds) -> tuple[Assumption, ...]:
    """The age on the day asked for, or nothing where the table was read within the review period or knows its end."""
    limit = place.rulebook.review_days
    if limit is None or grounds.figures_of is None:
        return ()
    days = (place.day - grounds.figures_of).days
    if days <= limit:
        return ()
    data: dict[str, str | Decimal | date] = {
        "days": Decimal(days),
        "date": grounds.figures_of,
        "venue": place.rulebook.name,
    }
    return (Assumption(code="figures_old", data=data),)

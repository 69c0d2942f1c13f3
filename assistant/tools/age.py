"""How old the figures behind a result are, once they have passed the rulebook's review period."""

from datetime import date
from decimal import Decimal

from assistant.tools.market import Market
from assistant.values import Assumption


def age_assumption(place: Market, ages_from: date | None) -> tuple[Assumption, ...]:
    """The age on the day asked about, or nothing within the review period and where nothing ages."""
    limit = place.rulebook.review_days
    if limit is None or ages_from is None:
        return ()
    days = (place.day - ages_from).days
    if days <= limit:
        return ()
    data: dict[str, str | Decimal | date] = {"days": Decimal(days), "date": ages_from, "venue": place.rulebook.name}
    return (Assumption(code="figures_old", data=data),)

"""The rules a tool may consult, and the day whose rules count."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from assistant.venues.catalogue import Rulebooks


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """All rulebooks and a day."""

    rulebooks: Rulebooks
    as_of: date

    def day(self, arguments: Mapping[str, object]) -> date:
        """The day the arguments name, else the one given from outside."""
        said = arguments.get("as_of")
        return said if isinstance(said, date) else self.as_of

"""The system's clock."""

from datetime import UTC, date, datetime


class SystemClock:
    """The real time, in UTC."""

    def now(self) -> datetime:
        """The moment, with its zone."""
        return datetime.now(UTC)

    def today(self) -> date:
        """The date in UTC."""
        return self.now().date()

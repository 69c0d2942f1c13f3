"""The clock tells UTC."""

from datetime import UTC, datetime, timedelta

from assistant.adapters.clock import SystemClock


def test_the_clock_tells_this_moment_in_utc():
    before = datetime.now(UTC)
    now = SystemClock().now()
    assert before <= now <= datetime.now(UTC)
    assert now.utcoffset() == timedelta(0)


def test_today_is_the_date_in_utc(monkeypatch):
    class Late(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(2026, 11, 22, 23, 59, tzinfo=UTC).astimezone(tz)

    monkeypatch.setattr("assistant.adapters.clock.datetime", Late)
    assert str(SystemClock().today()) == "2026-11-22"

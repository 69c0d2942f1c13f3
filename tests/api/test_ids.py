from datetime import UTC, datetime, timedelta
from uuid import UUID

from assistant.api.ids import new_id

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_an_id_is_a_uuid_of_version_7():
    made = UUID(new_id(NOW))
    assert (made.version, made.variant) == (7, "specified in RFC 4122")


def test_a_later_id_sorts_behind_an_earlier_one():
    assert new_id(NOW) < new_id(NOW + timedelta(milliseconds=1))


def test_no_two_ids_of_one_moment_are_alike():
    assert len({new_id(NOW) for _ in range(10_000)}) == 10_000

"""The two ids only the API makes: of a conversation and of a message."""

from datetime import datetime
from secrets import randbits
from uuid import UUID

_MILLISECONDS = 1000


def new_id(now: datetime) -> str:
    """A UUID of version 7 (RFC 9562): 74 random bits nobody can guess, and later ones sort behind earlier ones.

    So the store's indexes grow at their end: a commit touches a few pages instead of one for every key.
    """
    moment = int(now.timestamp() * _MILLISECONDS) & ((1 << 48) - 1)
    return str(UUID(int=moment << 80 | 0x7 << 76 | randbits(12) << 64 | 0b10 << 62 | randbits(62)))

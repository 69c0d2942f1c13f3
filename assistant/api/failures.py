"""What went wrong, as a problem; the unexpected also as a log line that repeats nothing anybody typed."""

import logging
import traceback

from assistant.api.problems import Problem
from assistant.errors import OutsideUnavailable

log = logging.getLogger(__name__)
_FRAMES = 4


def as_problem(error: Exception) -> Problem:
    """The problem that is said for an exception."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, OutsideUnavailable):
        return Problem("unavailable")
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    way = " > ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames)
    log.error("unexpected %s at %s", type(error).__name__, way)  # its message may quote the user
    return Problem("internal")

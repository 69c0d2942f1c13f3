"""A reply as server-sent events; every event carries a whole thing, never a part of a number."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Iterator
from decimal import Decimal

from starlette.responses import Response, StreamingResponse

from assistant.api.failures import as_problem
from assistant.api.problems import Problem, Problems
from assistant.api.replies import written
from assistant.api.turns import Reply
from assistant.channels import widget

MEDIA_TYPE = "text/event-stream"
_HEADERS = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}


def wanted(accept: str) -> bool:
    """Whether an Accept header names the event stream and does not prefer JSON."""
    if MEDIA_TYPE not in accept:
        return False
    qualities = dict(map(_range, accept.split(",")))
    return qualities.get(MEDIA_TYPE, 0.0) >= max(qualities.get("application/json", 0.0), 0.001)


async def response(
    turn: Coroutine[None, None, Reply], *, problems: Problems, closing: asyncio.Event, ping_s: Decimal
) -> Response:
    """The events of a turn: all at once where it is quick, else behind a ping every `ping_s` seconds of silence.

    A quick failure is raised, so that it becomes an ordinary problem; a late one is the event `error`.
    """
    patience = float(ping_s)
    task = asyncio.create_task(turn)
    closed = asyncio.create_task(closing.wait())
    await asyncio.wait({task, closed}, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
    if not task.done() and not closed.done():
        return StreamingResponse(_slow(task, closed, problems, patience), headers=_HEADERS, media_type=MEDIA_TYPE)
    closed.cancel()
    if not task.done():
        task.cancel()
        raise Problem("unavailable")
    return Response("".join(_events(task.result())), headers=_HEADERS, media_type=MEDIA_TYPE)


async def _slow(
    task: asyncio.Task[Reply], closed: asyncio.Task[bool], problems: Problems, patience: float
) -> AsyncIterator[str]:
    try:
        while not task.done() and not closed.done():
            yield _event("ping", "{}")
            await asyncio.wait({task, closed}, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
        for event in _events(task.result()) if task.done() else (_failed(Problem("unavailable"), problems),):
            yield event
    except Exception as error:
        yield _failed(as_problem(error), problems)
    finally:
        task.cancel()
        closed.cancel()


def _events(reply: Reply) -> Iterator[str]:
    """Every event of a stored reply; `done` carries the very text that was stored."""
    for number, (name, data) in enumerate(widget.events(reply.payload)):
        body = reply.body if name == "done" else written(data)
        yield _event(name, body.decode(), f"{reply.payload['message_id']}:{number}")


def _failed(problem: Problem, problems: Problems) -> str:
    return _event("error", problems.body(problem))


def _event(name: str, data: str, identity: str | None = None) -> str:
    """One event; `data` is JSON, so it has no line break of its own."""
    head = f"id: {identity}\n" if identity else ""
    return f"{head}event: {name}\ndata: {data}\n\n"


def _range(text: str) -> tuple[str, float]:
    """A media range of an Accept header with its quality; 0 where the quality is no number."""
    media_type, _, parameters = text.partition(";")
    quality = parameters.replace(" ", "").rpartition("q=")[2] or "1"
    try:
        return media_type.strip().lower(), float(quality)
    except ValueError:
        return media_type.strip().lower(), 0.0

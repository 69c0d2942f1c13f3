"""GET /v1/verify: every vector, run live."""

import asyncio
from collections.abc import Collection
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from assistant.api.documents import VerificationReply
from assistant.api.openapi import operation
from assistant.api.problems import Problem
from assistant.api.replies import json_reply, written
from assistant.errors import UnknownVenue
from assistant.venues.catalogue import Rulebooks
from assistant.verification.choice import chosen, subjects
from assistant.verification.run import Outcome, run
from assistant.verification.vector import Label, Vector
from assistant.verification.written import report

NAME_CHARACTERS = 64


class Filter(BaseModel):
    """Which outcomes are wanted; without any, all of them."""

    model_config = ConfigDict(extra="forbid")
    venue: Annotated[
        str | None, Field(max_length=NAME_CHARACTERS, description="A rulebook, every rulebook of a venue, or a tool")
    ] = None
    label: Annotated[Literal["sourced", "generated"] | None, Field(description="Whose numbers are expected")] = None


class Live:
    """Runs all vectors, beside the event loop and one run at a time: who asks meanwhile is given the run under way."""

    def __init__(self, vectors: tuple[Vector, ...], rulebooks: Rulebooks) -> None:
        self._vectors = vectors
        self._rulebooks = rulebooks
        self._running: asyncio.Task[tuple[Outcome, ...]] | None = None

    async def outcomes(self) -> tuple[Outcome, ...]:
        """Every outcome of a run that ended after this was called."""
        if self._running is None:
            self._running = asyncio.create_task(asyncio.to_thread(run, self._vectors, self._rulebooks))
            self._running.add_done_callback(self._ended)
        return await asyncio.shield(self._running)

    def _ended(self, _task: "asyncio.Task[tuple[Outcome, ...]]") -> None:
        self._running = None

    def wanted(self, outcomes: tuple[Outcome, ...], wanted: Filter) -> tuple[Outcome, ...]:
        """The outcomes a filter leaves; Problem for a venue that is none."""
        label = None if wanted.label is None else Label(wanted.label)
        return chosen(outcomes, subjects=self._subjects(wanted.venue), label=label)

    def _subjects(self, name: str | None) -> Collection[str] | None:
        try:
            return None if name is None else subjects(name, self._rulebooks)
        except UnknownVenue:
            raise Problem("invalid_request", ("venue",)) from None


def routes(*, live: Live, disclaimer: str) -> APIRouter:
    """The verification route."""
    router = APIRouter(tags=["knowledge"])

    @router.get(
        "/v1/verify",
        operation_id="verify",
        summary="Every vector, run live",
        openapi_extra=operation(reply=VerificationReply, can_fail=("invalid_request",)),
    )
    async def verify(wanted: Annotated[Filter, Query()]) -> Response:
        """Worked examples and generated ones, run now: what is found here beside what was expected, and the difference.

        Sourced figures were published or recorded by somebody else; generated ones were found by bisection on equity
        minus requirement, by code that shares nothing with the calculation.
        """
        outcomes = live.wanted(await live.outcomes(), wanted)
        return json_reply(await asyncio.to_thread(_written, outcomes, disclaimer))

    return router


def _written(outcomes: tuple[Outcome, ...], disclaimer: str) -> bytes:
    """The reply as JSON; long, therefore not written on the event loop."""
    return written(report(outcomes, disclaimer))

"""What stands on /verify: the counts of every rulebook, and one page of outcomes."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from urllib.parse import urlencode

from pydantic import ValidationError
from starlette.requests import Request

from assistant.api.pages import Context
from assistant.api.problems import Problem
from assistant.api.verification import Filter, Live
from assistant.tools.registry import TOOLS
from assistant.venues.catalogue import Rulebooks
from assistant.verification.run import Outcome
from assistant.verification.summary import Line, lines, total
from assistant.verification.vector import Label
from assistant.verification.written import difference, figure

ROWS = 100
"""Outcomes on one page."""


class _Asked(Filter):
    """A filter and the number of a page."""

    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One outcome as a reader sees it."""

    subject: str
    position: str
    inputs: tuple[tuple[str, str], ...]
    quantity: str
    ours: str
    theirs: str
    difference: str
    matches: bool
    label: str
    kind: str
    source: str
    url: str | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A way to other outcomes."""

    text: str
    href: str
    current: bool = False


def shown(live: Live, rulebooks: Rulebooks) -> Callable[[Request], Awaitable[Context]]:
    """What fills the page for a request; Problem for a filter nobody can apply."""
    names = {name: name.replace("_", " ") for name in TOOLS} | {book.id: book.name for book in rulebooks}

    async def context(request: Request) -> Context:
        asked = _read(request)
        every = await live.outcomes()
        wanted = live.wanted(every, asked)
        pages = max(1, -(-len(wanted) // ROWS))
        if not 1 <= asked.page <= pages:
            raise Problem("invalid_request", ("page",))
        first = (asked.page - 1) * ROWS
        return {
            "names": names,
            "total": total(every),
            "counts": tuple(_counted(line) for line in lines(every)),
            "labels": tuple(_labels(asked)),
            "everything": _href(label=asked.label) if asked.venue else None,
            "venue": asked.venue,
            "found": len(wanted),
            "first": first + 1 if wanted else 0,
            "last": min(first + ROWS, len(wanted)),
            "rows": tuple(_row(outcome) for outcome in wanted[first : first + ROWS]),
            "turns": tuple(_turns(asked, pages)),
        }

    return context


def _read(request: Request) -> _Asked:
    """The filter of an address; sourced examples where it says nothing at all."""
    try:
        return _Asked.model_validate(dict(request.query_params) or {"label": Label.SOURCED.value})
    except ValidationError as error:
        known = set(chain.from_iterable(found["loc"] for found in error.errors())) & _Asked.model_fields.keys()
        raise Problem("invalid_request", tuple(map(str, known))) from None


def _href(**query: object) -> str:
    """The address of this page with a query; without any it would mean the sourced examples."""
    kept = {name: value for name, value in query.items() if value is not None}
    return f"verify?{urlencode(kept or {'page': 1})}"


def _labels(asked: _Asked) -> Iterator[Link]:
    """Sourced, generated, or both, within the venue that is shown."""
    for label, text in ((Label.SOURCED, "sourced"), (Label.GENERATED, "generated"), (None, "all")):
        value = None if label is None else label.value
        yield Link(text=text, href=_href(venue=asked.venue, label=value), current=asked.label == value)


def _turns(asked: _Asked, pages: int) -> Iterator[Link]:
    """The pages before and after."""
    for text, page in (("earlier", asked.page - 1), ("later", asked.page + 1)):
        if 1 <= page <= pages:
            yield Link(text=text, href=_href(venue=asked.venue, label=asked.label, page=page))


def _counted(line: Line) -> tuple[Line, str, str]:
    """The counts of a rulebook with the addresses of its sourced and generated outcomes."""
    sourced, generated = (_href(venue=line.subject, label=label.value) for label in Label)
    return line, sourced, generated


def _row(outcome: Outcome) -> Row:
    vector = outcome.vector
    return Row(
        subject=vector.subject,
        position=" ".join(filter(None, (vector.contract, vector.margin_mode, vector.side))),
        inputs=(*vector.inputs.items(), ("as_of", vector.as_of.isoformat())),
        quantity=outcome.quantity,
        ours=figure(outcome.ours) or "none",
        theirs=figure(outcome.theirs) or "",
        difference=difference(outcome.difference) or "",
        matches=outcome.matches,
        label=vector.label.value,
        kind=vector.kind,
        source=vector.source,
        url=vector.source if vector.source.startswith("https://") else None,
        note=vector.note,
    )

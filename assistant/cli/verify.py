"""`verify`: runs every vector now and prints ours beside theirs."""

import argparse
import json
import time
from collections.abc import Iterator

from assistant.answers.model import Tone
from assistant.verification import run as live
from assistant.verification.choice import chosen, subjects
from assistant.verification.run import Outcome
from assistant.verification.summary import lines, total
from assistant.verification.vector import Label
from assistant.verification.written import difference, figure, report
from assistant.wiring import open_content, open_vectors

_COUNTS = "{:<20}{:>10}{:>12}{:>9}"
_FIGURE = "{:<20}{:<28}{:>22}{:>22}{:>24}  {}"


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The arguments of the command."""
    parser = commands.add_parser("verify", help="run every worked and generated example; exit status 1 if one differs")
    parser.add_argument("--venue", metavar="NAME", help="only a rulebook, every rulebook of a venue, or a tool")
    parser.add_argument("--sourced", action="store_true", help="only figures that somebody else published")
    parser.add_argument("--json", action="store_true", help="the payload of GET /v1/verify instead of text")


def run(parsed: argparse.Namespace) -> int:
    """0 when every figure agrees, 1 when one differs or there is none."""
    assistant = open_content(compiled=False)
    wanted = None if parsed.venue is None else subjects(parsed.venue, assistant.rulebooks)
    vectors = open_vectors(assistant)
    started = time.perf_counter()
    every = live.run(vectors, assistant.rulebooks)
    took = time.perf_counter() - started
    outcomes = chosen(every, subjects=wanted, label=Label.SOURCED if parsed.sourced else None)
    disclaimer = assistant.shelves[assistant.understanding.default].book.disclaimers[Tone.PLAIN]
    if parsed.json:
        print(json.dumps(report(outcomes, disclaimer), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_report(outcomes, took)))
        print(f"\n{disclaimer}")
    return 0 if outcomes and not total(outcomes).mismatches else 1


def _report(outcomes: tuple[Outcome, ...], took: float) -> Iterator[str]:
    """Sourced figures and whatever differs, line by line; then the counts."""
    yield _FIGURE.format("venue", "figure", "ours", "theirs", "difference", "source").rstrip()
    for outcome in outcomes:
        if outcome.vector.label is Label.SOURCED or not outcome.matches:
            yield _line(outcome)
    yield ""
    yield _COUNTS.format("venue", "sourced", "generated", "differ")
    for line in lines(outcomes):
        yield _COUNTS.format(line.subject, line.sourced, line.generated, line.mismatches)
    whole = total(outcomes)
    yield _COUNTS.format("all", whole.sourced, whole.generated, whole.mismatches)
    yield ""
    yield f"all vectors run in {took:.2f} s"


def _line(outcome: Outcome) -> str:
    vector = outcome.vector
    source = vector.source if outcome.matches else f"DIFFERS  {vector.id}  {vector.source}"
    return _FIGURE.format(
        vector.subject,
        outcome.quantity,
        figure(outcome.ours) or "none",
        figure(outcome.theirs) or "",
        difference(outcome.difference) or "",
        f"{vector.kind}: {source}",
    )

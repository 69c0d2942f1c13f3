"""The vectors of knowledge/vectors/: sourced.jsonl and generated.jsonl, one example a line."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields
from decimal import Decimal
from pathlib import Path

from assistant.errors import InputOutOfRange
from assistant.json_lines import Record
from assistant.margin.quantities import ZERO
from assistant.margin.request import PositionRequest
from assistant.tools import arguments
from assistant.tools.registry import TOOLS
from assistant.values import Contract, MarginMode, Side
from assistant.verification.measure import QUANTITIES
from assistant.verification.vector import Call, Label, Other, OwnTier, Subject, Vector

FILES: Mapping[str, Label] = {"sourced.jsonl": Label.SOURCED, "generated.jsonl": Label.GENERATED}
ORACLE = "tests/oracle: bisection on equity minus requirement"
"""Where generated figures come from."""
_EXPECTED = ("inputs", "expected", "as_of")
_POSITION = ("rulebook", "contract", "margin_mode", "side")
_EVIDENCE = ("id", "kind", "source", "tolerance")
_WORDS = ("status", "reason", "origin")
"""Quantities that are words."""
_NUMBERS = tuple(
    field.name for field in fields(PositionRequest) if field.name not in ("symbol", "contract", "margin_mode", "side")
)
_MORE = ("others", "tiers", "tick", "fee_to_close_rate")
_OTHER = ("side", "size", "entry_price", "mark_price", "rate", "amount")


def load(directory: Path, *, rulebooks: Collection[str]) -> tuple[Vector, ...]:
    """Every vector, the sourced ones first; ContentError for the first line that is wrong."""
    vectors: dict[str, Vector] = {}
    for name, label in FILES.items():
        for line, record in enumerate(Record.lines(directory / name), start=1):
            vector = _vector(record, label, line, rulebooks)
            if vector.id in vectors:
                raise record.refuse(f"id {vector.id} stands once")
            vectors[vector.id] = vector
    return tuple(vectors.values())


def _vector(record: Record, label: Label, line: int, rulebooks: Collection[str]) -> Vector:
    """The vector of one line."""
    sourced = label is Label.SOURCED
    by_tool = "tool" in record
    needed = (*_EXPECTED, *(("tool",) if by_tool else _POSITION), *(_EVIDENCE if sourced else ()))
    record.only(needed, ("note",) if sourced else ())
    inputs = record.table("inputs")
    asks = _call(record, inputs) if by_tool else _subject(record, inputs, rulebooks)
    expected = record.table("expected")
    known = tuple(QUANTITIES) if isinstance(asks, Subject) else tuple(_named(expected, TOOLS[asks.tool].figures))
    return Vector(
        id=record.text("id") if sourced else f"{label}-{line}",
        label=label,
        asks=asks,
        inputs={key: _shown(inputs.value(key)) for key in inputs},
        contract="" if by_tool else record.text("contract"),
        margin_mode="" if by_tool else record.text("margin_mode"),
        side="" if by_tool else record.text("side"),
        as_of=record.day("as_of"),
        expected=dict(_expected(expected, known)),
        kind=record.text("kind") if sourced else label.value,
        source=record.text("source") if sourced else ORACLE,
        note=record.optional(record.text, "note") or "",
        absolute=_not_negative(record, "tolerance") if sourced else None,
    )


def _subject(record: Record, inputs: Record, rulebooks: Collection[str]) -> Subject:
    """What a line asks a rulebook about."""
    inputs.only(("symbol", "entry_price"), (*_NUMBERS, *_MORE))
    try:
        request = PositionRequest(
            symbol=inputs.text("symbol"),
            contract=record.choice("contract", Contract),
            margin_mode=record.choice("margin_mode", MarginMode),
            side=record.choice("side", Side),
            **{name: inputs.number(name) for name in _NUMBERS if name in inputs},
        )
        request.position()
    except InputOutOfRange as error:
        raise record.refuse(f"{error.data['argument']}: {error.data['reason']}") from error
    return Subject(
        rulebook=record.one_of("rulebook", rulebooks),
        request=request,
        others=tuple(map(_other, inputs.tables("others"))) if "others" in inputs else (),
        tiers=tuple(map(_tier, inputs.tables("tiers"))) if "tiers" in inputs else (),
        tick=inputs.optional(inputs.number, "tick"),
        fee_to_close_rate=inputs.optional(inputs.number, "fee_to_close_rate"),
    )


def _other(table: Record) -> Other:
    """Another position of the account."""
    table.only(_OTHER)
    return Other(side=table.choice("side", Side), **{name: table.number(name) for name in _OTHER[1:]})


def _tier(table: Record) -> OwnTier:
    """One tier of the example's own table."""
    table.only(("floor", "rate"), ("amount",))
    amount = table.optional(table.number, "amount") or ZERO
    return OwnTier(floor=table.number("floor"), rate=table.rate("rate"), amount=amount)


def _call(record: Record, inputs: Record) -> Call:
    """What a line calls a tool with."""
    tool = record.one_of("tool", tuple(TOOLS))
    try:
        return Call(tool=tool, arguments=arguments.read(TOOLS[tool], {key: inputs.value(key) for key in inputs}))
    except arguments.Malformed as problem:
        raise record.refuse(f"{problem.argument} {problem.reason}") from problem


def _named(table: Record, figures: Collection[str]) -> Iterator[str]:
    """What a line may expect of a tool: its status, and its figures, those of one variant behind an @."""
    yield "status"
    for name in table:
        base, at, _ = name.partition("@")
        if base + at in figures:
            yield name


def _expected(table: Record, known: Collection[str]) -> Iterator[tuple[str, Decimal | str]]:
    """The figures a line expects, at least one."""
    table.only((), known)
    if not list(table):
        raise table.refuse("expected names at least one figure")
    for name in table:
        yield name, table.text(name) if name in _WORDS else table.number(name)


def _not_negative(record: Record, key: str) -> Decimal:
    value = record.number(key)
    if value < 0:
        raise record.refuse(f"{key} is not negative")
    return value


def _shown(value: object) -> str:
    """An input as a reader sees it."""
    if isinstance(value, list):
        return "; ".join(map(_shown, value))
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_shown(one)}" for key, one in value.items())
    return str(value)

"""A tool's result in words: the report programs read, and the section people read."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import partial

from assistant.answers.asks import questions
from assistant.answers.book import start
from assistant.answers.figures import Shown, option, step
from assistant.answers.markup import blocks
from assistant.answers.model import AssumptionItem, Block, Bullets, Figures, Report, Steps, ToolCall
from assistant.answers.section import Section
from assistant.answers.shelf import Shelf
from assistant.answers.suggestions import after_result
from assistant.answers.written import GENERIC, inputs, position, sentence
from assistant.errors import ContentError
from assistant.values import ArgumentValue, Assumption, CallTool, Contract, Result, Side, Status

_IMPOSSIBLE = frozenset({"impossible_value", "rate_above_margin", "side_contradiction", "leverage_above_cap"})
_ESTIMATED = frozenset(
    {"generic_rules", "generic_formula", "assumed_rate", "assumed_symbol", "assumed_threshold", "estimated_mode"}
)
_LEFT_OUT = "variant_refused"
"""The code of a variant that has no number: told beside the comparison."""
_TOLD = frozenset({_LEFT_OUT, "move_liquidates", "move_survived"})
"""Codes whose template says them itself; they are no assumptions."""


_OTHERS = "other_positions"


def called(decision: CallTool, result: Result, shelf: Shelf) -> Section:
    """The section of one tool run; a value no position can have makes it `invalid_input`."""
    book = shelf.book
    side = _side(result)
    shown = {figure.name: Shown(figure, side, shelf) for figure in result.figures}
    report = _report(decision, result, side, shelf)
    rules = shelf.venue(result.rulebook) if result.rulebook and result.rulebook != GENERIC else None
    known = position(result.arguments, shelf, _units(result))
    if rules and "venue" in known:
        known["venue"] = rules
    asked = decision.arguments.get("as_of")
    context: dict[str, object] = {
        "f": {name: figure for name, figure in shown.items() if "@" not in name},
        "a": known,
        "variants": _variants(shown, shelf),
        "inputs": inputs(known, book.labels),
        "estimate": any(assumed.code in _ESTIMATED for assumed in result.assumptions),
        "assumed": tuple(item.code for item in report.assumptions if item.code not in _TOLD),
        "told": tuple(item.code for item in report.assumptions if item.code in _TOLD),
        "reason": report.reason,
        "code": result.code,
        "impossible": result.code in _IMPOSSIBLE,
        "covered": book.labels.style.enumerate(shelf.covered),
        "rules": rules,
        "as_of": book.labels.style.day(result.rules_as_of) if result.rules_as_of else None,
        "asked_day": book.labels.style.day(asked) if isinstance(asked, date) else None,
        "tool": result.tool,
        **questions(decision.intent, result.missing, book),
    }
    name = result.tool if result.status is Status.OK else f"status_{result.status}"
    return Section(
        intent="invalid_input" if result.status is Status.REFUSED and result.code in _IMPOSSIBLE else decision.intent,
        blocks=tuple(blocks(book.render(name, context), partial(_insert, shown, report, shelf))),
        numeric=True,
        missing=result.missing,
        figures=result.figures,
        tool_calls=(ToolCall(tool=result.tool, arguments=result.arguments, report=report),),
        suggestions=after_result(result, known, shelf),
        sources=result.sources,
    )


def _report(decision: CallTool, result: Result, side: Side | None, shelf: Shelf) -> Report:
    book = shelf.book
    assumptions = (
        AssumptionItem(code=assumed.code, sentence=_assumed(assumed, shelf))
        for assumed in (*_from_context(decision), *result.assumptions)
    )
    others = decision.arguments.get(_OTHERS) if _OTHERS in decision.from_context else None
    counted = () if others is None else (_counted(others, shelf),)
    return Report(
        status=result.status,
        code=result.code,
        reason=sentence(book.errors, result.code, result.data, shelf) if result.code else None,
        missing=result.missing,
        figures=result.figures,
        working=tuple(step(line, side, shelf) for line in result.working),
        assumptions=tuple(dict.fromkeys((*counted, *assumptions))),
        sources=result.sources,
        rules_as_of=result.rules_as_of.isoformat() if result.rules_as_of else None,
        rulebook=result.rulebook,
    )


def _assumed(assumed: Assumption, shelf: Shelf) -> str:
    """The sentence of an assumption; one that holds for a single variant of a comparison begins with its name."""
    text = sentence(shelf.book.assumptions, assumed.code, assumed.data, shelf)
    variant = assumed.data.get("variant")
    if not isinstance(variant, str) or assumed.code == _LEFT_OUT:
        return text
    return shelf.book.labels.headings["of_variant"].format(variant=start(option(variant, shelf)), text=text)


def _counted(others: ArgumentValue, shelf: Shelf) -> AssumptionItem:
    """Which open positions of the host page count beside the one asked about, by name."""
    code = "positions_from_context"
    return AssumptionItem(code=code, sentence=sentence(shelf.book.assumptions, code, {"positions": others}, shelf))


def _from_context(decision: CallTool) -> Iterator[Assumption]:
    """What the host page gave and the user did not say."""
    for name in decision.from_context:
        if name == _OTHERS:
            continue
        value = decision.arguments.get(name)
        data = {"value": value} if isinstance(value, str | Decimal | date) else {}
        yield Assumption(code="from_context", data={"name": name, **data})


def _side(result: Result) -> Side | None:
    """The side prices are rounded for: where the liquidation price lies, else the position's own."""
    move = result.figure("distance_pct")
    if move:
        return Side.LONG if move < 0 else Side.SHORT
    side = result.arguments.get("side")
    return Side(side) if isinstance(side, str) and side in set(Side) else None


def _units(result: Result) -> dict[str, str]:
    """`unit`, the currency of prices, and `settlement`, the currency of margin, where a figure tells them."""
    units: dict[str, str] = {}
    for figure in result.figures:
        base = figure.name.partition("@")[0]
        if figure.unit in ("", "%", "x"):
            continue
        if base.endswith("_price") or base in ("distance_abs", "position_size_quote"):
            units.setdefault("unit", figure.unit)
        elif base not in ("notional", "position_size_base"):
            units.setdefault("settlement", figure.unit)
    if "unit" in units and result.arguments.get("contract") != Contract.INVERSE:
        units.setdefault("settlement", units["unit"])
    return units


def _variants(shown: Mapping[str, Shown], shelf: Shelf) -> tuple[Mapping[str, object], ...]:
    """Figures of a comparison by variant, in order: `{"label": "20x", "f": {…}}`."""
    found: dict[str, dict[str, Shown]] = {}
    for name, figure in shown.items():
        base, _, variant = name.partition("@")
        if variant:
            found.setdefault(variant, {})[base] = figure
    return tuple({"name": variant, "label": option(variant, shelf), "f": figures} for variant, figures in found.items())


def _insert(
    shown: Mapping[str, Shown], report: Report, shelf: Shelf, name: str, chosen: tuple[str, ...]
) -> Iterator[Block]:
    """The blocks of a directive: `:::figures a b`, `:::steps`, `:::assumptions`, `:::left_out`."""
    match name:
        case "figures":
            items = tuple(shown[figure].item for figure in chosen or shown if figure in shown)
            if items:
                yield Figures(items=items)
        case "steps":
            if report.working:
                yield Steps(title=shelf.book.labels.headings["steps"], items=report.working)
        case "assumptions":
            if sentences := tuple(item.sentence for item in report.assumptions if item.code not in _TOLD):
                yield Bullets(items=sentences)
        case "left_out":
            if sentences := tuple(item.sentence for item in report.assumptions if item.code == _LEFT_OUT):
                yield Bullets(items=sentences)
        case _:
            raise ContentError(file="answers", line=0, rule=f":::{name} is no directive")

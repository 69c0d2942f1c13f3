"""JSON: a request of POST /v1/chat -> Message, a SealedAnswer -> the payloads of API.md."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import assert_never

from assistant.answers.formats import inert, plain
from assistant.answers.model import (
    Block,
    Bullets,
    Caveat,
    Figures,
    Headline,
    Paragraph,
    Report,
    SealedAnswer,
    Sources,
    StepItem,
    Steps,
    Table,
)
from assistant.articles.model import Article
from assistant.values import Arguments, ArgumentValue, Figure, Message, SlotValue, Source

Json = str | bool | int | None | list["Json"] | dict[str, "Json"]
Payload = dict[str, Json]

_WORDS = frozenset({"venue", "symbol", "contract", "side", "size_unit", "margin_mode", "collateral_currency"})


def parse(body: Mapping[str, object], *, as_of: date) -> Message:
    """The message of a checked request body; `as_of` where it names no date; ValueError for a number that is none."""
    day = body.get("as_of")
    language = body.get("language")
    context = body.get("context")
    return Message(
        text=str(body["message"]).strip(),
        as_of=day if isinstance(day, date) else date.fromisoformat(day) if isinstance(day, str) else as_of,
        language=language if isinstance(language, str) else None,
        context=_context(context) if isinstance(context, Mapping) else {},
    )


def payload(
    sealed: SealedAnswer, *, conversation_id: str, message_id: str, reading: Mapping[str, Json] | None = None
) -> Payload:
    """The 200 of POST /v1/chat; `reading` only where it was asked for."""
    answer = sealed.answer
    body: Payload = {
        "conversation_id": conversation_id,
        "message_id": message_id,
        "language": answer.language,
        "intent": answer.intent,
        "topic": answer.topic,
        "slots": {name: _json(value) for name, value in answer.slots.items()},
        "missing": list(answer.missing),
        "figures": _figures(answer.figures),
        "tool_calls": [
            {
                "tool": call.tool,
                "arguments": {name: _json(value) for name, value in call.arguments.items()},
                "result": _report(call.report, sealed.disclaimer),
            }
            for call in answer.tool_calls
        ],
        "text": sealed.text,
        "blocks": [block(item) for item in answer.blocks],
        "suggestions": list(answer.suggestions),
        "sources": [_source(source) for source in answer.sources],
        "disclaimer": sealed.disclaimer,
    }
    return body if reading is None else {**body, "reading": dict(reading)}


def tool_payload(sealed: SealedAnswer) -> Payload:
    """The 200 of POST /v1/tools/{tool}: the result of the one tool run in the answer."""
    (call,) = sealed.answer.tool_calls
    return _report(call.report, sealed.disclaimer)


def article_payload(sealed: SealedAnswer, article: Article) -> Payload:
    """The 200 of GET /v1/articles/{id}."""
    return {
        "id": article.id,
        "title": article.title,
        "language": article.language,
        "reviewed": article.reviewed.isoformat(),
        "text": sealed.text,
        "blocks": [block(item) for item in sealed.answer.blocks],
        "suggestions": list(sealed.answer.suggestions),
        "sources": [_source(source) for source in sealed.answer.sources],
        "disclaimer": sealed.disclaimer,
    }


def problem_payload(sealed: SealedAnswer, *, status: int, code: str) -> Payload:
    """RFC 9457 problem details; says what is wrong and never what was sent."""
    title, detail = (item.text for item in sealed.answer.blocks if isinstance(item, Headline | Paragraph))
    return {
        "type": f"urn:liquidation-assistant:problem:{code}",
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
        "disclaimer": sealed.disclaimer,
    }


def events(body: Payload) -> Iterator[tuple[str, Payload]]:
    """A chat payload as server-sent events: `meta`, every block whole, then everything once more as `done`."""
    yield "meta", {name: body[name] for name in ("conversation_id", "message_id", "language", "intent", "topic")}
    blocks = body["blocks"]
    if isinstance(blocks, list):
        for item in blocks:
            if isinstance(item, dict):
                yield "block", item
    yield "done", body


def block(item: Block) -> Payload:
    """One block: `type` and its fields."""
    match item:
        case Headline():
            return {"type": "headline", "text": item.text, "level": item.level}
        case Paragraph():
            return {"type": "paragraph", "text": item.text}
        case Caveat():
            return {"type": "caveat", "text": item.text}
        case Bullets():
            return {"type": "list", "items": list(item.items)}
        case Figures():
            return {
                "type": "figures",
                "items": [
                    {"name": f.name, "label": f.label, "value": plain(f.value), "unit": f.unit, "text": f.text}
                    for f in item.items
                ],
            }
        case Steps():
            steps: list[Json] = [{"name": line.name, **_step(line), "text": line.text} for line in item.items]
            return {"type": "steps", "title": item.title, "items": steps}
        case Table():
            return {"type": "table", "columns": list(item.columns), "rows": [list(row) for row in item.rows]}
        case Sources():
            return {"type": "sources", "title": item.title, "items": [_source(source) for source in item.items]}
    assert_never(item)


def _report(report: Report, disclaimer: str) -> Payload:
    return {
        "status": report.status,
        "code": report.code,
        "reason": report.reason,
        "missing": list(report.missing),
        "figures": _figures(report.figures),
        "working": [_step(line) for line in report.working],
        "assumptions": [{"code": item.code, "sentence": item.sentence} for item in report.assumptions],
        "sources": [_source(source) for source in report.sources],
        "rules_as_of": report.rules_as_of,
        "rulebook": report.rulebook,
        "disclaimer": disclaimer,
    }


def _figures(figures: tuple[Figure, ...]) -> Payload:
    return {figure.name: {"value": plain(figure.value), "unit": figure.unit} for figure in figures}


def _step(line: StepItem) -> Payload:
    return {
        "label": line.label,
        "equation": line.equation,
        "numbers": line.numbers,
        "value": plain(line.value),
        "unit": line.unit,
    }


def _source(source: Source) -> Payload:
    return {
        "id": source.id,
        "title": source.title,
        "url": source.url,
        "retrieved": source.retrieved.isoformat(),
    }


def _json(value: ArgumentValue | SlotValue) -> Json:
    match value:
        case bool():
            return value
        case str():
            return inert(value)
        case Decimal():
            return plain(value)
        case date():
            return value.isoformat()
        case tuple():
            return [_json(item) for item in value]
        case _:
            return {inert(name): _json(item) for name, item in value.items()}


def _context(table: Mapping[object, object]) -> Arguments:
    return {str(name): _value(str(name), value) for name, value in table.items()}


def _value(name: str, value: object) -> ArgumentValue:
    match value:
        case bool():
            return value
        case str() if name in _WORDS:
            return value
        case str() | int() | float() | Decimal():
            return _number(str(value))
        case list():
            return tuple(_value(name, item) for item in value)
        case Mapping():
            return _context(value)
    raise ValueError(name)


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except ArithmeticError as problem:
        raise ValueError("not a number") from problem
    if not number.is_finite():
        raise ValueError("not a finite number")
    return number

"""POST /v1/bulk: many positions at once, each with a status of its own."""

import asyncio
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from fastapi import APIRouter, Request
from pydantic_core import from_json
from starlette.responses import Response

from assistant.api.documents import BulkReply
from assistant.api.limits import BULK_BODY_BYTES, BULK_ROWS, json_body
from assistant.api.openapi import operation
from assistant.api.problems import Problem
from assistant.api.replies import json_reply
from assistant.channels.widget import Json, Payload
from assistant.ports import Clock
from assistant.tools import arguments
from assistant.tools.columns import COLUMNS, NOT_TAKEN, RESULTS
from assistant.tools.registry import TOOLS
from assistant.tools.rules import Rules
from assistant.values import Arguments
from assistant.venues.catalogue import Rulebooks

_TOOL = TOOLS["liquidation_price"]


def routes(*, rulebooks: Rulebooks, clock: Clock, disclaimer: str) -> APIRouter:
    """The bulk route."""
    router = APIRouter(tags=["tools"])
    one_at_a_time = asyncio.Lock()
    row = {name: arguments.CATALOGUE[name].schema() for name in COLUMNS}

    @router.post(
        "/v1/bulk",
        operation_id="run_bulk",
        summary="Liquidation prices of many positions",
        openapi_extra=operation(
            body={
                "type": "object",
                "description": f"Up to {BULK_ROWS} rows in at most {BULK_BODY_BYTES // 1024} KiB",
                "properties": {
                    "rows": {
                        "type": "array",
                        "minItems": 1,
                        "maxItems": BULK_ROWS,
                        "items": {"type": "object", "properties": row, "additionalProperties": False},
                        "description": "One position each, with arguments of the tool liquidation_price",
                    },
                    "as_of": {
                        "type": "string",
                        "format": "date",
                        "description": "Date whose rules apply where a row names none; left out: today",
                    },
                },
                "required": ["rows"],
                "additionalProperties": False,
            },
            examples={"two positions": {"rows": [dict(_TOOL.example), {**_TOOL.example, "side": "short"}]}},
            reply=BulkReply,
            can_fail=("bulk_too_large", "unsupported_media_type", "malformed_json", "invalid_request"),
        ),
    )
    async def run_bulk(request: Request) -> Response:
        """Answers every row as POST /v1/tools/liquidation_price would, without its working.

        Prices are computed in float64 and lie within `error_bound` of the exact ones, as a fraction of the entry price.
        """
        rows, as_of = read_rows(await json_body(request, limit=BULK_BODY_BYTES, code="bulk_too_large"))
        rules = Rules(rulebooks=rulebooks, as_of=as_of or clock.today())
        async with one_at_a_time:
            reply = await asyncio.to_thread(_answered, rows, rules)
        return json_reply({**reply, "disclaimer": disclaimer})

    return router


def read_rows(body: bytes) -> tuple[list[Arguments], date | None]:
    """The rows of a body and its date; Problem where the schema forbids it or there are too many."""
    try:
        from_json(body, allow_inf_nan=False)  # bounds the depth, which the standard library does not
        raw = json.loads(body, parse_float=Decimal)
    except ValueError:
        raise Problem("malformed_json") from None
    if not isinstance(raw, dict) or not raw.keys() <= {"rows", "as_of"}:
        raise Problem("invalid_request", ("body",))
    rows = raw.get("rows")
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise Problem("invalid_request", ("rows",))
    if len(rows) > BULK_ROWS:
        raise Problem("bulk_too_large", ("rows",))
    try:
        as_of = arguments.CATALOGUE["as_of"].read(raw["as_of"]) if "as_of" in raw else None
    except arguments.Malformed:
        raise Problem("invalid_request", ("as_of",)) from None
    return [_row(row) for row in rows], as_of if isinstance(as_of, date) else None


def _row(raw: Mapping[str, object]) -> Arguments:
    """The arguments of one row; Problem where the schema forbids them."""
    if raw.keys() & NOT_TAKEN:
        raise Problem("invalid_request", (f"rows.{min(raw.keys() & NOT_TAKEN)}",))
    try:
        return arguments.read(_TOOL, raw)
    except arguments.Malformed as problem:
        known = problem.argument in arguments.CATALOGUE
        raise Problem("invalid_request", (f"rows.{problem.argument}" if known else "rows",)) from None


def _answered(rows: list[Arguments], rules: Rules) -> Payload:
    """The reply without its disclaimer."""
    from assistant.bulk.prices import ERROR_BOUND
    from assistant.tools.many import Many

    columns = {name: [str(row.get(name, "")) for row in rows] for name in COLUMNS if any(name in row for row in rows)}
    results = Many(rules).answers(columns, len(rows)).results
    found: list[Json] = []
    for cells in zip(*(results[name] for name in RESULTS), strict=True):
        row: dict[str, Json] = {name: cell or None for name, cell in zip(RESULTS, cells, strict=True)}
        row["assumptions"] = list(str(row["assumptions"] or "").split())
        found.append(row)
    return {
        "rows": found,
        "error_bound": f"{Decimal(str(ERROR_BOUND)):f}",
        "rules_as_of": max(results["rules_as_of"]) or None,
    }

"""The yardstick: FastAPI handlers that read the request and do nothing; BENCH_REPLY names a file with the reply."""

import json
import os
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel
from starlette.responses import Response

BYTES = Path(os.environ["BENCH_REPLY"]).read_bytes()
REPLY: dict[str, Any] = json.loads(BYTES)


class Context(BaseModel):
    venue: str | None = None
    symbol: str | None = None
    mark_price: Decimal | None = None


class Question(BaseModel):
    message: str
    conversation_id: str | None = None
    language: str | None = None
    context: Context | None = None
    explain: bool = False
    as_of: date | None = None


app = FastAPI()


@app.post("/bytes")
async def finished(question: Question) -> Response:
    """The harder yardstick: the reply is finished bytes."""
    return Response(BYTES, media_type="application/json")


@app.post("/value")
async def value(question: Question) -> dict[str, Any]:
    """The usual handler: the framework writes the same reply as JSON."""
    return REPLY

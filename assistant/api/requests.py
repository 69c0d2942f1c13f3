"""What a client may send, checked to the letter; everything else is a problem."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

from assistant.api.limits import COMMENT_CHARACTERS, CONTEXT_POSITIONS, MESSAGE_CHARACTERS
from assistant.api.problems import Problem
from assistant.tools import arguments
from assistant.tools.registry import TOOLS

Name = Annotated[str, StringConstraints(min_length=1, max_length=64)]
LanguageTag = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", max_length=35)]
Amount = Annotated[Decimal, Field(ge=0, lt=10**15, max_digits=40, decimal_places=25)]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Context(_Strict):
    """What the host page or app knows; used where the user did not say, and said in words."""

    venue: Name | None = None
    symbol: Name | None = None
    mark_price: Annotated[Amount, Field(gt=0)] | None = None
    wallet_balance: Amount | None = None
    positions: Annotated[list[dict[str, Any]], Field(max_length=CONTEXT_POSITIONS)] | None = None
    """Each with the arguments of the tool liquidation_price."""


class ChatRequest(_Strict):
    """One message of a conversation."""

    message: Annotated[
        str,
        Field(
            description=f"1 to {MESSAGE_CHARACTERS} characters after trimming",
            examples=["long 0.5 btc at 60k 20x isolated on binance, liq?"],
        ),
    ]
    conversation_id: Annotated[Name | None, Field(description="Continues a conversation")] = None
    language: Annotated[
        LanguageTag | None, Field(description="BCP 47 hint; otherwise detected from the message", examples=["en"])
    ] = None
    context: Annotated[
        Context | None,
        Field(description="What the host page knows: used where the user did not say, and said in words"),
    ] = None
    explain: Annotated[bool, Field(description="Adds `reading`: what was recognised and why")] = False
    as_of: Annotated[date | None, Field(description="Date whose venue rules apply; today", examples=["2026-11-22"])] = (
        None
    )


class FeedbackRequest(_Strict):
    """What somebody thinks of a reply."""

    helpful: bool
    comment: Annotated[str, StringConstraints(max_length=COMMENT_CHARACTERS)] | None = None


def read_chat(body: bytes) -> ChatRequest:
    """The request; Problem where it is not one, or its message is empty or too long."""
    request = _read(ChatRequest, body)
    for position in (request.context and request.context.positions) or ():
        try:
            arguments.read(TOOLS["liquidation_price"], position)
        except arguments.Malformed:
            raise Problem("invalid_request", ("context.positions",)) from None
    length = len(request.message.strip())
    if not length:
        raise Problem("empty_message", ("message",))
    if length > MESSAGE_CHARACTERS:
        raise Problem("message_too_long", ("message",))
    return request


def read_feedback(body: bytes) -> FeedbackRequest:
    """The feedback; Problem where it is none."""
    return _read(FeedbackRequest, body)


_Model = TypeVar("_Model", bound=_Strict)


def _read(model: type[_Model], body: bytes) -> _Model:
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False, include_context=False)
    if found[0]["type"] == "json_invalid":
        raise Problem("malformed_json")
    raise Problem("invalid_request", tuple(dict.fromkeys(_place(item) for item in found)))


def _place(item: ErrorDetails) -> str:
    """Where an error is, in names of ours: an unknown field is what the client called it, and that is not said."""
    known = item["loc"][:-1] if item["type"] == "extra_forbidden" else item["loc"]
    return ".".join(map(str, known)) or "body"

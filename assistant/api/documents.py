"""What replies look like, for the OpenAPI document; tests hold real replies to it, the server does not check itself."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Number = Annotated[str, Field(pattern=r"^-?[0-9]+(\.[0-9]+)?$", examples=["57228.91566"])]
Disclaimer = Annotated[str, Field(min_length=1, description="Ends every text; shown to whoever reads the reply")]


class _Document(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Source(_Document):
    """Where a rule or a fact stands."""

    id: str
    title: str
    url: str
    retrieved: date


class Figure(_Document):
    """One number, exact to 10 significant digits."""

    value: Number
    unit: str


class Step(_Document):
    """One line of working."""

    label: str
    equation: str
    numbers: str
    value: Number
    unit: str


class Assumption(_Document):
    """Something nobody said that the result rests on."""

    code: str
    sentence: str


class ToolResult(_Document):
    """What a tool found out; only status ok carries a liquidation price."""

    status: Literal["ok", "not_liquidatable", "underdetermined", "beyond_maintenance", "refused"]
    code: str | None
    reason: str | None
    missing: list[str]
    figures: dict[str, Figure]
    working: list[Step]
    assumptions: list[Assumption]
    sources: list[Source]
    rules_as_of: date | None
    rulebook: str | None
    disclaimer: Disclaimer


class ToolCall(_Document):
    """One tool run: what it was called with and what it found."""

    tool: str
    arguments: dict[str, Any]
    result: ToolResult


class Block(BaseModel):
    """One whole part of the answer; further fields depend on `type`, unknown types are left out by clients."""

    model_config = ConfigDict(extra="allow")
    type: Annotated[
        str, Field(examples=["headline", "figures", "steps", "table", "list", "paragraph", "caveat", "sources"])
    ]


class ChatReply(_Document):
    """The answer to one message."""

    conversation_id: str
    message_id: str
    language: str
    intent: str
    topic: str | None
    slots: Annotated[dict[str, Any], Field(description="What was said so far, normalised")]
    missing: Annotated[list[str], Field(description="Slots the reply asks for")]
    figures: dict[str, Figure]
    tool_calls: list[ToolCall]
    text: Annotated[str, Field(description="Markdown; its last paragraph is the disclaimer")]
    blocks: list[Block]
    suggestions: list[str]
    sources: list[Source]
    disclaimer: Disclaimer
    reading: Annotated[dict[str, Any] | None, Field(description="Only with explain: what was recognised and why")] = (
        None
    )


class TurnDocument(_Document):
    """One turn as it was stored."""

    message_id: str
    created: datetime
    as_of: date
    request: dict[str, Any]
    reply: ChatReply


class ConversationReply(_Document):
    """A conversation, oldest turn first."""

    conversation_id: str
    turns: list[TurnDocument]
    disclaimer: Disclaimer


class ToolDocument(_Document):
    """One deterministic tool."""

    name: str
    description: str
    arguments: Annotated[dict[str, Any], Field(description="JSON Schema of the request body")]
    figures: Annotated[dict[str, str], Field(description="Every figure it can give, with its meaning")]
    example: dict[str, Any]


class ToolsReply(_Document):
    """All tools."""

    tools: list[ToolDocument]
    disclaimer: Disclaimer


class BulkRow(_Document):
    """What was found out about one row; a price only with status ok."""

    status: Literal["ok", "not_liquidatable", "underdetermined", "beyond_maintenance", "refused"]
    liquidation_price: Annotated[Number | None, Field(description="To 10 significant digits")]
    distance_pct: Annotated[Number | None, Field(description="Signed move to it from the mark price, else from entry")]
    rules_as_of: date | None
    assumptions: Annotated[list[str], Field(description="Codes of what nobody said and the price rests on")]
    error: Annotated[str | None, Field(description="Why there is no price: a code and its details")]


class BulkReply(_Document):
    """Liquidation prices of many positions."""

    rows: Annotated[list[BulkRow], Field(description="In the order of the request")]
    error_bound: Annotated[
        Number, Field(description="Largest difference to the exact price, as a fraction of the entry price")
    ]
    rules_as_of: Annotated[date | None, Field(description="Newest rule that was used; null where none was")]
    disclaimer: Disclaimer


class VenueDocument(_Document):
    """One rulebook."""

    id: str
    name: str
    level: Literal["bronze", "silver", "gold"]
    contracts: list[str]
    modes: list[str]
    rules_as_of: Annotated[date | None, Field(description="Since when today's rules are in force; null: none are")]
    sources: list[Source]


class VenuesReply(_Document):
    """All rulebooks."""

    venues: list[VenueDocument]
    disclaimer: Disclaimer


class ArticleLine(_Document):
    """One article of the list."""

    id: str
    title: str
    language: str
    reviewed: date


class ArticlesReply(_Document):
    """All articles."""

    articles: list[ArticleLine]
    disclaimer: Disclaimer


class ArticleReply(ArticleLine):
    """One article, whole."""

    text: str
    blocks: list[Block]
    suggestions: list[str]
    sources: list[Source]
    disclaimer: Disclaimer


class VerificationCounts(_Document):
    """How many figures were run and how many differ."""

    sourced: int
    generated: int
    mismatches: int


class VerificationVenue(VerificationCounts):
    """The counts of one rulebook, or of one tool that asks no venue."""

    venue: str


class VerificationOutcome(_Document):
    """One figure of one vector: what is found here and what was expected."""

    id: str
    label: Annotated[Literal["sourced", "generated"], Field(description="Whose numbers are expected")]
    venue: Annotated[str, Field(description="The rulebook that was asked, or the tool where it asks no venue")]
    contract: str | None
    margin_mode: str | None
    side: str | None
    as_of: date
    inputs: dict[str, str]
    quantity: str
    ours: Annotated[str | None, Field(description="A number, a word such as a status, or the code of a refusal")]
    theirs: Annotated[str, Field(description="A number, or a word such as a status")]
    difference: Annotated[Number | None, Field(description="Ours less theirs, to three significant digits")]
    tolerance: Annotated[Number | None, Field(description="What the digits of the source allow")]
    matches: bool
    kind: Annotated[str, Field(description="Venue-published, a live recording, a third party's, generated")]
    source: str
    note: str | None


class VerificationReply(_Document):
    """Every vector asked for, run live."""

    summary: VerificationCounts
    venues: list[VerificationVenue]
    vectors: list[VerificationOutcome]
    disclaimer: Disclaimer


class Health(_Document):
    """That the process lives, or that store and content are ready."""

    status: Literal["ok", "ready"]


class ProblemDocument(_Document):
    """RFC 9457 problem details; never repeats what was sent."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    disclaimer: Disclaimer
    fields: Annotated[list[str] | None, Field(description="Known fields the problem is about")] = None


DOCUMENTS: tuple[type[BaseModel], ...] = (
    ChatReply,
    ConversationReply,
    ToolsReply,
    ToolResult,
    BulkReply,
    VenuesReply,
    ArticlesReply,
    ArticleReply,
    VerificationReply,
    Health,
    ProblemDocument,
)
"""The documents that stand on their own."""

"""What one decision contributes to a reply."""

from dataclasses import dataclass

from assistant.answers.model import Block, Tone, ToolCall
from assistant.values import Figure, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Blocks of one decision and what belongs to them."""

    intent: str
    blocks: tuple[Block, ...]
    numeric: bool = False
    """Whether it gives a number or asks for one: such a section leads."""
    topic: str | None = None
    missing: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    tool_calls: tuple[ToolCall, ...] = ()
    suggestions: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    tone: Tone = Tone.PLAIN

"""What is remembered between the messages of one conversation; copied, never edited in place."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from assistant.values import Slots, SlotValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """What the last reply asked for."""

    intent: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """The state of a conversation after a message."""

    slots: Slots = field(default_factory=dict)
    """Only what was said."""
    turns: Mapping[str, int] = field(default_factory=dict)
    """The turn each slot was said in: older ones were carried over."""
    turn: int = 0
    intent: str | None = None
    """The last calculation asked for."""
    pending: Pending | None = None
    topic: str | None = None
    """The last article shown."""
    distress: str | None = None
    """A or B once somebody was in danger, until they say they are not."""
    country: str | None = None

    @classmethod
    def new(cls) -> "Conversation":
        """The state before the first message."""
        return cls()

    def to_json(self) -> str:
        """The state as JSON text, keys sorted: the same state gives the same text."""
        return json.dumps(
            {
                "slots": {name: _plain(value) for name, value in self.slots.items()},
                "turns": dict(self.turns),
                "turn": self.turn,
                "intent": self.intent,
                "pending": None if self.pending is None else [self.pending.intent, list(self.pending.missing)],
                "topic": self.topic,
                "distress": self.distress,
                "country": self.country,
            },
            sort_keys=True,
            ensure_ascii=False,
            separators=(",", ":"),
        )

    @classmethod
    def from_json(cls, text: str) -> "Conversation":
        """The state of a text made by `to_json`, of an older version too; ValueError for anything else."""
        data = json.loads(text)
        try:
            pending = data.get("pending")
            return cls(
                slots={name: _value(value) for name, value in data["slots"].items()},
                turns=dict(data["turns"]),
                turn=data["turn"],
                intent=data.get("intent"),
                pending=None if pending is None else Pending(intent=pending[0], missing=tuple(pending[1])),
                topic=data.get("topic"),
                distress=data.get("distress"),
                country=data.get("country"),
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"no conversation: {error}") from error


def _plain(value: SlotValue) -> object:
    """A slot value as JSON: numbers as {"n": "60000"}, so that they come back as they were."""
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return {"n": str(value)} if isinstance(value, Decimal) else value


def _value(value: object) -> SlotValue:
    """A slot value of its JSON."""
    if isinstance(value, list):
        return tuple(_value(item) for item in value)  # type: ignore[return-value]
    if isinstance(value, dict):
        return Decimal(value["n"])
    return str(value)

"""What a message was read as: intents, slots with their place in the text, and what did not match."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.values import SlotValue


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotRead:
    """One slot a message filled."""

    value: SlotValue
    start: int
    end: int
    """Character span in the message as typed."""
    cue: str = ""
    """The words that decided, or the rule that did."""
    weight: int = 0
    in_money: bool = False
    """Written with a sign or word for dollars, where a coin could have been meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmatched:
    """An amount or a name nothing claimed."""

    text: str
    start: int
    end: int
    kind: str
    """amount | venue"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """One intent with its weight and the rule that gave it."""

    intent: str
    weight: int
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everything understanding found in one message; nothing of earlier ones."""

    language: str
    slots: Mapping[str, SlotRead] = field(default_factory=dict)
    intents: tuple[Scored, ...] = ()
    """Best first."""
    groups: frozenset[str] = frozenset()
    """The vocabulary groups that were met."""
    amounts: tuple[SlotRead, ...] = ()
    """Bare amounts no cue claimed, in order: a pending question may claim them. `cue` holds the unit."""
    unmatched: tuple[Unmatched, ...] = ()
    conflicts: tuple[str, ...] = ()
    """Slots the message fills with two different values."""
    notes: frozenset[str] = frozenset()
    """What a reply must tell beside its number: `pasted`, `margin_left_out`, `opening_day`, `unreadable`; and what a
    pasted row leaves open: `bare_size`, `contract_open`."""
    words: int = 0
    foreign: bool = False
    """Written in a language that is not there."""

    @property
    def intent(self) -> str | None:
        """The best intent, or None."""
        return self.intents[0].intent if self.intents else None

    def value(self, slot: str) -> SlotValue | None:
        """What a slot was read as, or None."""
        read = self.slots.get(slot)
        return None if read is None else read.value

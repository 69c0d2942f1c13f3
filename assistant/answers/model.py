"""What an answer is made of: typed blocks of plain text, the figures behind them, and the seal that closes it.

No text in here carries markup: channels add their own. Everything is frozen.
"""

from collections.abc import Mapping
from dataclasses import InitVar, dataclass, field
from decimal import Decimal
from enum import StrEnum

from assistant.values import Arguments, Figure, Slots, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """The answer in one line (level 1), or a subheading inside a longer text (level 2)."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureItem:
    """One labelled number: exact for programs, rounded for people."""

    name: str
    label: str
    value: Decimal
    unit: str
    text: str
    """Rounded once, with its unit: `57,228.92 USDT`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Several labelled numbers."""

    items: tuple[FigureItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepItem:
    """One line of working: label, equation, the numbers in it, the number out."""

    name: str
    label: str
    equation: str
    numbers: str
    value: Decimal
    unit: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """The working, in order."""

    title: str
    items: tuple[StepItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Cells below column names."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    """A list without order."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Caveat:
    """What the answer does not cover, or what would change it."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Where the rules and facts stand."""

    title: str
    items: tuple[Source, ...]


Block = Headline | Figures | Steps | Table | Paragraph | Bullets | Caveat | Sources


class Tone(StrEnum):
    """Which form of the disclaimer fits."""

    PLAIN = "plain"
    GENTLE = "gentle"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumptionItem:
    """Something nobody said that the result rests on, as a code and as a sentence."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A tool's result with its labels and sentences in the reader's language."""

    status: str
    code: str | None
    reason: str | None
    """The sentence behind `code`."""
    missing: tuple[str, ...]
    figures: tuple[Figure, ...]
    working: tuple[StepItem, ...]
    assumptions: tuple[AssumptionItem, ...]
    sources: tuple[Source, ...]
    rules_as_of: str | None
    """ISO date from which the newest block of rules used is in force."""
    rulebook: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolCall:
    """One tool run: what it was called with and what it found."""

    tool: str
    arguments: Arguments
    report: Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One reply, before it is sealed."""

    language: str
    intent: str
    blocks: tuple[Block, ...]
    topic: str | None = None
    """Article id when the intent is `concept`."""
    slots: Slots = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    tool_calls: tuple[ToolCall, ...] = ()
    suggestions: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    tone: Tone = Tone.PLAIN


_KEY = object()
"""Known to disclaimer.seal alone; a test holds every other module to that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedAnswer:
    """An answer that ends with the disclaimer: the only thing a channel accepts. Made by `disclaimer.seal`."""

    answer: Answer
    text: str
    """The whole answer as Markdown; its last paragraph is the disclaimer."""
    disclaimer: str
    versions: Mapping[str, str]
    """What it was made with: the program, the prompts, each rulebook's date."""
    key: InitVar[object]

    def __post_init__(self, key: object) -> None:
        if key is not _KEY:
            raise TypeError("only seal() makes a SealedAnswer")
        if not self.disclaimer or not self.text.endswith(f"\n\n{self.disclaimer}"):
            raise ValueError("the disclaimer is the last paragraph")

    def __init_subclass__(cls) -> None:
        raise TypeError("SealedAnswer has no other kinds")

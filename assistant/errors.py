"""The one exception tree; every leaf carries a stable `code` and data, never a sentence.

AssistantError
├── CannotAnswer            a right answer does not exist or is not known here
│   ├── NoRuleInForce       the date lies outside every dated block
│   ├── UnknownVenue        no rulebook of that name
│   ├── UnknownSymbol       no coin of that name
│   └── InputOutOfRange     a value no position can have
├── ContentError            a file of prompts/, knowledge/ or web/ is wrong: file, line, rule
├── SettingError            a setting has a value it cannot have
├── StoreError              the store's file is not one this version can use
└── OutsideUnavailable      something beyond this process did not answer
"""

from collections.abc import Mapping
from typing import ClassVar


class AssistantError(Exception):
    """Base of everything this package raises on purpose."""

    code: ClassVar[str] = "error"

    def __init__(self, **data: object) -> None:
        self.data: Mapping[str, object] = data
        super().__init__(self.code, data)

    def __str__(self) -> str:
        """The code and its data, for logs and developers."""
        return f"{self.code}: " + ", ".join(f"{name}={value!s}" for name, value in self.data.items())


class CannotAnswer(AssistantError):
    """Raised when a right answer does not exist or is not known here."""

    code = "cannot_answer"


class NoRuleInForce(CannotAnswer):
    """Raised for a date outside every dated block; data: rulebook, date, known (the blocks as text)."""

    code = "no_rule_in_force"


class UnknownVenue(CannotAnswer):
    """Raised when no rulebook answers to a name; data: venue."""

    code = "unknown_venue"


class UnknownSymbol(CannotAnswer):
    """Raised when no coin answers to a name; data: symbol, rulebook."""

    code = "unknown_symbol"


class InputOutOfRange(CannotAnswer):
    """Raised for a value no position can have; data: argument, reason, and the bound it broke."""

    code = "impossible_value"


class ContentError(AssistantError):
    """Raised when a content file is wrong; data: file, line (0 when the whole file is meant), rule."""

    code = "content_error"

    def __str__(self) -> str:
        """File, line and the rule that was broken, the way compilers print it."""
        return f"{self.data['file']}:{self.data['line']}: {self.data['rule']}"


class SettingError(AssistantError):
    """Raised when a setting has a value it cannot have; data: name, rule."""

    code = "setting_error"

    def __str__(self) -> str:
        """The environment variable and the rule it broke; never its value."""
        return f"{self.data['name']}: {self.data['rule']}"


class StoreError(AssistantError):
    """Raised when the store's file is not one this version can use; data: file, rule."""

    code = "store_error"

    def __str__(self) -> str:
        """The file and the rule it broke."""
        return f"{self.data['file']}: {self.data['rule']}"


class OutsideUnavailable(AssistantError):
    """Raised when something beyond this process did not answer; data: what."""

    code = "outside_unavailable"

"""What a tool is: a name, documented arguments and figures, and one function from arguments to a result."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assistant.tools.rules import Rules
from assistant.values import Arguments, Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """One deterministic tool."""

    name: str
    doc: str
    """What it answers, for developers."""
    arguments: tuple[str, ...]
    """Names of assistant/tools/arguments.py."""
    figures: Mapping[str, str]
    """Every figure it can give, with its meaning; a comparison puts the variant behind an @."""
    example: Mapping[str, object]
    """A request as JSON that ends with status ok."""
    compute: Callable[[Arguments, Rules], Result]
    """Raises Gap, Refusal or CannotAnswer; registry.run turns them into results."""

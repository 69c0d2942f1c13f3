"""The reply to somebody in distress: acknowledge, ask, who to call, stay; no prices, no maths, no promises."""

from collections.abc import Mapping

from assistant.answers.help_lines import HelpLine, Need
from assistant.answers.markup import blocks
from assistant.answers.model import Tone
from assistant.answers.section import Section
from assistant.answers.shelf import Shelf
from assistant.values import Support

_EXAMPLES = ("US", "GB")
"""Shown where the country is not known, never guessed; beside them stands the directory for every country."""


def support(decision: Support, shelf: Shelf) -> Section:
    """The words of this level with verified lines of the country, else a directory and two examples."""
    context = {
        "crisis": _lines(Need.CRISIS, decision.country, shelf),
        "gambling": _lines(Need.GAMBLING, decision.country, shelf),
        "debt": _lines(Need.DEBT, decision.country, shelf),
        "emergency": next((line["call"] for line in _lines(Need.EMERGENCY, decision.country, shelf)), None),
        "directory": next((line.web for line in shelf.help_lines.find(Need.CRISIS, None)), None),
        "examples": tuple(line for country in _EXAMPLES for line in _lines(Need.CRISIS, country, shelf)[:1]),
    }
    text = shelf.book.render(f"support_{decision.level.lower()}", context)
    return Section(intent=decision.intent, blocks=tuple(blocks(text)), tone=Tone.GENTLE)


def _lines(need: Need, country: str | None, shelf: Shelf) -> tuple[Mapping[str, str | None], ...]:
    return tuple(_seen(line, shelf) for line in shelf.help_lines.find(need, country)) if country else ()


def _seen(line: HelpLine, shelf: Shelf) -> Mapping[str, str | None]:
    country = shelf.book.labels.countries.get(line.country or "", line.country)
    return {"name": line.name, "call": line.call, "text": line.text, "web": line.web, "country": country}

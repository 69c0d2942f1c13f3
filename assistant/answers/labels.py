"""What things are called in one language, and how it writes numbers, dates and lists: labels.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from assistant.answers.formats import Style
from assistant.answers.sentences import gaps
from assistant.tables import Table

_SECTIONS = ("style", "headings", "figures", "steps", "arguments", "values", "goals", "countries", "inputs")
_STYLE = ("thousands", "decimal", "date_form", "months", "comma", "last", "cents")


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """Names by key, the style, and the phrases that restate a position."""

    style: Style
    headings: Mapping[str, str]
    figures: Mapping[str, str]
    steps: Mapping[str, str]
    arguments: Mapping[str, str]
    """A slot or argument inside a sentence: `the entry price`."""
    values: Mapping[str, str]
    """A value that is a word: `isolated` -> `isolated margin`."""
    goals: Mapping[str, str]
    """What an intent works out: `the liquidation price`."""
    countries: Mapping[str, str]
    inputs: tuple[tuple[tuple[str, frozenset[str]], ...], ...]
    """The phrases that restate a position, in order; of each group the first whose gaps can be filled."""

    @classmethod
    def read(cls, path: Path) -> Self:
        """ContentError for an unknown or missing key."""
        table = Table.read(path).only(_SECTIONS)
        words = {name: table.table(name).words() for name in _SECTIONS if name not in ("style", "inputs")}
        phrases = table.table("inputs").only(("phrases",))
        groups = tuple(
            tuple((text, gaps(text, phrases, "phrases", number, index)) for index, text in enumerate(group))
            for number, group in enumerate(phrases.lists("phrases"))
        )
        return cls(style=_style(table.table("style").only(_STYLE)), inputs=groups, **words)


def _style(table: Table) -> Style:
    months = table.texts("months")
    if len(months) != 12:
        raise table.refuse("months is an array of twelve names", "months")
    return Style(
        thousands=table.raw("thousands"),
        decimal=table.raw("decimal"),
        date_form=table.text("date_form"),
        months=months,
        comma=table.raw("comma"),
        last=table.raw("last"),
        cents=frozenset(table.texts("cents")),
    )

"""Who to call: help lines by country with the page each was read on; only verified ones ever reach an answer."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Self

from assistant.tables import Table


class Need(StrEnum):
    """What a line is for."""

    CRISIS = "crisis"
    GAMBLING = "gambling"
    DEBT = "debt"
    EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpLine:
    """One line of one country, or a directory of lines where `country` is None."""

    country: str | None
    """ISO 3166 code."""
    need: Need
    name: str
    call: str | None
    text: str | None
    web: str | None
    source: str
    """Address of the page that was read."""
    checked_on: date
    verified: bool
    """Whether that page belongs to the operator or a public body and prints the number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpLines:
    """All lines of knowledge/help_lines.toml."""

    lines: tuple[HelpLine, ...] = ()

    @classmethod
    def read(cls, path: Path) -> Self:
        """ContentError for an unknown key, a wrong type, or a line nobody can reach."""
        table = Table.read(path).only(("line",))
        return cls(lines=tuple(_line(line) for line in table.tables("line")))

    def find(self, need: Need, country: str | None) -> tuple[HelpLine, ...]:
        """The verified lines of a country; without a country the directories that serve every one."""
        return tuple(line for line in self.lines if line.verified and line.need is need and line.country == country)


def _line(table: Table) -> HelpLine:
    table.only(("need", "name", "source", "checked_on", "verified"), ("country", "call", "text", "web"))
    if not any(key in table for key in ("call", "text", "web")):
        raise table.refuse("a line has call, text or web")
    if not table.text("source").startswith("https://"):
        raise table.refuse("source is a public address with https://", "source")
    optional = {key: table.optional(table.text, key) for key in ("country", "call", "text", "web")}
    return HelpLine(
        need=table.choice("need", Need),
        name=table.text("name"),
        source=table.text("source"),
        checked_on=table.day("checked_on"),
        verified=table.flag("verified"),
        **optional,
    )

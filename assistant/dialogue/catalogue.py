"""What every intent needs and calls; prompts/intents.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import ContentError
from assistant.values import Slots

_KEYS = frozenset(("tool", "rank", "takes", "cross", "ways", "says"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to compute an intent."""

    when: tuple[str, ...]
    """Slots, or slot=value, that choose this way."""
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """One intent of the catalogue."""

    name: str
    tool: str | None = None
    says: str | None = None
    takes: tuple[str, ...] = ()
    cross: tuple[str, ...] = ()
    """Slots taken in cross mode only."""
    ways: tuple[Way, ...] = ()

    def missing(self, slots: Slots) -> tuple[str, ...]:
        """All slots a reply must ask for before this can be computed, in order."""
        for way in self.ways:
            if all(_stands(condition, slots) for condition in way.when):
                return tuple(need.split("|")[0] for need in way.needs if not _met(need, slots))
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All intents, and the slots that describe a position."""

    intents: Mapping[str, Intent]
    position: tuple[str, ...]
    follows: frozenset[str]
    """Intents a follow-up without words of its own continues."""

    def takes(self, intent: Intent, slots: Slots) -> tuple[str, ...]:
        """The slots a tool is called with."""
        shared = self.position if intent.ways else ()
        return (*shared, *(intent.cross if slots.get("margin_mode") == "cross" else ()), *intent.takes)


def load_catalogue(path: Path) -> Catalogue:
    """The catalogue; ContentError for a key that is not known."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    intents: dict[str, Intent] = {}
    for name, entry in data["intents"].items():
        unknown = set(entry) - _KEYS
        if unknown:
            raise ContentError(file=path.name, line=0, rule=f"unknown key {sorted(unknown)[0]} in intents.{name}")
        intents[name] = Intent(
            name=name,
            tool=entry.get("tool"),
            says=entry.get("says"),
            takes=tuple(entry.get("takes", ())),
            cross=tuple(entry.get("cross", ())),
            ways=tuple(
                Way(when=tuple(way.get("when", ())), needs=tuple(way["needs"])) for way in entry.get("ways", ())
            ),
        )
    return Catalogue(
        intents=intents,
        position=tuple(data["position"]),
        follows=frozenset(data["follows"]),
    )


def _stands(condition: str, slots: Slots) -> bool:
    """Whether `slot` is known, or `slot=value` holds."""
    slot, equals, value = condition.partition("=")
    return slots.get(slot) == value if equals else slot in slots


def _met(need: str, slots: Slots) -> bool:
    """Whether one of a need's alternatives is known."""
    return any(all(slot in slots for slot in alternative.split("+")) for alternative in need.split("|"))

"""What every intent needs and calls; prompts/intents.toml."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.tables import Table
from assistant.values import Slots

_KEYS = ("tool", "rank", "takes", "cross", "ways", "says")
_ACCOUNT = ("tool", "intents", "takes", "ways")


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
    """Slots, and other positions, taken in cross mode only, one of several modes compared included."""
    ways: tuple[Way, ...] = ()
    shares_position: bool = True
    """Whether the slots of a position belong to it; a loan has its own."""

    def missing(self, slots: Slots) -> tuple[str, ...]:
        """All slots a reply must ask for before this can be computed, in order."""
        known = {**slots, "entry_price": slots["entries"], "size": slots["entries"]} if "entries" in slots else slots
        for way in self.ways:
            if all(_stands(condition, known) for condition in way.when):
                return tuple(need.split("|")[0] for need in way.needs if not _met(need, known))
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All intents, and the slots that describe a position."""

    intents: Mapping[str, Intent]
    position: tuple[str, ...]
    follows: frozenset[str]
    """Intents a follow-up without words of its own continues."""
    accounts: Mapping[str, Mapping[str, Intent]]
    """By account type, the intents that are computed differently there."""
    changes: Mapping[str, Intent]
    """The intents that are computed differently where the position is to be changed."""

    def of(self, name: str, slots: Slots) -> Intent:
        """The intent as the kind of account in the slots has it: a loan or a stock account has tools of its own."""
        if "change" in slots and "account_type" not in slots:
            return self.changes.get(name, self.intents[name])
        account = self.accounts.get(str(slots.get("account_type")), {})
        return account.get(name, self.intents[name])

    def takes(self, intent: Intent, slots: Slots) -> tuple[str, ...]:
        """The slots a tool is called with."""
        shared = self.position if intent.ways and intent.shares_position else ()
        compared = slots.get("margin_modes")
        in_cross = slots.get("margin_mode") == "cross" or (isinstance(compared, tuple) and "cross" in compared)
        return (*shared, *(intent.cross if in_cross else ()), *intent.takes)


def load_catalogue(path: Path) -> Catalogue:
    """The catalogue; ContentError for a key that is not known."""
    top = Table.read(path).only(("position", "follows", "intents", "accounts", "change"))
    intents, accounts = top.table("intents"), top.table("accounts")
    known = {name: _intent(name, intents.table(name)) for name in intents}
    changed = _account(top.table("change"))
    cross = known["liquidation_price"].cross
    return Catalogue(
        intents=known,
        changes={name: replace(one, shares_position=True, cross=cross) for name, one in changed.items()},
        position=top.texts("position"),
        follows=frozenset(top.texts("follows")),
        accounts={name: _account(accounts.table(name)) for name in accounts},
    )


def _account(entry: Table) -> dict[str, Intent]:
    """How one kind of account computes the intents it has an answer to."""
    entry.only(_ACCOUNT)
    ways = tuple(_way(way) for way in entry.tables("ways"))
    tool, takes = entry.text("tool"), entry.texts("takes")
    return {
        name: Intent(name=name, tool=tool, takes=takes, ways=ways, shares_position=False)
        for name in entry.texts("intents")
    }


def _intent(name: str, entry: Table) -> Intent:
    """One intent of the catalogue; its rank is for understanding."""
    entry.only((), _KEYS)
    return Intent(
        name=name,
        tool=entry.optional(entry.text, "tool"),
        says=entry.optional(entry.text, "says"),
        takes=entry.optional(entry.texts, "takes") or (),
        cross=entry.optional(entry.texts, "cross") or (),
        ways=tuple(_way(way) for way in entry.optional(entry.tables, "ways") or ()),
    )


def _way(entry: Table) -> Way:
    """One way to compute an intent."""
    entry.only(("needs",), ("when",))
    return Way(when=entry.optional(entry.texts, "when") or (), needs=entry.texts("needs", least=0))


def _stands(condition: str, slots: Slots) -> bool:
    """Whether `slot` is known, or `slot=value` holds."""
    slot, equals, value = condition.partition("=")
    return slots.get(slot) == value if equals else slot in slots


def _met(need: str, slots: Slots) -> bool:
    """Whether one of a need's alternatives is known."""
    return any(all(slot in slots for slot in alternative.split("+")) for alternative in need.split("|"))

"""Which question a message asks: rules over vocabulary groups and slots, the heaviest first."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, fields
from pathlib import Path

from assistant.tables import Table
from assistant.understanding.reading import Scored

_NEEDED = ("intent", "name", "weight")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One way to ask for an intent."""

    intent: str
    name: str
    weight: int
    all: frozenset[str] = frozenset()
    any: frozenset[str] = frozenset()
    none: frozenset[str] = frozenset()
    slots: frozenset[str] = frozenset()
    slots_any: frozenset[str] = frozenset()
    slots_any2: frozenset[str] = frozenset()
    no_slots: frozenset[str] = frozenset()
    none_slots_pair: frozenset[str] = frozenset()
    """Slots that must not all be read."""

    def holds(self, groups: Set[str], slots: Set[str]) -> bool:
        """Whether a message with these groups and slots asks this way."""
        return (
            self.all <= groups
            and self.slots <= slots
            and not self.none & groups
            and not self.no_slots & slots
            and (not self.any or bool(self.any & groups))
            and (not self.slots_any or bool(self.slots_any & slots))
            and (not self.slots_any2 or bool(self.slots_any2 & slots))
            and not (self.none_slots_pair and self.none_slots_pair <= slots)
        )


def load_rules(path: Path) -> tuple[Rule, ...]:
    """The rules of one language, heaviest first; ContentError for a key or a shape that is not known."""
    conditions = tuple(field.name for field in fields(Rule) if field.name not in _NEEDED)
    rules = []
    for entry in Table.read(path).only(("rules",)).tables("rules"):
        entry.only(_NEEDED, conditions)
        sets = {key: frozenset(entry.texts(key)) for key in conditions if key in entry}
        rules.append(Rule(intent=entry.text("intent"), name=entry.text("name"), weight=entry.whole("weight"), **sets))
    return tuple(sorted(rules, key=lambda rule: -rule.weight))


def rank(groups: Set[str], slots: Set[str], rules: tuple[Rule, ...], ranks: Mapping[str, int]) -> tuple[Scored, ...]:
    """The best rule of every intent that has one, heaviest first, ties by rank; `rules` come heaviest first."""
    best: dict[str, Rule] = {}
    for rule in rules:
        if rule.intent not in best and rule.holds(groups, slots):
            best[rule.intent] = rule
    ordered = sorted(best.values(), key=lambda rule: (-rule.weight, ranks.get(rule.intent, 99), rule.intent))
    return tuple(Scored(intent=rule.intent, weight=rule.weight, rule=rule.name) for rule in ordered)

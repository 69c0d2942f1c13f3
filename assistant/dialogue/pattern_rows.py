"""Patterns as the matcher wants them: every pattern a row of groups of phrases with gaps, woken by its rarest group."""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from itertools import chain
from typing import Final, NamedTuple

from assistant.dialogue.phrase_files import PhraseFile, phrases
from assistant.dialogue.word_tree import NUMBER

_GAP: Final = 3
_ATOM = re.compile(r"\((?:[^()]|\([^()]*\))*\)|\.\.\d*(?!\S)|<\w+>(?!\S)|[^\s()<]+(?: +(?!\.\.)[^\s()<]+)*|\S")
_PLAIN = re.compile(r"[^(<&.]+\Z")
_INNER = re.compile(r"\(([^()]*)\)")

Group = frozenset[str]
"""Phrases that may stand for one another, as written."""
Spans = list[tuple[int, int]]
"""Where something stands in a message: first word and the word after the last."""


class Step(NamedTuple):
    """One group of a row."""

    group: Group
    gap: int
    """The most words that may stand before it; means nothing for the first."""
    optional: bool
    """Whether it may be missing; never the first."""


class Pattern(NamedTuple):
    """What is looked for: one row of groups, or several that may stand anywhere."""

    label: str
    """table.label"""
    rows: list[list[str]]
    """Each row as written: the atoms that PatternRows.steps reads."""
    needed: list[Group]
    """Every group that may not be missing."""
    file: PhraseFile


class PatternRows:
    """The patterns of some tables and the phrases they are made of; ContentError where a pattern says nothing."""

    __slots__ = ("_groups", "_triggers", "phrases")

    def __init__(self, files: Iterable[PhraseFile], tables: Collection[str]) -> None:
        self._groups: dict[str, Group] = {}
        patterns = [self._pattern(file, label, text) for file in files for label, text in file.patterns(tables)]
        sharing = Counter(chain.from_iterable(self._groups.values()))
        self.phrases: Collection[str] = sharing.keys()
        commonness = {group: max(map(sharing.__getitem__, group)) for group in self._groups.values()}
        by_group: dict[Group, list[Pattern]] = {}
        for pattern in patterns:
            needed = pattern.needed
            rarest = needed[0] if len(needed) == 1 else min(needed, key=commonness.__getitem__)
            by_group.setdefault(rarest, []).append(pattern)
        self._triggers: dict[str, list[list[Pattern]]] = {}
        for group, woken in by_group.items():
            for phrase in group:
                self._triggers.setdefault(phrase, []).append(woken)

    def complete(self, hits: Collection[str]) -> list[Pattern]:
        """The patterns each of whose needed groups has a phrase among the hits."""
        found: dict[int, Pattern] = {}
        for phrase in hits:
            for pattern in chain.from_iterable(self._triggers.get(phrase, ())):
                if id(pattern) not in found and not any(group.isdisjoint(hits) for group in pattern.needed):
                    found[id(pattern)] = pattern
        return list(found.values())

    def steps(self, pattern: Pattern, atoms: list[str]) -> list[Step]:
        """One row of a pattern; what may be missing at its beginning or end is left out."""
        steps: list[Step] = []
        gap = 0
        for atom in atoms:
            if atom[:2] == "..":
                gap = int(atom[2:] or _GAP)
            elif steps or not _optional(atom):
                steps.append(Step(self._group(pattern.file, atom), gap, _optional(atom)))
                gap = 0
        while steps[-1].optional:
            steps.pop()
        return steps

    def _pattern(self, file: PhraseFile, label: str, text: str) -> Pattern:
        """A pattern as written."""
        known = self._groups
        if _PLAIN.match(text):
            known[text] = group = frozenset((text,))
            return Pattern(label, [[text]], [group], file)
        rows = [_ATOM.findall(part) for part in text.split("&")]
        needed: list[Group] = []
        for atoms in rows:
            before = len(needed)
            for atom in atoms:
                if atom[:2] == "..":
                    continue
                group = known.get(atom) or self._group(file, atom)
                if atom[-2:] != "|)" and atom[:2] != "(|":
                    needed.append(group)
            if len(needed) == before:
                raise file.error(text, f"a pattern with words in every part, not {text}")
        return Pattern(label, rows, needed, file)

    def _group(self, file: PhraseFile, atom: str, inside: tuple[str, ...] = ()) -> Group:
        """The group an atom stands for: the alternatives between parentheses, a named group, or a run of words."""
        place = f"{file.path.name} {atom}" if "<" in atom else atom
        group = self._groups.get(place)
        if group is not None:
            return group
        if atom[0] == "(":
            text = atom[1:-1]
            options = _spelled_out(text) if "(" in text else text.split("|")
        elif atom[0] == "<" and atom != NUMBER:
            members = file.groups.get(atom[1:-1])
            if members is None or atom in inside:
                raise file.error(atom, f"a group that exists and does not hold itself, not {atom}")
            options = list(chain.from_iterable(_spelled_out(member) for member in phrases(members)))
        else:
            options = [atom]
        group = frozenset(options) - {""}
        if "<" in atom:
            named = {option for option in group if option[0] == "<" and option != NUMBER and " " not in option}
            group = (group - named).union(*(self._group(file, option, (*inside, atom)) for option in sorted(named)))
        if not group:
            raise file.error(atom, f"alternatives with words, not {atom}")
        self._groups[place] = group
        return group


def _optional(atom: str) -> bool:
    """Whether a part of a pattern may be missing."""
    return atom[-2:] == "|)" or atom[:2] == "(|"


def _spelled_out(text: str) -> list[str]:
    """Every reading of alternatives that may hold alternatives themselves; those on top are separated by bars."""
    if "(" not in text:
        return text.split("|")
    depth, option, options = 0, "", []
    for character in text:
        depth += (character == "(") - (character == ")")
        if character == "|" and not depth:
            options.append(option)
            option = ""
        else:
            option += character
    readings: list[str] = []
    for written in (*options, option):
        pending = [written]
        while pending:
            reading = pending.pop(0)
            found = _INNER.search(reading)
            if found is None:
                readings.append(reading)
            else:
                before, after = reading[: found.start()], reading[found.end() :]
                pending += [before + choice + after for choice in found[1].split("|")]
    return readings

"""Finds labelled phrases in messages of any script, except where they stand inside an idiom."""

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.dialogue.folding import Words
from assistant.dialogue.phrase_files import SCRIPTS, PhraseFile
from assistant.dialogue.phrase_matcher import Found, PhraseMatcher

IDIOMS = "idioms"
"""The table whose patterns hide the words they cover from all others."""
SUBJECT = "subject"
"""The table that only tells who is spoken of; alone it is no finding."""


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything found in one message."""

    words: Words
    found: tuple[Found, ...]

    def characters(self, found: Found) -> tuple[int, int]:
        """The half-open span of characters of `words.text` that a finding covers."""
        return self.words.starts[found.first], self.words.ends[found.last - 1]

    def quote(self, found: Found) -> str:
        """What was typed there."""
        start, end = self.characters(found)
        return self.words.text[start:end]


class Phrasebook:
    """The patterns of some files: a script's are compiled when a message first holds it, idioms when one may matter."""

    __slots__ = ("_files", "_idioms", "_signs")

    def __init__(self, files: Iterable[PhraseFile]) -> None:
        self._files: dict[str, list[PhraseFile]] = {}
        for file in files:
            self._files.setdefault(file.script, []).append(file)
        self._signs: dict[str, PhraseMatcher] = {}
        self._idioms: dict[str, PhraseMatcher] = {}

    def prepare(self) -> None:
        """Compile everything now; ContentError where a pattern says nothing or lacks the letters of its script."""
        for script, files in self._files.items():
            self._matcher(script)
            self._idiom_matcher(script)
            for file in files:
                for _, pattern in file.patterns(file.tables):
                    if not SCRIPTS[script].search(pattern) and "<" not in pattern:
                        raise file.error(pattern, f"letters of the script {script}, not {pattern}")

    def find(self, typed: Words) -> Findings:
        """Every place where a pattern fits outside the idioms, in the order of the text; linear in its length."""
        if not typed.forms:
            return Findings(typed, ())
        scripts = [script for script in self._files if SCRIPTS[script].search(typed.text)]
        scans = [(matcher, matcher.scan(typed)) for matcher in map(self._matcher, scripts)]
        found = [place for matcher, scan in scans for place in matcher.fit(scan)]
        if all(place.label.startswith(SUBJECT) for place in found):
            return Findings(typed, ())
        idioms = [place for matcher in map(self._idiom_matcher, scripts) for place in matcher.fit(matcher.scan(typed))]
        if idioms:
            found = [place for matcher, scan in scans for place in matcher.fit(scan, idioms)]
        return Findings(typed, tuple(sorted(found)))

    def _matcher(self, script: str) -> PhraseMatcher:
        """The matcher of everything but idioms in one script."""
        matcher = self._signs.get(script)
        if matcher is None:
            tables = {table for file in self._files[script] for table in file.tables} - {IDIOMS}
            matcher = self._signs[script] = PhraseMatcher(self._files[script], tables)
        return matcher

    def _idiom_matcher(self, script: str) -> PhraseMatcher:
        """The matcher of the idioms in one script."""
        matcher = self._idioms.get(script)
        if matcher is None:
            matcher = self._idioms[script] = PhraseMatcher(self._files[script], {IDIOMS})
        return matcher

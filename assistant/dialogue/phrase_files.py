"""Reads a file of phrases: labelled patterns, the word groups they are made of, and which words are worth repairing.

    script = "Cyrillic"      the letters its patterns need, left out for Latin: Arabic, Cyrillic, East Asian, any
    [groups]                 name = "phrase, phrase, <other group>", phrases that may stand for one another
    [spelling]               repair = "word, word"    mended where one letter is wrong
                             glue = "word, word"      betray words glued together, which `pieces` then take apart
                             fillers = "word, word"   skipped inside a phrase
                             prefixes = "x, y"        may be written together with any word
    [<table>]                label = '''one pattern a line''', what is looked for

A pattern is a row of words; `(a|b c|)` offers alternatives, and may be missing where one of them is empty; `word*` is
every word that begins so; `<name>` is a group and `<number>` anything with a leading digit; `..` lets up to three other
words stand between and `..6` up to six; `&` joins two patterns that may stand anywhere in the message; `^` and `$` are
its beginning and end. A comma or a new line starts the next pattern, a line that begins with # is a remark. Accents do
not matter, but `=word` is the word with just these.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from assistant.errors import ContentError
from assistant.tables import Table

LATIN: Final = "Latin"
_ARABIC = "\u0600-\u06ff"
_CYRILLIC = "\u0400-\u04ff"
_EAST_ASIAN = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff66-\uff9f"
SCRIPTS: Final = {
    "any": re.compile(""),
    LATIN: re.compile(rf"[^\W\d_{_ARABIC}{_CYRILLIC}{_EAST_ASIAN}]"),
    "Arabic": re.compile(f"[{_ARABIC}]"),
    "Cyrillic": re.compile(f"[{_CYRILLIC}]"),
    "East Asian": re.compile(f"[{_EAST_ASIAN}]"),
}
"""The letter a message must hold before a pattern of a script can fit; Latin stands for all the others too."""
_SPELLING: Final = ("repair", "glue", "pieces", "fillers", "prefixes")


@dataclass(frozen=True, slots=True)
class PhraseFile:
    """One file of phrases as written."""

    path: Path
    top: Table
    script: str
    groups: Mapping[str, str]
    spelling: Mapping[str, str]
    tables: Mapping[str, Mapping[str, str]]
    """For every table its labels, for every label a text of patterns."""

    def patterns(self, tables: Collection[str]) -> Iterator[tuple[str, str]]:
        """The patterns of some tables in the order of the file, each behind its label: (table.label, pattern)."""
        for table, labels in self.tables.items():
            if table in tables:
                for label, text in labels.items():
                    for pattern in phrases(text):
                        yield f"{table}.{label}", pattern

    def error(self, phrase: str, rule: str) -> ContentError:
        """The error to raise about one phrase of this file, with its line."""
        return self.top.refuse_words(rule, phrase)


def read(path: Path, *, tables: frozenset[str]) -> PhraseFile:
    """The phrases of one file; ContentError for bad TOML or a table that is not in `tables`."""
    top = Table.read(path).only((), {"script", "groups", "spelling", *tables})
    return PhraseFile(
        path=path,
        top=top,
        script=top.one_of("script", SCRIPTS) if "script" in top else LATIN,
        groups=top.table("groups").raws() if "groups" in top else {},
        spelling=top.table("spelling").only((), _SPELLING).raws() if "spelling" in top else {},
        tables={name: top.table(name).raws() for name in top if name in tables},
    )


def phrases(text: str) -> list[str]:
    """Every phrase of a text block."""
    if "#" in text:
        text = "\n".join(line for line in text.split("\n") if not line.lstrip().startswith("#"))
    return [stripped for phrase in text.replace("\n", ",").split(",") if (stripped := phrase.strip())]

"""Reads a file of phrases: labelled patterns, the word groups they are made of, and which words are worth repairing.

    script = "Cyrillic"      the letters its patterns need, left out for Latin: Arabic, Cyrillic, East Asian, any
    [groups]                 name = "phrase, phrase, <other group>", phrases that may stand for one another
    [spelling]               repair = "word, word"    mended where one letter is wrong
                             glue = "word, word"      betray words glued together, which `pieces` then take apart
                             fillers = "word, word"   skipped inside a phrase
    [<table>]                label = '''one pattern a line''', what is looked for

A pattern is a row of words; `(a|b c|)` offers alternatives, and may be missing where one of them is empty; `word*` is every word that
begins so; `<name>` is a group and `<number>` anything with a leading digit; `..` lets up to three other words stand between and `..6`
up to six; `&` joins two patterns that may stand anywhere in the message; `^` and `$` are its beginning and end. A comma or a new line
starts the next pattern, a line that begins with # is a remark. Accents do not matter, but `=word` is the word with just these.
"""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from assistant.errors import ContentError

LATIN: Final = "Latin"
_ARABIC, _CYRILLIC, _EAST_ASIAN = "\u0600-\u06ff", "\u0400-\u04ff", "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff66-\uff9f"
SCRIPTS: Final = {
    "any": re.compile(""),
    LATIN: re.compile(rf"[^\W\d_{_ARABIC}{_CYRILLIC}{_EAST_ASIAN}]"),
    "Arabic": re.compile(f"[{_ARABIC}]"),
    "Cyrillic": re.compile(f"[{_CYRILLIC}]"),
    "East Asian": re.compile(f"[{_EAST_ASIAN}]"),
}
"""The letter a message must hold before a pattern of a script can fit; Latin stands for all the others too."""
_SPELLING: Final = frozenset({"repair", "glue", "pieces", "fillers"})


@dataclass(frozen=True, slots=True)
class PhraseFile:
    """One file of phrases as written."""

    path: Path
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
        return _error(self.path, phrase, rule)


def read(path: Path, *, tables: frozenset[str]) -> PhraseFile:
    """The phrases of one file; ContentError for bad TOML or a table that is not in `tables`."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        line = re.search(r"line (\d+)", str(error))
        raise ContentError(file=path.name, line=int(line[1]) if line else 0, rule=f"valid TOML: {error}") from None
    script = content.pop("script", LATIN)
    if script not in SCRIPTS:
        raise _error(path, "script", f"one of {', '.join(SCRIPTS)}, not {script}")
    for name, table in content.items():
        if name not in tables | {"groups", "spelling"}:
            raise _error(path, name, f"a known table, not {name}")
        if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
            raise _error(path, name, f"texts in the table {name}")
    spelling = content.get("spelling", {})
    for name in spelling.keys() - _SPELLING:
        raise _error(path, name, f"one of {', '.join(sorted(_SPELLING))}, not {name}")
    tables_here = {name: table for name, table in content.items() if name in tables}
    return PhraseFile(path, script, content.get("groups", {}), spelling, tables_here)


def phrases(text: str) -> list[str]:
    """Every phrase of a text block."""
    if "#" in text:
        text = "\n".join(line for line in text.split("\n") if not line.lstrip().startswith("#"))
    return [stripped for phrase in text.replace("\n", ",").split(",") if (stripped := phrase.strip())]


def _error(path: Path, phrase: str, rule: str) -> ContentError:
    """The error with the line on which a phrase stands."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    line = next((number for number, text in enumerate(lines, start=1) if phrase in text), 0)
    return ContentError(file=path.name, line=line, rule=rule)

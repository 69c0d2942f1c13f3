"""Builds the Understanding from prompts/ and the names of the world."""

from pathlib import Path

from assistant.tables import Table
from assistant.understanding.intents import load_rules
from assistant.understanding.language import load_languages
from assistant.understanding.recognise import Understanding
from assistant.understanding.vocabulary import Names, known_words, load_vocabulary


def load_understanding(prompts: Path, names: Names) -> Understanding:
    """Every language folder of prompts/ that has a vocabulary; ContentError names a file that is wrong."""
    folders = sorted(path.parent for path in prompts.glob("*/vocabulary.toml"))
    vocabularies = {folder.name: load_vocabulary(folder, names) for folder in folders}
    return Understanding(
        vocabularies=vocabularies,
        rules={folder.name: load_rules(folder / "sentences" / "rules.toml") for folder in folders},
        languages=load_languages(prompts / "languages.toml"),
        ranks=_ranks(Table.read(prompts / "intents.toml").table("intents")),
        known=known_words(vocabularies.values()) | frozenset(names.coins) | frozenset(names.venues),
    )


def _ranks(intents: Table) -> dict[str, int]:
    """Which of two intents of equal weight comes first, by name."""
    tables = {name: intents.table(name) for name in intents}
    return {name: table.whole("rank") for name, table in tables.items() if "rank" in table}

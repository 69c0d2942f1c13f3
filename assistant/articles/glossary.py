"""knowledge/glossary.toml: the field's standard terms, what venues call them, and the short forms people type."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.articles.toml import line_of, read
from assistant.errors import ContentError


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One standard term."""

    term: str
    """As it stands in code, data and API: `maintenance_margin_rate`."""
    meaning: str
    synonyms: tuple[str, ...]
    """What venues and people say instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Glossary:
    """Every term, and every alias with what search reads in its place."""

    terms: tuple[Term, ...]
    aliases: Mapping[str, str]


def load(path: Path) -> Glossary:
    """The glossary a file holds; ContentError(file, line, rule) where it breaks a rule."""
    text = path.read_text("utf-8")
    toml = read(text, path)

    def error(rule: str, word: str) -> ContentError:
        return ContentError(file=str(path), line=line_of(text, word), rule=rule)

    for key in toml:
        if key not in ("terms", "aliases"):
            raise error(f"unknown key {key!r}", key)
    terms: dict[str, Term] = {}
    claims: dict[str, str] = {}
    for table in toml["terms"]:
        if table.keys() != {"term", "meaning", "synonyms"}:
            raise error("a term has exactly the keys term, meaning and synonyms", str(table.get("term", "[[terms]]")))
        term = Term(term=table["term"], meaning=table["meaning"], synonyms=tuple(table["synonyms"]))
        if term.term in terms:
            raise error(f"the term {term.term!r} stands there twice", term.term)
        for synonym in term.synonyms:
            first = claims.setdefault(synonym.casefold(), term.term)
            if first != term.term:
                raise error(f"{synonym!r} is claimed by {first} and {term.term}", synonym)
        terms[term.term] = term
    for alias, meaning in toml["aliases"].items():
        if not isinstance(meaning, str) or not meaning.strip() or alias != alias.casefold().strip():
            raise error("an alias is lower case and stands for one or more words", alias)
    return Glossary(terms=tuple(terms.values()), aliases=toml["aliases"])

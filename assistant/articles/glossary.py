"""knowledge/glossary.toml: the field's standard terms, what venues call them, and the short forms people type."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.tables import Table


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
    top = Table.read(path).only(("terms", "aliases"))
    terms: dict[str, Term] = {}
    claims: dict[str, str] = {}
    for table in top.tables("terms"):
        table.only(("term", "meaning", "synonyms"))
        term = Term(term=table.text("term"), meaning=table.text("meaning"), synonyms=table.texts("synonyms"))
        if term.term in terms:
            raise table.refuse(f"the term {term.term!r} stands there twice", "term")
        for index, synonym in enumerate(term.synonyms):
            first = claims.setdefault(synonym.casefold(), term.term)
            if first != term.term:
                raise table.refuse(f"{synonym!r} is claimed by {first} and {term.term}", "synonyms", index)
        terms[term.term] = term
    aliases = top.table("aliases")
    for alias in aliases:
        if alias != alias.casefold().strip():
            raise aliases.refuse("an alias is lower case", alias)
    return Glossary(terms=tuple(terms.values()), aliases=aliases.words())

"""Sentences with gaps, by code: the wording of refusals, assumptions, questions and suggestions."""

from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Self

from assistant.tables import Table

_FORMATTER = Formatter()


class Sentences:
    """Sentences of one file by code; where a code has several, the first whose gaps can all be filled is said."""

    __slots__ = ("_by_code",)

    def __init__(self, by_code: Mapping[str, tuple[tuple[str, frozenset[str]], ...]]) -> None:
        self._by_code = by_code

    @classmethod
    def of(cls, table: Table, prefix: str = "") -> Self:
        """Every text, or list of texts, of a table; `[a] b = …` has the code `a.b`."""
        found: dict[str, tuple[tuple[str, frozenset[str]], ...]] = {}
        for key in table:
            if isinstance(table.value(key), dict):
                found |= cls.of(table.table(key), f"{prefix}{key}.")._by_code
            else:
                found[prefix + key] = tuple(
                    (text, gaps(text, table, key, index)) for index, text in enumerate(table.one_or_more(key))
                )
        return cls(found)

    def __contains__(self, code: str) -> bool:
        return code in self._by_code

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_code)

    def gaps(self, code: str) -> frozenset[str]:
        """Every name any sentence of a code asks for."""
        return frozenset().union(*(needed for _, needed in self._by_code[code]))

    def say(self, code: str, words: Mapping[str, str]) -> str:
        """The sentence of a code; KeyError for a code nobody wrote or a gap nobody fills."""
        choices = self._by_code[code]
        text = next((text for text, needed in choices if needed <= words.keys()), choices[-1][0])
        return text.format_map(words)

    def all(self, code: str, words: Mapping[str, str]) -> Iterator[str]:
        """Every sentence of a code whose gaps can be filled."""
        return (text.format_map(words) for text, needed in self._by_code.get(code, ()) if needed <= words.keys())


def gaps(text: str, table: Table, *place: str | int) -> frozenset[str]:
    """The names in braces of the sentence at a place of a table; ContentError for anything but plain names."""
    try:
        parts = tuple(_FORMATTER.parse(text))
    except ValueError as problem:
        raise table.refuse(f"braces fit: {problem}", *place) from problem
    names = [name for _, name, _, _ in parts if name is not None]
    if any(not name.isidentifier() or form or conversion for _, name, form, conversion in parts if name is not None):
        raise table.refuse("only plain names stand in braces", *place)
    return frozenset(names)

"""A file with TOML front matter between +++ lines: the table above, the body below, and its mistakes named by line."""

from datetime import date
from pathlib import Path

from assistant.errors import ContentError
from assistant.tables import Table, text_of


class Front:
    """The front matter of one file and the body below it; ContentError where the file is not made so."""

    def __init__(self, path: Path) -> None:
        self.path = path
        opening, _, rest = text_of(path).partition("+++\n")
        front, closing, self.body = rest.partition("\n+++\n")
        if opening or not closing:
            rule = "the file starts with a front matter between two lines of +++"
            raise ContentError(file=str(path), line=1, rule=rule)
        self.table = Table.parse(front, path, above=1)
        self._first_of_body = front.count("\n") + 4

    def error_in_body(self, line: int, rule: str) -> ContentError:
        """An error at a line of the body, counted from 0."""
        return ContentError(file=str(self.path), line=self._first_of_body + line, rule=rule)


def distinct(table: Table, key: str, *, least: int) -> tuple[str, ...]:
    """A list of at least so many texts, none of them twice."""
    values = table.texts(key, least=least)
    folded = [value.casefold() for value in values]
    for index, value in enumerate(folded):
        if value in folded[:index]:
            raise table.refuse(f"{key} has {values[index]!r} twice", key, index)
    return values


def day_until(table: Table, key: str, reviewed: date) -> date:
    """A date not after the article's review."""
    value = table.day(key)
    if value > reviewed:
        raise table.refuse(f"{key}, {value}, is not after reviewed, {reviewed}", key)
    return value

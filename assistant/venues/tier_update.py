"""A rulebook's two files with one more snapshot at their ends: as a diff to review, and as texts to write."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from assistant.errors import ContentError
from assistant.margin.listed import ListedTier
from assistant.tables import text_of
from assistant.values import Source

_CONTEXT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One file before and after; what is there stays as it is, and something follows."""

    file: Path
    before: str
    added: str

    def diff(self) -> str:
        """The change as a unified diff, to be applied from the top of a checkout."""
        lines, new = self.before.splitlines(), self.added.splitlines()
        kept = lines[-_CONTEXT:]
        start = len(lines) - len(kept) + 1
        name = f"knowledge/venues/{self.file.name}"
        head = (f"--- a/{name}", f"+++ b/{name}", f"@@ -{start},{len(kept)} +{start},{len(kept) + len(new)} @@")
        return "\n".join((*head, *(f" {line}" for line in kept), *(f"+{line}" for line in new), ""))


def changes(file: Path, listed: Mapping[str, Sequence[ListedTier]], *, day: date, source: Source) -> tuple[Change, ...]:
    """The rulebook's file with the source, then its tiers file with the snapshot: each loads only with the first."""
    tiers = file.with_suffix(".tiers.csv")
    book, table = _whole_lines(file), _whole_lines(tiers)
    return (
        Change(file=file, before=book, added=_source_text(source)),
        Change(file=tiers, before=table, added=_lines(table, listed, day=day, source=source.id)),
    )


def _whole_lines(file: Path) -> str:
    """The text of a file; ContentError where its last line has no end, so that nothing can follow it."""
    text = text_of(file)
    if not text.endswith("\n"):
        raise ContentError(file=str(file), line=text.count("\n") + 1, rule="ends with a line end")
    return text


def _source_text(source: Source) -> str:
    """The source as a TOML table."""
    return (
        f"\n[[sources]]\nid = {_quoted(source.id)}\ntitle = {_quoted(source.title)}\n"
        f"url = {_quoted(source.url)}\nretrieved = {source.retrieved}\n"
    )


def _quoted(text: str) -> str:
    """A TOML string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _lines(table: str, listed: Mapping[str, Sequence[ListedTier]], *, day: date, source: str) -> str:
    """The lines of the snapshot, in the columns of the file."""
    columns = table.partition("\n")[0].split(",")
    written = io.StringIO()
    writer = csv.DictWriter(written, columns, restval="", lineterminator="\n")
    for tiers in listed.values():
        for tier in tiers:
            writer.writerow({"effective_from": day.isoformat(), "source": source, **_cells(tier)})
    return written.getvalue()


def _cells(tier: ListedTier) -> Mapping[str, str]:
    """What one line says of a tier."""
    return {
        "symbol": tier.symbol,
        "floor": _number(tier.floor),
        "cap": _number(tier.cap),
        "rate": _number(tier.rate),
        "amount": _number(tier.amount),
        "max_leverage": _number(tier.max_leverage),
    }


def _number(value: Decimal | None) -> str:
    """A number without exponent and idle zeros; empty for None."""
    if value is None:
        return ""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

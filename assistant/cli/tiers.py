"""`tiers`: the venues' tier tables: what is on file, and how it is read anew."""

import argparse
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from assistant.errors import CannotAnswer, ContentError, UnknownSymbol
from assistant.margin.rulebook import Rulebook
from assistant.ports import TierFeed
from assistant.resources import content
from assistant.values import Source
from assistant.venues import catalogue, rulebook_file
from assistant.venues.tier_review import Review, last_tables, review
from assistant.venues.tier_update import Change, changes
from assistant.wiring import open_clock, open_tier_feed

_REFUSED = 1


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The arguments of the command."""
    parser = commands.add_parser("tiers", help="show the tier tables on file, or read them anew from a venue")
    parser.add_argument("--directory", type=Path, help="the rulebooks' directory; default: knowledge/venues")
    actions = parser.add_subparsers(dest="action", required=True, metavar="action")
    actions.add_parser("list", help="every rulebook with tier tables: its snapshots, and where new ones come from")
    show = actions.add_parser("show", help="the tables of a rulebook, or of one symbol, on a day")
    show.add_argument("venue", help="a rulebook's id, or what people call the venue")
    show.add_argument("symbol", nargs="?", help="one coin; default: a line for every symbol")
    show.add_argument("--as-of", type=date.fromisoformat, metavar="DATE", help="the day; default today")
    refresh = actions.add_parser(
        "refresh",
        help="read a venue's public tier tables and print what would change",
        epilog="exit status: 0 nothing speaks against the new tables; 1 refused, with every reason, nothing written; "
        "2 wrong usage",
    )
    refresh.add_argument("venue", help="a rulebook's id, or what people call the venue")
    refresh.add_argument("--from-file", type=Path, action="append", metavar="FILE", help="a saved answer; repeatable")
    refresh.add_argument(
        "--recorded", type=date.fromisoformat, metavar="DATE", help="the day the files were saved; goes with them"
    )
    refresh.add_argument("--symbols", help="only these, with commas between: BTC,ETH; default: all of the answer")
    target = refresh.add_mutually_exclusive_group()
    target.add_argument("--output", type=Path, metavar="FILE", help="write the diff there instead of to the terminal")
    target.add_argument("--write", action="store_true", help="append the snapshot to the rulebook's files")
    refresh.set_defaults(usage=refresh.error)


def run(parsed: argparse.Namespace) -> int:
    """0 when the action was done, 1 when it was refused."""
    directory = parsed.directory or content("knowledge") / "venues"
    if parsed.action == "list":
        return _list(directory)
    return _show(parsed, directory) if parsed.action == "show" else _refresh(parsed, directory)


def _list(directory: Path) -> int:
    """A line for every rulebook with tiers."""
    today = open_clock().today()
    for book in catalogue.load(directory):
        if book.tables:
            newest = max(block.effective_from for block in book.tables)
            days, feed = (today - newest).days, open_tier_feed(book.id)
            age = f"{days} days old" + (", due for review" if days > (book.review_days or days) else "")
            origin = f"refresh reads {feed.url}" if feed else "refreshed by hand"
            print(f"{book.id}: {len(last_tables(book, today))} symbols, newest of {newest}, {age}; {origin}")
    return 0


def _show(parsed: argparse.Namespace, directory: Path) -> int:
    """The table of one symbol, or how many tiers each has."""
    day = parsed.as_of or open_clock().today()
    book = catalogue.load(directory).find(parsed.venue)
    if parsed.symbol is None:
        for symbol, table in sorted(last_tables(book, day).items()):
            print(f"{symbol}: {len(table.tiers)} tiers, lowest rate {table.tiers[0].rate:f}")
        return 0
    listing = book.listing_on(parsed.symbol, day)
    if listing is None:
        raise UnknownSymbol(symbol=parsed.symbol, rulebook=book.id)
    block, table = listing
    source = book.sources[block.sources[0]]
    print(f"{book.name}, {block.span}, {table.basis}, {table.joins}; {source.url}, retrieved {source.retrieved}")
    for tier in table.tiers:
        cap = "open" if tier.cap is None else f"{tier.cap:f}"
        leverage = "" if tier.max_leverage is None else f", up to {tier.max_leverage:f}x"
        print(f"{tier.floor:f} to {cap}: rate {tier.rate:f}, amount {tier.amount:f}{leverage}")
    return 0


def _refresh(parsed: argparse.Namespace, directory: Path) -> int:
    """0 where nothing speaks against what the venue says, else 1 and nothing written."""
    today = open_clock().today()
    if (parsed.from_file is None) is not (parsed.recorded is None):
        parsed.usage("--from-file and --recorded stand together")
    if parsed.recorded is not None and parsed.recorded > today:
        parsed.usage(f"--recorded is not after today, {today}")
    day = parsed.recorded or today
    book = catalogue.load(directory).find(parsed.venue)
    feed = _feed(book)
    listed = feed.fetch() if parsed.from_file is None else feed.read(_files(parsed.from_file))
    only = frozenset(parsed.symbols.split(",")) if parsed.symbols else None
    found = review(book, listed, day=day, basis=feed.basis, only=only)
    doubts = [*found.doubts, *([feed.caution] if feed.caution and parsed.from_file is None else [])]
    source = Source(id=f"{feed.source}-{day}", title=f"{feed.title}, read on {day}", url=feed.url, retrieved=day)
    proposed = changes(directory / f"{book.id}.toml", found.listed, day=day, source=source)
    if not doubts:
        doubts += _trial(proposed)
    diff = "".join(change.diff() for change in proposed) if found.is_whole else ""
    print("\n".join(_report(book, found, doubts)))
    if doubts:
        print(f"refused, {len(doubts)} doubts: nothing is written", *([diff] if diff else []), sep="\n\n")
        return _REFUSED
    if parsed.write:
        for change in proposed:
            _replace(change.file, change.file.read_bytes() + change.added.encode())
        print(f"written: {', '.join(str(change.file) for change in proposed)}")
    elif parsed.output:
        _replace(parsed.output, diff.encode())
        print(f"the diff is in {parsed.output}")
    else:
        print(f"\n{diff}", end="")
    return 0


def _feed(book: Rulebook) -> TierFeed:
    """Where the tables of a rulebook come from; CannotAnswer where no public place is known, or nothing to follow."""
    feed = open_tier_feed(book.id)
    if feed is None:
        raise CannotAnswer(rulebook=book.id, reason="no public interface with its tiers is known; `tiers list`")
    if not book.tables:
        raise CannotAnswer(
            rulebook=book.id, reason="it has no tiers file to follow; docs/venues.md says how to begin one"
        )
    return feed


def _files(paths: Sequence[Path]) -> Mapping[str, bytes]:
    """What is in the saved answers, by path; ContentError where one cannot be read."""
    found = {}
    for path in paths:
        try:
            found[str(path)] = path.read_bytes()
        except OSError as error:
            raise ContentError(file=str(path), line=0, rule=f"is a readable file: {type(error).__name__}") from error
    return found


def _trial(proposed: Sequence[Change]) -> Iterator[str]:
    """What speaks against the new files once they are loaded as the program loads them."""
    with tempfile.TemporaryDirectory() as name:
        for change in proposed:
            (Path(name) / change.file.name).write_bytes(change.file.read_bytes() + change.added.encode())
        try:
            rulebook_file.read(Path(name) / proposed[0].file.name)
        except ContentError as error:
            yield str(error)


def _replace(file: Path, content: bytes) -> None:
    """Put the content in the file's place at one stroke; ContentError where that cannot be done."""
    new = file.with_name(f"{file.name}.new")
    try:
        new.write_bytes(content)
        new.replace(file)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise ContentError(file=str(file), line=0, rule=f"can be written: {type(error).__name__}") from error


def _report(book: Rulebook, found: Review, doubts: Sequence[str]) -> Iterator[str]:
    """The summary for a person."""
    yield f"{book.id}: {len(found.listed)} symbols read"
    for name, symbols in (("added", found.added), ("removed", found.removed)):
        if symbols:
            yield f"{name} ({len(symbols)}): {', '.join(symbols)}"
    yield f"changed ({len(found.changed)})" + (":" if found.changed else "")
    yield from (f"  {symbol}: {change}" for symbol, change in found.changed.items())
    if doubts:
        yield f"doubts ({len(doubts)}):"
        yield from (f"  {doubt}" for doubt in doubts)

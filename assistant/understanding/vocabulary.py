"""One language's words, loaded once: phrases, roles, units and the coins and venues everybody names."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from assistant.tables import Table
from assistant.understanding.number_style import NumberStyle
from assistant.understanding.numbers import UNITS, WRITTEN_UNITS
from assistant.understanding.phrases import Meaning, Phrasebook
from assistant.values import Contract, MarginMode, Side

_SECTIONS = ("sides", "venues", "modes", "contracts", "shields", "roles", "amounts", "groups", "columns", "entries")
COLUMNS = (
    "contract", "side", "mode", "size", "notional", "entry", "mark", "liq", "margin", "ratio", "pnl", "leverage",
    "venue", "other",
)  # fmt: skip
"""What a column of a position table can hold; values, margins, ratios and profits are recognised and left alone."""
_LANGUAGE = ("name", "decimal", "rtl", "numbers", "shy", "scales", "glued_scales", "units", "glue", "months", "words")
_ROLE = ("before", "after", "quote_cues", "base_cues", "contract_cues", "max_plain", "needs", "default")
_COIN = ("word", "least", "most")
_WHOLE = re.compile(r"\d+")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_ENDLESS = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Role:
    """A slot that amounts can fill, and which amounts."""

    units: frozenset[str]
    max_plain: Decimal | None = None
    """A bare number above this is no rate."""
    needs: frozenset[str] = frozenset()
    """Groups one of which must stand in the message."""
    default: int = 0
    """Weight without any cue."""
    quote_cues: frozenset[str] = frozenset()
    """Cues that make a bare number an amount of quote currency."""
    base_cues: frozenset[str] = frozenset()
    """Cues that make it a count, however it is written: 2k shares."""
    contract_cues: frozenset[str] = frozenset()
    """Last words of cues that make it a number of contracts: 2 ES futures."""


@dataclass(frozen=True, slots=True)
class Coin:
    """A coin as people name it."""

    symbol: str
    word: str = ""
    """Empty, "loose" or "strict": how far the ticker is also an ordinary word."""
    least: Decimal | None = None
    most: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """The coins and venues of the world, the same in every language."""

    coins: Mapping[str, Coin]
    """By every lower-case name."""
    venues: Mapping[str, str]
    """Lower-case alias -> the name slots hold."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What one language's words mean."""

    language: str
    book: Phrasebook
    roles: Mapping[str, Role]
    style: NumberStyle
    names: Names
    amount_coins: Mapping[str, str]
    """Coin names that may stand behind an amount."""
    common: frozenset[str]
    weak_sides: frozenset[str]
    side_letters: Mapping[str, str]
    """Single letters that stand for a side beside a coin or an amount: L, S."""
    venue_words: frozenset[str]
    """Words a venue's name follows: "on"."""
    entry_places: frozenset[str]
    """Words between the size of an entry and its price: "at"."""
    entry_joints: frozenset[str]
    """Words between two entries of one position: "and"."""
    columns: Mapping[str, str]
    """Column names of position tables, and what such a column holds."""
    keywords: tuple[str, ...] = field(default=())
    """Words typos are repaired to."""

    def knows(self, word: str) -> bool:
        """Whether a word means something in this language already."""
        style = self.style
        return (
            word in self.common
            or self.book.knows(word)
            or word in self.names.coins
            or word in style.units
            or word in style.scales
            or word in style.numbers
            or word in style.shy
            or (word.endswith("s") and (word[:-1] in self.common or word[:-1] in self.book.words))
        )


def load_names(symbols: Path, venues: Mapping[str, str], other_venues: Path) -> Names:
    """Coins of knowledge/symbols.toml, venues with rulebooks and those known by name; ContentError on a bad file."""
    coins: dict[str, Coin] = {}
    listed = Table.read(symbols).only(("symbols",)).table("symbols")
    for symbol in listed:
        entry = listed.table(symbol).only(("names",), _COIN)
        coin = Coin(
            symbol,
            entry.one_of("word", ("loose", "strict")) if "word" in entry else "",
            entry.optional(entry.number, "least"),
            entry.optional(entry.number, "most"),
        )
        for name in (symbol.lower(), *entry.texts("names", least=0)):
            if coins.setdefault(name, coin) is not coin:
                raise entry.refuse(f"two coins are called {name}", "names")
    known = dict(venues)
    others = Table.read(other_venues).only(("venues",)).table("venues")
    for venue in others:
        for alias in others.texts(venue):
            known.setdefault(alias, venue)
    return Names(coins, known)


def load_vocabulary(directory: Path, names: Names) -> Vocabulary:
    """The words of one language folder; ContentError names the file that is wrong."""
    words = Table.read(directory / "vocabulary.toml").only(_SECTIONS)
    language = Table.read(directory / "language.toml").only(_LANGUAGE)
    sides = words.table("sides").only(("long", "short", "letters", "weak"))
    book = Phrasebook()
    _teach_plain(book, words, sides)
    entries, entered = words.table("roles"), words.table("entries").only(("places", "joints"))
    roles = {name: _role(name, entries.table(name), book) for name in entries}
    for alias, venue in names.venues.items():
        book.add(alias.replace(".", " . ").replace("-", " "), Meaning("venue", venue))
    for name, coin in names.coins.items():
        if " " in name:
            book.add(name, Meaning("symbol", coin.symbol))
    common = frozenset(language.table("words").only(("common",)).raw("common").split())
    keywords = sorted(
        {word for word in book.words if len(word) >= 4 and word.isalpha() and word not in common}
        | {word for side in Side for word in sides.texts(side) if len(word) >= 4 and " " not in word}
        | {
            "price",
            "entry",
            "liquidation",
            "leverage",
            "margin",
            "stop",
            "long",
            "short",
            "cross",
            "isolated",
            "wallet",
            "position",
        }
    )
    return Vocabulary(
        language=directory.name,
        book=book,
        roles=roles,
        style=_style(language),
        names=names,
        amount_coins={
            name: coin.symbol for name, coin in names.coins.items() if coin.word != "strict" and " " not in name
        },
        common=common,
        weak_sides=frozenset(sides.texts("weak")),
        side_letters=_named(sides.table("letters"), tuple(Side)),
        venue_words=frozenset(words.table("venues").only(("before",)).texts("before")),
        entry_places=frozenset(entered.texts("places")),
        entry_joints=frozenset(entered.texts("joints")),
        columns=_columns(words.table("columns")),
        keywords=tuple(keywords),
    )


def _teach_plain(book: Phrasebook, words: Table, sides: Table) -> None:
    """Sides, modes, contracts, shields, fixed amounts and groups."""
    for side in Side:
        book.add_all(sides.texts(side), Meaning("side", side.value))
    modes = words.table("modes").only((), tuple(MarginMode))
    for mode in modes:
        book.add_all(modes.texts(mode), Meaning("mode", mode))
    contracts = words.table("contracts").only((), tuple(Contract))
    for contract in contracts:
        book.add_all(contracts.texts(contract), Meaning("contract", contract))
    book.add_all(words.table("shields").only(("phrases",)).texts("phrases"), Meaning("block", ""))
    amounts = words.table("amounts")
    for slot in amounts:
        values = amounts.table(slot)
        for value in values:
            if not _NUMBER.fullmatch(value):
                raise values.refuse(f"{value} is a number", value)
            book.add_all(values.texts(value), Meaning("amount", f"{slot}={value}"))
    groups = words.table("groups")
    for group in groups:
        book.add_all(groups.texts(group), Meaning("group", group))


def _role(name: str, entry: Table, book: Phrasebook) -> Role:
    """One role, its cues taught to the phrasebook."""
    entry.only(("units",), _ROLE)
    for kind in ("before", "after"):
        if kind not in entry:
            continue
        cues = entry.table(kind)
        for weight in cues:
            if not _WHOLE.fullmatch(weight):
                raise cues.refuse(f"{weight} is a weight, a whole number", weight)
            book.add_all(cues.texts(weight), Meaning(kind, name, int(weight)))
    return Role(
        frozenset(entry.some_of("units", UNITS)),
        entry.optional(entry.number, "max_plain"),
        frozenset(entry.optional(entry.texts, "needs") or ()),
        entry.optional(entry.whole, "default") or 0,
        frozenset(entry.optional(entry.texts, "quote_cues") or ()),
        frozenset(entry.optional(entry.texts, "base_cues") or ()),
        frozenset(entry.optional(entry.texts, "contract_cues") or ()),
    )


def _style(language: Table) -> NumberStyle:
    """The number tables of language.toml."""
    glue = language.table("glue").only(("words", "minus", "ratio"))
    months = language.table("months")
    return NumberStyle(
        numbers=_quantities(language.table("numbers")),
        shy=_quantities(language.table("shy")),
        scales=_quantities(language.table("scales")),
        glued_scales=_quantities(language.table("glued_scales")),
        units=_named(language.table("units"), WRITTEN_UNITS),
        glue=frozenset(glue.texts("words")),
        minus=frozenset(glue.texts("minus")),
        ratio=frozenset(glue.texts("ratio")),
        months={name: months.whole(name) for name in months},
        decimal=language.one_of("decimal", (".", ",")),
    )


def _columns(entries: Table) -> dict[str, str]:
    """What every column name stands for."""
    entries.only(COLUMNS)
    return {name: held for held in COLUMNS for name in entries.texts(held)}


def _quantities(table: Table) -> dict[str, Decimal]:
    """What every word of a table counts for; "Infinity" for a word that is a number no position can have."""
    return {word: _ENDLESS if table.value(word) == "Infinity" else table.number(word) for word in table}


def _named(table: Table, known: Collection[str]) -> dict[str, str]:
    """What every word of a table stands for, one of what is known."""
    return {word: table.one_of(word, known) for word in table}


def known_words(vocabularies: Iterable[Vocabulary]) -> frozenset[str]:
    """Every word some language knows."""
    return frozenset().union(*(vocabulary.common | vocabulary.book.words for vocabulary in vocabularies))

"""One language's words, loaded once: phrases, roles, units and the coins and venues everybody names."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from assistant.errors import ContentError
from assistant.understanding.numbers import NumberStyle
from assistant.understanding.phrases import Meaning, Phrasebook

_ROLE_KEYS = {"units", "before", "after", "quote_cues", "max_plain", "needs", "default"}


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
    for symbol, entry in _toml(symbols)["symbols"].items():
        coin = Coin(symbol, entry.get("word", ""), _decimal(entry.get("least")), _decimal(entry.get("most")))
        for name in (symbol.lower(), *entry["names"]):
            if coins.setdefault(name, coin) is not coin:
                raise ContentError(file=symbols.name, line=0, rule=f"two coins are called {name}")
    known = dict(venues)
    for venue, aliases in _toml(other_venues)["venues"].items():
        for alias in aliases:
            known.setdefault(alias, venue)
    return Names(coins, known)


def load_vocabulary(directory: Path, names: Names) -> Vocabulary:
    """The words of one language folder; ContentError names the file that is wrong."""
    words = _toml(directory / "vocabulary.toml")
    language = _toml(directory / "language.toml")
    book = Phrasebook()
    _teach_plain(book, words)
    roles = {name: _role(name, entry, book, directory) for name, entry in words["roles"].items()}
    for alias, venue in names.venues.items():
        book.add(alias.replace(".", " . ").replace("-", " "), Meaning("venue", venue))
    for name, coin in names.coins.items():
        if " " in name:
            book.add(name, Meaning("symbol", coin.symbol))
    common = frozenset(language["words"]["common"].split())
    keywords = sorted(
        {word for word in book.words if len(word) >= 4 and word.isalpha() and word not in common}
        | {word for word in (*words["sides"]["long"], *words["sides"]["short"]) if len(word) >= 4 and " " not in word}
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
        weak_sides=frozenset(words["sides"]["weak"]),
        side_letters=words["sides"]["letters"],
        venue_words=frozenset(words["venues"]["before"]),
        keywords=tuple(keywords),
    )


def _teach_plain(book: Phrasebook, words: Mapping[str, Any]) -> None:
    """Sides, modes, contracts, shields, fixed amounts and groups."""
    for side in ("long", "short"):
        book.add_all(words["sides"][side], Meaning("side", side))
    for mode, phrases in words["modes"].items():
        book.add_all(phrases, Meaning("mode", mode))
    for contract, phrases in words["contracts"].items():
        book.add_all(phrases, Meaning("contract", contract))
    book.add_all(words["shields"]["phrases"], Meaning("block", ""))
    for slot, values in words["amounts"].items():
        for value, phrases in values.items():
            book.add_all(phrases, Meaning("amount", f"{slot}={value}"))
    for group, phrases in words["groups"].items():
        book.add_all(phrases, Meaning("group", group))


def _role(name: str, entry: Mapping[str, Any], book: Phrasebook, directory: Path) -> Role:
    """One role, its cues taught to the phrasebook."""
    unknown = set(entry) - _ROLE_KEYS
    if unknown:
        raise ContentError(
            file=f"{directory.name}/vocabulary.toml", line=0, rule=f"unknown key {sorted(unknown)[0]} in roles.{name}"
        )
    for kind in ("before", "after"):
        for weight, phrases in entry.get(kind, {}).items():
            book.add_all(phrases, Meaning(kind, name, int(weight)))
    return Role(
        frozenset(entry["units"]),
        _decimal(entry.get("max_plain")),
        frozenset(entry.get("needs", ())),
        int(entry.get("default", 0)),
        frozenset(entry.get("quote_cues", ())),
    )


def _style(language: Mapping[str, Any]) -> NumberStyle:
    """The number tables of language.toml."""

    def table(name: str) -> dict[str, Decimal]:
        return {word: Decimal(str(value)) for word, value in language[name].items()}

    return NumberStyle(
        numbers=table("numbers"),
        shy=table("shy"),
        scales=table("scales"),
        glued_scales=table("glued_scales"),
        units=language["units"],
        glue=frozenset(language["glue"]["words"]),
        minus=frozenset(language["glue"]["minus"]),
        ratio=frozenset(language["glue"]["ratio"]),
        months=frozenset(language["glue"]["months"]),
        decimal=language["decimal"],
    )


def _toml(path: Path) -> dict[str, Any]:
    """A TOML file with exact decimals; ContentError where it does not parse."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ContentError(file=path.name, line=getattr(error, "lineno", 0), rule=str(error)) from error


def _decimal(value: object) -> Decimal | None:
    """A TOML number as a decimal."""
    return None if value is None else Decimal(str(value))


def known_words(vocabularies: Iterable[Vocabulary]) -> frozenset[str]:
    """Every word some language knows."""
    return frozenset().union(*(vocabulary.common | vocabulary.book.words for vocabulary in vocabularies))

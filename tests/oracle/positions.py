"""Random positions of every rulebook, the same in every run: the seed of each is its own name."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Context, Decimal
from functools import lru_cache
from itertools import count
from random import Random
from typing import TypeVar

from tests.oracle.raw import Ladder, Row, days, ladders, rulebooks

Thing = TypeVar("Thing")

SYMBOLS = 24
"""At most so many coins of one rulebook: the largest tables first, the rest spread over the alphabet."""


@dataclass(frozen=True)
class Drawn:
    """One position as it is asked, and the ladder that counts for it."""

    book: str
    formula: str
    as_of: date
    contract: str
    mode: str
    side: str
    inputs: Mapping[str, Decimal]
    symbol: str
    ladder: Ladder

    def given(self, name: str) -> Decimal:
        return self.inputs.get(name, Decimal(0))

    @property
    def value(self) -> Decimal:
        """What the position is worth at entry, settlement currency."""
        return worth(self.contract, self.inputs["size"], self.inputs["entry_price"])


def draw(book: str, contract: str) -> Iterator[Drawn]:
    """Endless positions of one rulebook and contract: sides, modes and days in turn."""
    known, modes = list(days(book)), rulebooks()[book]["modes"]
    for number in count(1):
        name = f"{book}-{contract}-{number}"
        day, formula = known[number // 4 % len(known)]
        mode = modes[number // 2 % len(modes)]
        yield _drawn(Dice(name), book, formula, day, contract, mode, ("long", "short")[number % 2])


class Dice:
    """Chance that falls the same way everywhere: floats only where they are exact."""

    def __init__(self, seed: str) -> None:
        self._random = Random(seed)

    def part(self) -> Decimal:
        """A fraction, at least 0 and below 1."""
        return Decimal(self._random.random())

    def happens(self, chance: str) -> bool:
        return self.part() < Decimal(chance)

    def one_of(self, things: Sequence[Thing]) -> Thing:
        return things[int(self.part() * len(things))]

    def digits(self, low: str, high: str, digits: int) -> Decimal:
        """A number between two others, as likely small as large, with so many significant digits."""
        return short(Decimal(low) * (Decimal(high) / Decimal(low)) ** self.part(), digits)


def _drawn(dice: Dice, book: str, formula: str, day: date, contract: str, mode: str, side: str) -> Drawn:
    tables = ladders(book, day)
    leverage = dice.digits("1", "100", 2)
    inputs: dict[str, Decimal] = {}
    tableless = "tiers" not in rulebooks()[book]
    estimates = rulebooks()[book]["unlisted"] == "estimate" and (tableless or tables)
    estimated = bool(estimates) and dice.happens("0.5" if tableless else "0.05")
    if estimated:
        symbol, ladder = "NOSUCHCOIN", flat(Decimal(0))
    elif tables and dice.happens("0.88"):
        symbol = dice.one_of(_symbols(book, day))
        ladder = dice.one_of(tables[symbol])
        leverage = ladder.leverage or leverage
    else:
        symbol = "BTC"
        inputs["maintenance_margin_rate"] = dice.digits("0.001", "0.06", 2)
        ladder = flat(inputs["maintenance_margin_rate"])
    inputs |= _size(dice, contract, ladder)
    inputs |= _money(dice, contract, mode, leverage, inputs, chosen=ladder.leverage is not None)
    if dice.happens("0.12"):
        inputs["fee_rate"] = dice.digits("0.0001", "0.002", 2)
    if dice.happens("0.1"):
        value = worth(contract, inputs["size"], inputs["entry_price"])
        inputs["funding_paid"] = short(value * (dice.part() - Decimal("0.5")) / 50, 3)
    if dice.happens("0.25"):
        inputs["mark_price"] = short(inputs["entry_price"] * (Decimal("0.99") + dice.part() / 50), 6)
    drawn = Drawn(book, formula, day, contract, mode, side, inputs, symbol, ladder)
    return replace(drawn, ladder=flat(_assumed(drawn))) if estimated else drawn


def _assumed(drawn: Drawn) -> Decimal:
    """The rate of a coin in no table: what the rulebook assumes at most, or half of 1 / leverage."""
    highest = rulebooks()[drawn.book]["assumed_rate"]
    leverage = (
        drawn.value / drawn.inputs["collateral"] if "collateral" in drawn.inputs else drawn.inputs.get("leverage")
    )
    return highest if leverage is None else min(highest, 1 / leverage / 2)


def flat(rate: Decimal) -> Ladder:
    """One rate for any size."""
    return Ladder("quote_notional", "stepped", (Row(Decimal(0), None, rate, None, Decimal(0)),))


@lru_cache
def _symbols(book: str, day: date) -> tuple[str, ...]:
    """The coins drawn from: those with the most tiers, then every so many-th of the others."""
    tables = ladders(book, day)
    names = sorted(tables, key=lambda symbol: (-max(len(ladder.rows) for ladder in tables[symbol]), symbol))
    first, rest = names[: SYMBOLS // 2], names[SYMBOLS // 2 :]
    return (*first, *rest[:: max(1, len(rest) // (SYMBOLS // 2))][: SYMBOLS // 2])


def _size(dice: Dice, contract: str, ladder: Ladder) -> dict[str, Decimal]:
    """Entry and size, so that the whole ladder is visited."""
    entry = dice.digits("0.001", "150000", 5)
    edges = [row.floor for row in ladder.rows[1:]] + [row.cap for row in ladder.rows[-1:] if row.cap]
    in_quote = ladder.basis == "quote_notional"
    if edges:
        measured = dice.one_of(edges) * (Decimal("0.2") + Decimal("1.1") * dice.part())
    else:
        measured = dice.digits("10", "2000000", 3) / (1 if in_quote else entry)
    coins = measured / entry if in_quote else measured
    return {"size": short(coins * entry if contract == "inverse" else coins, 5), "entry_price": entry}


def _money(
    dice: Dice, contract: str, mode: str, leverage: Decimal, inputs: Mapping[str, Decimal], *, chosen: bool
) -> dict[str, Decimal]:
    """What stands behind the position: leverage or collateral, or a balance beside other positions."""
    value = worth(contract, inputs["size"], inputs["entry_price"])
    found = {"leverage": leverage} if chosen else {}
    if mode == "isolated":
        if chosen or dice.happens("0.7"):
            found["leverage"] = leverage
        else:
            found["collateral"] = short(value / leverage, 6)
        if dice.happens("0.3"):
            found["added_margin"] = short(value * dice.part() / 3, 4)
        return found
    found["wallet_balance"] = balance = short(value * dice.digits("0.02", "1.2", 4), 6)
    if dice.happens("0.4"):
        found["other_maintenance_margin"] = short(balance * dice.part() / 3, 4)
    if dice.happens("0.4"):
        found["other_unrealized_pnl"] = short(balance * (dice.part() - Decimal("0.5")) / 3, 4)
    return found


def worth(contract: str, size: Decimal, price: Decimal) -> Decimal:
    """Value in settlement currency."""
    return size / price if contract == "inverse" else size * price


def short(value: Decimal, digits: int) -> Decimal:
    """The number with so many significant digits, without an exponent."""
    return Decimal(f"{Context(prec=digits).plus(value).normalize():f}")

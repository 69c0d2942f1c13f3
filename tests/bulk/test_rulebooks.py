"""100,000 random positions over every rulebook: arrays end as rules and exact solver end them, one by one."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import product

import numpy as np
import pytest

from assistant.bulk.group import Group
from assistant.bulk.prices import ERROR_BOUND, STATUSES, coded
from assistant.bulk.trace import Case
from assistant.errors import CannotAnswer
from assistant.margin.liquidation import solve
from assistant.margin.request import PositionRequest
from assistant.margin.rulebook import Rulebook, Unlisted
from assistant.resources import content
from assistant.values import Contract, MarginMode, Side, Status
from assistant.venues.catalogue import load

RULEBOOKS = load(content("knowledge") / "venues")
TODAY = date(2026, 11, 22)
ROWS = 100_000
COMMON = (1, 2, 3, 5, 10, 20, 25, 50, 75, 100, 125)
ADDED = (0, 0, 0.02, 0.5, -0.005)
BALANCES = (0.02, 0.1, 0.5, 2)


def days_of(book: Rulebook) -> list[date]:
    """Today, and the first day of whatever is in force no longer."""
    ended = {dated.effective_from for dated in (*book.rules, *book.tables) if dated.effective_to is not None}
    return sorted({TODAY, *ended})


def listed_on(book: Rulebook, day: date, rng: np.random.Generator) -> tuple[str, Sequence[float]]:
    """A symbol of that day's tables, and the leverages people choose there."""
    blocks = [block for block in book.tables if block.covers(day)]
    symbols = sorted({symbol for block in blocks for symbol in block.tables})
    own = [float(block.leverage) for block in blocks if block.leverage is not None]
    return str(rng.choice(symbols)) if symbols else "BTC", own or COMMON


def texts(numbers: np.ndarray, form: str) -> list[str]:
    return [format(number, form) for number in numbers]


def cells(
    contract: Contract,
    mode: MarginMode,
    common: Sequence[float],
    rng: np.random.Generator,
    count: int,
    *,
    rate_is_stated: bool,
) -> dict[str, list[str]]:
    """Numbers as they would be written."""
    entry = np.exp(rng.uniform(np.log(1e-3), np.log(2e5), count))
    value = np.exp(rng.uniform(0, np.log(1e7), count))
    size = value / entry if contract.follows_price else value
    money = value if contract.follows_price else value / entry
    leverage = np.where(rng.random(count) < 0.5, rng.choice(common, count), rng.uniform(1, 150, count))
    columns = {
        "entry_price": texts(entry, ".6f"),
        "size": texts(size, ".10f"),
        "leverage": texts(leverage, ".3g"),
        "added_margin": texts(money * rng.choice(ADDED, count), ".10f"),
    }
    if mode is MarginMode.CROSS:
        columns["wallet_balance"] = texts(money * rng.choice(BALANCES, count), ".10f")
    if rate_is_stated or rng.random() < 0.2:
        columns["maintenance_margin_rate"] = texts(rng.uniform(0.0001, 0.05, count), ".4f")
    return columns


@pytest.mark.slow
@pytest.mark.parametrize("identity", [book.id for book in RULEBOOKS])
def test_random_positions_end_as_rules_and_exact_solver_end_them(identity):
    book = RULEBOOKS.get(identity)
    kinds = list(product(book.contracts, book.modes, Side, days_of(book)))
    rows = -(-ROWS // (len(RULEBOOKS) * len(kinds)))
    rng = np.random.default_rng(list(identity.encode()))
    statuses: set[Status] = set()
    for contract, mode, side, day in kinds:
        symbol, common = listed_on(book, day, rng)
        written = cells(
            contract, mode, common, rng, rows, rate_is_stated=not book.tables and book.unlisted is Unlisted.REFUSE
        )

        def describe(
            numbers: Mapping[str, Decimal],
            symbol: str = symbol,
            contract: Contract = contract,
            side: Side = side,
            mode: MarginMode = mode,
            day: date = day,
        ) -> Case:
            asked = PositionRequest(symbol=symbol, contract=contract, side=side, margin_mode=mode, **numbers)
            terms = RULEBOOKS.terms(book, asked, day)
            return Case(position=asked.position(), terms=terms, start_price=asked.entry_price, note=None)

        def numbers(row: int, written: Mapping[str, list[str]] = written) -> Mapping[str, Decimal]:
            return {name: Decimal(column[row]) for name, column in written.items()}

        columns = {name: np.array(list(map(float, column))) for name, column in written.items()}
        found = Group(describe, (CannotAnswer,)).answers(columns, numbers, np.zeros(rows, dtype=np.bool_))
        for row in range(rows):
            try:
                case = describe(numbers(row))
                price, status = coded(solve(case.position, case.terms))
            except CannotAnswer:
                price, status = np.nan, STATUSES.index(Status.REFUSED)
            assert found.status[row] == status, (symbol, contract, mode, side, day, numbers(row))
            assert np.isnan(price) == np.isnan(found.price[row])
            assert np.isnan(price) or abs(found.price[row] - price) <= ERROR_BOUND * columns["entry_price"][row]
            statuses.add(STATUSES[status])
    assert Status.OK in statuses

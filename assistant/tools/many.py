"""Many positions at once, as columns of text: each row ends as the tool liquidation_price would end it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from assistant.bulk.group import Answers, Group
from assistant.bulk.prices import STATUSES
from assistant.bulk.schedule import Floats
from assistant.bulk.trace import Case
from assistant.bulk.traced import is_traced
from assistant.errors import CannotAnswer
from assistant.margin.quantities import exact
from assistant.tools import venue_contract
from assistant.tools.arguments import CATALOGUE, check
from assistant.tools.columns import COLUMNS, RESULTS
from assistant.tools.figures import plain
from assistant.tools.kinds import NUMBER_PATTERN, TEXT_LIMIT, Kind, Malformed
from assistant.tools.outcome import Gap, Refusal
from assistant.tools.rules import Rules
from assistant.tools.trade import describe
from assistant.values import Arguments, Assumption, Status

_SHARED = frozenset({"fee_rate"})
"""Numbers that are the same in most rows; rows that differ in one are told apart like rows of another venue."""
_NUMBERS = tuple(name for name in COLUMNS if CATALOGUE[name].kind is Kind.NUMBER and name not in _SHARED)
_WORDS = tuple(name for name in COLUMNS if name not in _NUMBERS)
_NUMBER = re.compile(NUMBER_PATTERN)
_ALL_NUMBERS = re.compile(rf"(?:(?:{NUMBER_PATTERN[1:-1]})?\n)*")
_SHORT = 16
"""Characters of a number that float64 tells from every other one as short: 15 digits and a point."""
_GROUPS = 4096
_LARGE_MOVE = 1e4

Texts = Sequence[str]
Key = tuple[str | bool, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What is the same for every row that goes the same way through the rules."""

    rules_as_of: date | None
    assumptions: tuple[Assumption, ...]


@dataclass(slots=True)
class Found:
    """The results of some rows by name, and how many of them the exact solver answered one by one."""

    results: Mapping[str, list[str]]
    exact: int = 0

    def refuse(self, row: int, error: str) -> None:
        """A row that has no answer."""
        self.results["status"][row] = Status.REFUSED.value
        self.results["error"][row] = error


@dataclass(slots=True)
class Many:
    """Answers rows under the same rules, remembering the ways through them."""

    rules: Rules
    _groups: dict[Key, Group | str] = field(default_factory=dict)

    def answers(self, columns: Mapping[str, Texts], count: int) -> Found:
        """The results of `count` rows; columns may lack names of COLUMNS, a cell is empty where nothing is said."""
        found = Found({name: [""] * count for name in RESULTS})
        said = {name: [cell.strip() for cell in columns[name]] for name in COLUMNS if name in columns}
        numbers = {name: _Column.of(said[name]) for name in _NUMBERS if name in said}
        malformed = {row: name for name, column in numbers.items() for row in column.malformed}
        words = [name for name in _WORDS if name in said]
        rows: dict[Key, list[int]] = {}
        keys = zip(*(said[name] for name in words), *(map(bool, said[name]) for name in numbers), strict=True)
        for row, key in enumerate(keys if said else [()] * count):
            if row in malformed:
                found.refuse(row, f"malformed {malformed[row]}: must be a decimal number")
            else:
                rows.setdefault(key, []).append(row)
        for key, members in rows.items():
            self._answer(key, words, numbers, np.array(members, dtype=np.intp), found)
        return found

    def _answer(
        self, key: Key, words: list[str], numbers: "Mapping[str, _Column]", rows: NDArray[np.intp], found: Found
    ) -> None:
        """The results of rows that differ in numbers only."""
        said = {name: str(word) for name, word in zip(words, key, strict=False) if word}
        group = self._group((*key, *words, *numbers), said)
        if isinstance(group, str):
            for row in map(int, rows):
                found.refuse(row, group)
            return
        given = [name for name, there in zip(numbers, key[len(words) :], strict=True) if there]
        columns = {name: numbers[name].values[rows] for name in given}
        blurred = np.zeros(len(rows), dtype=np.bool_)
        for name in given:
            blurred |= numbers[name].blurred[rows]

        def exactly(row: int) -> Mapping[str, Decimal]:
            return {name: Decimal(numbers[name].cells[int(rows[row])]) for name in given}

        answers = group.answers(columns, exactly, blurred)
        found.exact += answers.exact
        _write(answers, rows, found)

    def _group(self, key: Key, said: Mapping[str, str]) -> Group | str:
        """The group of some words, or what is wrong with them."""
        if key not in self._groups:
            if len(self._groups) >= _GROUPS:
                self._groups.clear()
            try:
                words = {name: CATALOGUE[name].read(text) for name, text in said.items()}
            except Malformed as problem:
                self._groups[key] = f"malformed {problem}"
            else:
                self._groups[key] = Group(lambda numbers: _case({**words, **numbers}, self.rules), _REASONS)
        return self._groups[key]


_REASONS = (CannotAnswer, Refusal, Gap)


@exact
def _case(arguments: Arguments, rules: Rules) -> Case:
    """The position of arguments as the tool sees it."""
    check(arguments, COLUMNS)
    contract = venue_contract.look_up(arguments, rules)
    trade = describe(arguments if contract is None else contract.filled(arguments), rules)
    since, assumptions = trade.rules_as_of, trade.assumptions
    if contract is not None:
        since = None if since is None else max(since, contract.held.effective_from)
        assumptions = (Assumption(code="contract_size_of_venue"), *assumptions)
    note = Note(rules_as_of=since, assumptions=assumptions)
    return Case(position=trade.position, terms=trade.terms, start_price=trade.reference_price, note=note)


@dataclass(frozen=True, slots=True, eq=False)
class _Column:
    """One column of numbers."""

    cells: list[str]
    values: Floats
    """NaN where a cell is empty or malformed."""
    blurred: NDArray[np.bool_]
    """Where float64 may not be the number that was written."""
    malformed: list[int]

    @classmethod
    def of(cls, cells: list[str]) -> "_Column":
        """The column of some cells."""
        joined = "".join(f"{cell}\n" for cell in cells)
        malformed: list[int] = []
        if joined.count("\n") != len(cells) or not _ALL_NUMBERS.fullmatch(joined) or max(map(len, cells)) > TEXT_LIMIT:
            malformed = [row for row, cell in enumerate(cells) if cell and not _is_number(cell)]
            sound = [cell if not cell or _is_number(cell) else "" for cell in cells]
        else:
            sound = cells
        values = np.array([float(cell) if cell else np.nan for cell in sound], dtype=np.float64)
        long = np.array([len(cell) > _SHORT or "e" in cell or "E" in cell for cell in sound], dtype=np.bool_)
        return cls(cells, values, long, malformed)


def _is_number(cell: str) -> bool:
    return len(cell) <= TEXT_LIMIT and _NUMBER.fullmatch(cell) is not None


def _write(answers: Answers, rows: NDArray[np.intp], found: Found) -> None:
    """The answers as text."""
    results = found.results
    said: dict[int, tuple[str, str, str]] = {}
    with np.errstate(all="ignore"):
        moves = (answers.price / answers.start_price - 1) * 100
    each = zip(
        rows.tolist(), answers.price.tolist(), moves.tolist(), answers.status.tolist(), answers.note, strict=True
    )
    for row, price, move, code, note in each:
        texts = said.get(id(note))
        if texts is None:
            texts = said[id(note)] = _told(note)
        status = STATUSES[code].value
        results["status"][row] = Status.UNDERDETERMINED.value if isinstance(note, Gap) else status
        results["rules_as_of"][row], results["assumptions"][row], results["error"][row] = texts
        if code == 0:
            results["liquidation_price"][row] = _digits(price)
            results["distance_pct"][row] = _percent(move)


def _told(note: object) -> tuple[str, str, str]:
    """Since when the rules count, codes of what was assumed, and why there is no answer."""
    match note:
        case Note(rules_as_of=since, assumptions=assumptions):
            codes = " ".join(assumption.code for assumption in assumptions)
            return "" if since is None else since.isoformat(), codes, ""
        case Gap() as gap:
            return "", "", f"missing {' '.join(gap.missing)}"
        case Refusal() | CannotAnswer() as reason:
            data = (f"{name}={_shown(value)}" for name, value in reason.data.items() if _is_shared(name, value))
            return "", "", " ".join((reason.code, *data))
    raise TypeError(note)


def _is_shared(name: str, value: object) -> bool:
    """Whether a detail of a refusal is the same for every row that goes the same way, and says something."""
    if isinstance(value, Decimal):
        return name in ("bound", "cap") and not is_traced(value)
    return value not in ("", None)


def _shown(value: object) -> str:
    """A detail as text, a number without an exponent."""
    return plain(value) if isinstance(value, Decimal) else str(value)


def _digits(price: float) -> str:
    """A price to ten significant digits, without an exponent."""
    text = f"{price:.10g}"
    return f"{Decimal(text):f}" if "e" in text else text


def _percent(move: float) -> str:
    """A move to six decimals of a percent, what the error bound leaves of it, and at most ten significant digits."""
    text = _digits(move) if abs(move) >= _LARGE_MOVE else f"{move:.6f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text

"""Every rulebook and every tool, given values that are bad or at the end of what a number can be."""

import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, localcontext
from functools import lru_cache
from pathlib import Path

import pytest

from assistant.answers.compose import compose
from assistant.answers.disclaimer import seal
from assistant.answers.shelf import Shelf
from assistant.content import open_assistant
from assistant.margin.buffer import margin_buffer
from assistant.margin.quantities import EXACT
from assistant.margin.request import PositionRequest
from assistant.margin.rulebook import Rulebook
from assistant.resources import content
from assistant.tools.arguments import CATALOGUE, POSITION
from assistant.tools.kinds import Argument, Kind
from assistant.tools.registry import TOOLS, run
from assistant.tools.said import OWN_UNIT
from assistant.values import Arguments, CallTool, Contract, MarginMode, Result, Side, Status
from assistant.venues.catalogue import load

RULEBOOKS = load(content("knowledge") / "venues")
BOOKS = list(RULEBOOKS)
TODAY = date(2026, 11, 22)
VALUES = tomllib.loads((Path(__file__).parent / "bad_values.toml").read_text(encoding="utf-8"))["values"]
PRICED = ("liquidation_price", "new_liquidation_price", "bankruptcy_price", "stop_price")
SIZES = {Contract.LINEAR: "0.5", Contract.INVERSE: "10000", Contract.QUANTO: "0.0001"}


def typed(raw: dict[str, object]) -> Arguments:
    """Raw texts as a caller inside the program gives them: numbers that no request could carry included."""
    return {name: one_typed(CATALOGUE[name], value) for name, value in raw.items()}


def one_typed(argument: Argument, value: object) -> object:
    if isinstance(value, list | tuple):
        return tuple(one_typed(argument, item) for item in value)
    if isinstance(value, dict):
        fields = {field.name: field for field in argument.fields}
        return {name: one_typed(fields[name], item) for name, item in value.items()}
    if argument.kind.single is Kind.NUMBER:
        return Decimal(str(value))
    return date.fromisoformat(str(value)) if argument.kind is Kind.DATE else value


def day_of(book: Rulebook) -> date:
    """The last day, up to today, on which the rulebook has a rule and, where it has tables, one of those."""
    ends = sorted({one.effective_to or TODAY for one in (*book.rules, *book.tables)}, reverse=True)
    return next(
        day
        for day in ends
        if any(rule.covers(day) for rule in book.rules)
        and (not book.tables or any(block.covers(day) for block in book.tables))
    )


def usual(book: Rulebook, contract: Contract) -> dict[str, object]:
    """A position the rulebook answers: a listed coin at low leverage, isolated where that is offered."""
    day = day_of(book)
    block = next((block for block in reversed(book.tables) if block.covers(day)), None)
    symbols = [] if block is None else sorted(block.tables)
    symbol = "BTC" if "BTC" in symbols or not symbols else symbols[0]
    raw: dict[str, object] = {
        "venue": book.id,
        "contract": contract.value,
        "symbol": symbol,
        "side": "long",
        "entry_price": "60000",
        "size": SIZES[contract],
        "size_unit": OWN_UNIT[contract].value,
        "leverage": str(block.leverage) if block is not None and block.leverage else "3",
        "wallet_balance": "20000" if contract is Contract.LINEAR else "1",
        "as_of": day.isoformat(),
    }
    if contract is Contract.QUANTO:
        raw |= {"contract_size": "1"}
    if MarginMode.ISOLATED not in book.modes:
        raw |= {"margin_mode": "cross"}
    if block is None and book.assumed_rate is None:
        raw |= {"maintenance_margin_rate": "0.01"}
    return raw


def calls(book: Rulebook) -> Iterator[tuple[str, Contract, dict[str, object]]]:
    """Each tool with a usual position and what else its example has; those without a venue once."""
    for name, tool in TOOLS.items():
        if "venue" not in tool.arguments and book.id != "generic":
            continue
        extra = {one: value for one, value in tool.example.items() if one not in POSITION}
        for contract in book.contracts:
            place = {one: value for one, value in usual(book, contract).items() if one in tool.arguments}
            if "venue" not in tool.arguments:
                place = dict(tool.example)
            yield name, contract, {**place, **extra}


def asked(tool: str, raw: dict[str, object]) -> Result:
    return run(tool, typed(raw), rulebooks=RULEBOOKS, as_of=TODAY)


@lru_cache(maxsize=1)
def shelf() -> Shelf:
    """The English answers."""
    return open_assistant(prompts=content("prompts"), knowledge=content("knowledge"), compiled=False).shelves["en"]


TOLD: set[tuple[str, str | None, str, str]] = set()


def sentence_is_there(result: Result) -> None:
    """An ended result has no price, and a sentence of its own in the answer; a result with a price has no code."""
    if result.status is Status.OK:
        assert result.code is None
        assert result.figures
        assert all(figure.value.is_finite() for figure in result.figures)
    else:
        assert result.code
        assert result.figure("new_liquidation_price") is None
    for name in PRICED:
        price = result.figure(name)
        assert price is None or price > 0
    key = (result.tool, result.code, str(result.data.get("argument")), str(result.data.get("reason")))
    if result.status is Status.OK or key in TOLD:
        return
    TOLD.add(key)
    call = CallTool(intent="liquidation_price", tool=result.tool, arguments=result.arguments)
    sealed = seal(compose((call,), [result], shelf=shelf(), slots={}), shelf().book)
    said = sealed.text.removesuffix(sealed.disclaimer)
    assert len(said.split()) > 6, said
    assert not {"{", "}", "None"} & set(said.replace("{", " { ").replace("}", " } ").split()), said


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.id)
def test_a_usual_position_of_the_rulebook_has_a_price(book: Rulebook) -> None:
    for contract in book.contracts:
        result = asked("liquidation_price", usual(book, contract))
        assert result.status in (Status.OK, Status.NOT_LIQUIDATABLE), (result.code, result.data)
        assert result.rulebook == book.id


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.id)
def test_every_tool_ends_every_bad_value_with_a_result(book: Rulebook) -> None:
    for tool, _, raw in calls(book):
        for case in VALUES:
            if not set(case["set"]) <= set(TOOLS[tool].arguments):
                continue
            bad = {name: value for name, value in (raw | case["set"]).items() if name not in case.get("drop", ())}
            result = asked(tool, bad)
            sentence_is_there(result)
            if case["ends"] == "refused" and tool == "liquidation_price":
                assert result.status in (Status.REFUSED, Status.UNDERDETERMINED), (case["what"], result.figures)


EXTREMES = [
    {"size": "1e-12"},
    {"size": "1e12"},
    {"entry_price": "1e-12"},
    {"entry_price": "1e12"},
    {"entry_price": "1e-12", "size": "1e12"},
    {"entry_price": "1e12", "size": "1e-12"},
]


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.id)
def test_dust_and_millions_of_millions_are_right_or_refused(book: Rulebook) -> None:
    """Where a price is given, equity less what is required is zero there, measured on the position's own scale."""
    for contract in book.contracts:
        for side in Side:
            for extreme in EXTREMES:
                raw = {**usual(book, contract), "side": side.value, **extreme}
                result = asked("liquidation_price", raw)
                price = result.figure("liquidation_price")
                if price is None:
                    assert result.status is not Status.OK
                    continue
                assert side.sign * (Decimal(str(raw["entry_price"])) - price) > 0
                request = request_of(book, contract, side, raw)
                position = request.position()
                with localcontext(EXACT):
                    terms = RULEBOOKS.terms(book, request, day_of(book))
                    gap = margin_buffer(position, terms, price)
                    scale = abs(terms.margin) + position.notional(position.entry_price) + position.notional(price)
                    assert abs(gap) <= Decimal("1e-9") * scale, (raw, price, gap, scale)


def request_of(book: Rulebook, contract: Contract, side: Side, raw: dict[str, object]) -> PositionRequest:
    """The same position as the rulebook is asked about it."""
    cross = raw.get("margin_mode") == "cross"
    rate = raw.get("maintenance_margin_rate")
    return PositionRequest(
        symbol=str(raw["symbol"]),
        contract=contract,
        side=side,
        entry_price=Decimal(str(raw["entry_price"])),
        size=Decimal(str(raw["size"])),
        leverage=Decimal(str(raw["leverage"])),
        margin_mode=MarginMode.CROSS if cross else MarginMode.ISOLATED,
        wallet_balance=Decimal(str(raw["wallet_balance"])) if cross else None,
        maintenance_margin_rate=None if rate is None else Decimal(str(rate)),
    )


def caps() -> Iterator[tuple[Rulebook, Contract, str, Decimal]]:
    """Every product whose table says a highest leverage, with its coin."""
    for book in BOOKS:
        day = day_of(book)
        block = next((block for block in reversed(book.tables) if block.covers(day) and not block.leverage), None)
        if block is None:
            continue
        raw = usual(book, book.contract)
        cap = block.tables[str(raw["symbol"])].tiers[0].max_leverage
        if cap is not None and cap < 1000:
            yield book, book.contract, str(raw["symbol"]), cap


CAPS = list(caps())


def test_most_rulebooks_have_a_cap_to_break() -> None:
    assert len(CAPS) >= 15


@pytest.mark.parametrize(("book", "contract", "symbol", "cap"), CAPS, ids=[book.id for book, *_ in CAPS])
def test_more_leverage_than_the_tier_allows_is_refused_and_the_cap_said(
    book: Rulebook, contract: Contract, symbol: str, cap: Decimal
) -> None:
    raw = {**usual(book, contract), "symbol": symbol, "leverage": str(cap + 1)}
    result = asked("liquidation_price", raw)
    assert result.status is Status.REFUSED
    assert result.code == "leverage_above_cap"
    allowed = result.data["cap"]
    assert isinstance(allowed, Decimal) and allowed <= cap
    assert result.data["venue"] == book.name

"""The generated vectors: positions of every rulebook with the price the bisection finds."""

import tomllib
from collections.abc import Iterator, Mapping
from decimal import Context, Decimal, localcontext
from pathlib import Path
from typing import Any

from tests.oracle.equity import Condition, liquidation
from tests.oracle.positions import Drawn, draw
from tests.oracle.raw import rule_on, rulebooks

MEANT = tomllib.loads((Path(__file__).parent / "venues.toml").read_text("utf-8"))
PRICED = 1000
"""Prices at least for every kind of contract, shared by the rulebooks that have it."""
UNPRICED = 20
"""One in so many of the positions without a price is kept."""
WRITTEN = Context(prec=15)


def generated() -> Iterator[dict[str, Any]]:
    """Every line of generated.jsonl."""
    books = rulebooks()
    contracts = sorted({contract for book in books.values() for contract in book["contracts"]})
    for contract in contracts:
        having = [name for name, book in books.items() if contract in book["contracts"]]
        for name in having:
            yield from _of(name, contract, -(-PRICED // len(having)))


def _of(book: str, contract: str, wanted: int) -> Iterator[dict[str, Any]]:
    """So many priced positions of one rulebook, and a few of those without a price that lie between them."""
    unpriced = 0
    for drawn in draw(book, contract):
        with localcontext(prec=40):
            price = liquidation(condition(drawn))
        if isinstance(price, Decimal):
            wanted -= 1
        elif price in ("beyond_table", "beyond_one") or (unpriced := unpriced + 1) % UNPRICED != 1:
            continue
        yield _line(drawn, price)
        if not wanted:
            return


def condition(drawn: Drawn) -> Condition:
    """The position with the money and the charges its venue counts."""
    meant = MEANT[drawn.book][drawn.formula]
    rule = rule_on(drawn.book, drawn.as_of)
    parameters = rule.get("parameters", {})
    return Condition(
        contract=drawn.contract,
        side=drawn.side,
        size=drawn.inputs["size"],
        entry=drawn.inputs["entry_price"],
        start=drawn.inputs.get("mark_price", drawn.inputs["entry_price"]),
        margin=margin(drawn, meant, rule),
        ladder=drawn.ladder,
        maintenance_at=meant["maintenance"],
        fee=fee(drawn, meant["fee"], rule),
        fee_at=meant.get("fee_at", "mark"),
        minimum=parameters[meant["minimum"]] if "minimum" in meant else Decimal(0),
    )


def fee(drawn: Drawn, meant: str, rule: Mapping[str, Any]) -> Decimal:
    """The fee rate that counts."""
    if meant == "never":
        return Decimal(0)
    own = {"stated": Decimal(0), "taker": rule.get("taker_fee_rate", Decimal(0))}
    return drawn.inputs.get("fee_rate", (own | rule.get("parameters", {}))[meant])


def margin(drawn: Drawn, meant: Mapping[str, str], rule: Mapping[str, Any]) -> Decimal:
    """The money behind the position before it wins or loses."""
    added = drawn.given("added_margin")
    funding = drawn.given("funding_paid")
    if drawn.mode == "cross":
        others = drawn.given("other_unrealized_pnl") - drawn.given("other_maintenance_margin")
        return drawn.given("wallet_balance") + added - funding + others
    taker = fee(drawn, "taker", rule)
    if meant.get("addition") == "scaled":
        added /= 1 - (taker if (drawn.side == "long") is (drawn.contract == "linear") else -taker)
    if "collateral" in drawn.inputs:
        return drawn.inputs["collateral"] + added - funding
    posted = drawn.value / drawn.inputs["leverage"]
    if meant.get("posted") == "with_fee":
        posted += taker * (drawn.value - posted if drawn.side == "long" else drawn.value + posted)
    return posted + added - funding


def _line(drawn: Drawn, price: Decimal | str) -> dict[str, Any]:
    priced = isinstance(price, Decimal)
    found = {"liquidation_price": f"{WRITTEN.plus(price).normalize():f}"} if priced else {"status": price}
    return {
        "rulebook": drawn.book,
        "contract": drawn.contract,
        "margin_mode": drawn.mode,
        "side": drawn.side,
        "as_of": str(drawn.as_of),
        "inputs": {"symbol": drawn.symbol, **{name: f"{value:f}" for name, value in drawn.inputs.items()}},
        "expected": found,
    }

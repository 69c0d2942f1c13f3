"""The generated vectors: positions of every rulebook with the price the bisection finds."""

import tomllib
from collections.abc import Iterator
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
        elif price == "beyond_table" or (unpriced := unpriced + 1) % UNPRICED != 1:
            continue
        yield _line(drawn, price)
        if not wanted:
            return


def condition(drawn: Drawn) -> Condition:
    """The position with the money and the charges its venue counts."""
    meant = MEANT[drawn.book][drawn.formula]
    rule = rule_on(drawn.book, drawn.as_of)
    taker = rule.get("taker_fee_rate", Decimal(0))
    stated = drawn.inputs.get("fee_rate")
    fees = {"never": Decimal(0), "stated": stated or Decimal(0), "taker": taker if stated is None else stated}
    return Condition(
        contract=drawn.contract,
        side=drawn.side,
        size=drawn.inputs["size"],
        entry=drawn.inputs["entry_price"],
        start=drawn.inputs.get("mark_price", drawn.inputs["entry_price"]),
        margin=margin(drawn, meant, taker if stated is None else stated),
        ladder=drawn.ladder,
        maintenance_at=meant["maintenance"],
        fee=fees[meant["fee"]],
    )


def margin(drawn: Drawn, meant: dict[str, str], taker: Decimal) -> Decimal:
    """The money behind the position before it wins or loses."""
    added = drawn.given("added_margin")
    funding = drawn.given("funding_paid")
    if drawn.mode == "cross":
        others = drawn.given("other_unrealized_pnl") - drawn.given("other_maintenance_margin")
        return drawn.given("wallet_balance") + added - funding + others
    if meant.get("addition") == "scaled":
        added /= 1 - (taker if drawn.side == "long" else -taker)
    posted = drawn.inputs["collateral"] if "collateral" in drawn.inputs else drawn.value / drawn.inputs["leverage"]
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

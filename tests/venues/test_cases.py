"""Every worked example of cases/*.toml, run through its rulebook; a `never` is a published number we must not give."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import AssistantError
from assistant.margin.account import Account, Holding
from assistant.margin.bankruptcy import bankruptcy_price
from assistant.margin.buffer import distance, maintenance_at, margin_balance
from assistant.margin.collateral import posted_margin
from assistant.margin.liquidation import Terms, solve
from assistant.margin.maintenance import MaintenanceBasis, flat_table
from assistant.margin.position import Position
from assistant.margin.quantities import ZERO, exact, significant, to_tick
from assistant.margin.rulebook import PositionRequest
from assistant.values import Contract, MarginMode, Side
from assistant.venues.catalogue import Rulebooks

CASES = Path(__file__).parent / "cases"
CASE_KEYS = {"name", "as_of", "kind", "source", "note", "tolerance", "digits", "tick", "fee_to_close_rate"}
CASE_KEYS |= {"given", "others", "expect", "never"}
WORDS = {"symbol": str, "contract": Contract, "side": Side, "margin_mode": MarginMode}


def cases() -> Iterator[Any]:
    for file in sorted(CASES.glob("*.toml")):
        for case in tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)["cases"]:
            yield pytest.param(file.stem, case, id=f"{file.stem}: {case['name']}")


def request_of(case: Mapping[str, Any]) -> PositionRequest:
    given = {"contract": "linear"} | case["given"]
    if "others" in case:
        others = Account(balance=ZERO, holdings=tuple(map(other_of, case["others"])))
        given["other_maintenance_margin"] = others.requirement
        given["other_unrealized_pnl"] = others.margin_balance
    return PositionRequest(**{key: WORDS.get(key, Decimal)(value) for key, value in given.items()})


def other_of(given: Mapping[str, Any]) -> Holding:
    position = Position(
        contract=Contract.LINEAR,
        side=Side(given["side"]),
        size=Decimal(given["size"]),
        entry_price=Decimal(given["entry_price"]),
    )
    tiers = flat_table(given["rate"], Decimal(given["amount"]))
    terms = Terms(margin=ZERO, fee_rate=ZERO, basis=MaintenanceBasis.MARK, tiers=tiers)
    return Holding(symbol="another", position=position, mark_price=given["mark_price"], terms=terms)


@exact
def found(rulebooks: Rulebooks, identity: str, case: Mapping[str, Any]) -> dict[str, Any]:
    """Everything a case may expect, by the names the case files use."""
    request, book = request_of(case), rulebooks.get(identity)
    grounds = rulebooks.grounds(book, request, case["as_of"])
    terms = rulebooks.terms(book, request, case["as_of"])
    position = request.position()
    result = solve(position, terms, start_price=request.mark_price)
    mark = request.mark_price or request.entry_price
    figures: dict[str, Any] = {
        "status": result.status,
        "reason": result.reason,
        "origin": grounds.origin,
        "tier_rate": result.tier.rate,
        "tier_amount": result.tier.amount,
        "bankruptcy_price": bankruptcy_price(position, terms.margin),
        "maintenance_margin": maintenance_at(position, terms, mark),
        "maintenance_margin_at_entry": maintenance_at(position, terms, request.entry_price),
        "margin_balance": margin_balance(position, terms, mark),
    }
    if result.price is not None:
        shown = result.price if "tick" not in case else to_tick(result.price, case["tick"], position.side)
        figures["liquidation_price"] = significant(shown, case["digits"]) if "digits" in case else shown
        figures["distance_pct"] = 100 * distance(result.price, mark)
    if request.margin_mode is MarginMode.ISOLATED:
        posted = posted_margin(request, position)
        rate = case.get("fee_to_close_rate") or request.fee_rate or grounds.rule.taker_fee_rate or ZERO
        closed_at = bankruptcy_price(position, posted)
        fee = ZERO if closed_at is None else position.notional(closed_at) * rate
        figures |= {
            "initial_margin": posted,
            "fee_to_close": fee,
            "initial_margin_with_fee": posted + fee,
            "maintenance_margin_with_fee": figures["maintenance_margin"] + fee,
        }
    return figures


@pytest.mark.parametrize(("identity", "case"), tuple(cases()))
def test_the_rulebook_gives_what_the_source_says(rulebooks: Rulebooks, identity: str, case: Mapping[str, Any]) -> None:
    expected = dict(case["expect"])
    if "error" in expected:
        with pytest.raises(AssistantError) as error:
            found(rulebooks, identity, case)
        assert error.value.code == expected["error"]
        return
    figures = found(rulebooks, identity, case)
    for name, value in expected.items():
        if isinstance(value, str):
            assert figures[name] == value
        else:
            assert abs(figures[name] - value) <= case["tolerance"], (name, figures[name])
    for name, value in case.get("never", {}).items():
        assert abs(figures[name] - value) > 2 * case["tolerance"], name


@pytest.mark.parametrize(("identity", "case"), tuple(cases()))
def test_a_case_says_where_it_is_from(identity: str, case: Mapping[str, Any]) -> None:
    assert set(case) <= CASE_KEYS
    assert case["kind"] and case["source"] and isinstance(case["as_of"], date)
    assert ("reproduce" not in case["kind"]) or (case["note"] and case["never"])
    assert identity in {file.stem for file in CASES.iterdir()}

"""The one equation on published numbers of many venues, from cases/equations.toml."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assistant.margin.bankruptcy import bankruptcy_price
from assistant.margin.buffer import maintenance_at
from assistant.margin.liquidation import Terms, solve
from assistant.margin.maintenance import MaintenanceBasis, flat_table
from assistant.margin.position import Position
from assistant.margin.quantities import ZERO, exact, to_tick
from assistant.values import Contract, Side

FILE = Path(__file__).parent / "cases" / "equations.toml"
CASES = tomllib.loads(FILE.read_text(encoding="utf-8"), parse_float=Decimal)["cases"]


@exact
def found(case: Mapping[str, Any]) -> dict[str, Decimal]:
    """Every figure a case may expect."""
    given, said = case["position"], case["terms"]
    position = Position(
        contract=Contract(given["contract"]),
        side=Side(given["side"]),
        size=Decimal(given["size"]),
        entry_price=Decimal(given["entry_price"]),
    )
    at_entry = position.notional(position.entry_price)
    terms = Terms(
        margin=Decimal(said["margin"]) if "margin" in said else at_entry / said["leverage"],
        fee_rate=Decimal(said.get("fee_rate", ZERO)),
        basis=MaintenanceBasis(said["basis"]),
        tiers=flat_table(Decimal(said["rate"])),
    )
    prices = {
        "liquidation_price": solve(position, terms).price,
        "bankruptcy_price": bankruptcy_price(position, terms.margin),
    }
    tick = case.get("tick")
    shown = {name: value if tick is None else to_tick(value, tick, position.side) for name, value in prices.items()}
    return shown | {
        "initial_margin": terms.margin,
        "maintenance_margin": maintenance_at(position, terms, position.entry_price),
    }


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_equation_gives_what_the_source_says(case: Mapping[str, Any]) -> None:
    figures = found(case)
    for name, value in case["expect"].items():
        assert abs(figures[name] - value) <= case["tolerance"], (name, figures[name])
    for name, value in case.get("never", {}).items():
        assert abs(figures[name] - value) > 2 * case["tolerance"], name

"""Whole accounts: the worked ones of cases/accounts.toml, and what an account refuses."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import InputOutOfRange
from assistant.margin.account import Account, Holding
from assistant.margin.crossing import crossing
from assistant.margin.liquidation import Terms
from assistant.margin.maintenance import CrossTiers, Joins, MaintenanceBasis, Tier, TierBasis, TierTable, flat_table
from assistant.margin.position import Position
from assistant.values import Contract, Side, Status

FILE = Path(__file__).parent / "cases" / "accounts.toml"
CASES = tomllib.loads(FILE.read_text(encoding="utf-8"), parse_float=Decimal)["cases"]


def table(case: Mapping[str, Any], given: Mapping[str, Any]) -> TierTable:
    if "rate" in given:
        return flat_table(Decimal(given["rate"]), Decimal(given.get("amount", 0)))
    tiers = tuple(
        Tier(
            floor=Decimal(row["floor"]),
            cap=Decimal(row["cap"]) if "cap" in row else None,
            rate=row["rate"],
            amount=Decimal(row.get("amount", 0)),
        )
        for row in case["tiers"]
    )
    joins = Joins.CONTINUOUS if any(tier.amount for tier in tiers) else Joins.STEPPED
    return TierTable(basis=TierBasis(case.get("tiers_basis", "quote_notional")), tiers=tiers, joins=joins)


def holding(given: Mapping[str, Any], tiers: TierTable) -> Holding:
    return Holding(
        symbol=given["symbol"],
        position=Position(
            contract=Contract(given.get("contract", "linear")),
            side=Side(given["side"]),
            size=Decimal(given["size"]),
            entry_price=Decimal(given["entry_price"]),
        ),
        mark_price=Decimal(given["mark_price"]),
        terms=Terms(
            margin=Decimal(0),
            fee_rate=Decimal(given.get("fee_rate", 0)),
            basis=MaintenanceBasis.MARK,
            tiers=tiers,
        ),
    )


def account(case: Mapping[str, Any]) -> Account:
    return Account(
        balance=Decimal(case["balance"]),
        holdings=tuple(holding(given, table(case, given)) for given in case["holdings"]),
        cross_tiers=CrossTiers(case.get("cross_tiers", "each")),
        other_maintenance=Decimal(case.get("other_maintenance", 0)),
    )


def price(case: Mapping[str, Any], side: str) -> Decimal | None:
    found = crossing(account(case), moving=case.get("moving"), rising=side == "above").factor
    return None if found is None else found * Decimal(case["holdings"][0]["mark_price"])


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_account_gives_what_the_source_says(case: Mapping[str, Any]) -> None:
    whole = account(case)
    for name, value in case["expect"].items():
        found = price(case, name) if name in ("below", "above") else getattr(whole, name)
        assert found is not None, name
        assert abs(found - value) <= case["tolerance"], (name, found)
    for side in case.get("none", ()):
        assert price(case, side) is None, side


def one(**given: Any) -> Holding:
    said = {"symbol": "A", "side": "long", "size": 1, "entry_price": 100, "mark_price": 100} | given
    return holding(said, flat_table(Decimal("0.01")))


def of(*holdings: Holding, balance: str = "10") -> Account:
    return Account(balance=Decimal(balance), holdings=holdings)


def test_below_maintenance_there_is_no_price_on_either_side() -> None:
    short_of_money = of(one(), balance="1")
    for rising in (True, False):
        found = crossing(short_of_money, moving="A", rising=rising)
        assert (found.status, found.factor) == (Status.BEYOND_MAINTENANCE, None)


def test_one_currency_backs_all_or_the_account_is_refused() -> None:
    with pytest.raises(InputOutOfRange) as error:
        of(one(), one(contract="inverse", symbol="B"))
    assert error.value.data["reason"] == "other_settlement"


@pytest.mark.parametrize("balance", ["NaN", "Infinity"])
def test_a_balance_that_is_no_number_is_refused(balance: str) -> None:
    with pytest.raises(InputOutOfRange):
        of(one(), balance=balance)


@pytest.mark.parametrize("mark", ["0", "-1", "NaN"])
def test_a_mark_that_is_no_price_is_refused(mark: str) -> None:
    with pytest.raises(InputOutOfRange):
        one(mark_price=mark)


CUT = TierTable(basis=TierBasis.QUOTE_NOTIONAL, tiers=(Tier(floor=Decimal(0), cap=Decimal(150), rate=Decimal("0.01")),))


def test_a_side_that_leaves_the_last_known_tier_before_a_crossing_is_refused() -> None:
    short = holding({"symbol": "A", "side": "short", "size": 1, "entry_price": 100, "mark_price": 100}, CUT)
    with pytest.raises(InputOutOfRange) as error:
        crossing(of(short, balance="80"), moving="A", rising=True)
    assert (error.value.data["reason"], error.value.data["bound"]) == ("beyond_last_tier", 150)


def test_the_other_side_of_that_account_is_known_all_the_same() -> None:
    short = holding({"symbol": "A", "side": "short", "size": 1, "entry_price": 100, "mark_price": 100}, CUT)
    assert crossing(of(short, balance="80"), moving="A", rising=False).status is Status.NOT_LIQUIDATABLE


def test_a_crossing_before_the_last_edge_needs_no_further_tier() -> None:
    short = holding({"symbol": "A", "side": "short", "size": 1, "entry_price": 100, "mark_price": 100}, CUT)
    assert crossing(of(short, balance="20"), moving="A", rising=True).status is Status.OK


def test_a_stepped_table_jumps_past_the_equity_at_its_edge(stepped: TierTable) -> None:
    given = {"symbol": "A", "size": 8, "entry_price": 100, "mark_price": 100}
    legs = (holding({**given, "side": "short"}, stepped), holding({**given, "side": "long", "size": 1}, stepped))
    found = crossing(of(*legs, balance="190"), moving="A", rising=True)
    assert (found.factor, found.tiers[0].floor, found.tiers[1].floor) == (Decimal("1.25"), 1000, 0)

"""The working of an account's price where a stepped table jumps, and where the letters run long."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from assistant.margin.crossing import crossing
from assistant.margin.maintenance import Joins, Tier, TierBasis, TierTable
from assistant.tools.account_working import crossing_steps
from assistant.tools.rules import Rules
from assistant.tools.trade import Trade, describe
from assistant.values import Status

JUMPING = TierTable(
    basis=TierBasis.QUOTE_NOTIONAL,
    joins=Joins.STEPPED,
    tiers=(
        Tier(floor=Decimal(0), cap=Decimal(1000), rate=Decimal("0.01")),
        Tier(floor=Decimal(1000), cap=None, rate=Decimal("0.02")),
    ),
)


@pytest.fixture
def hedged(rulebooks) -> Trade:
    """A short of 8 and a long of 1 from 100, under a table that asks for 10 more just above 1,000."""
    arguments = {
        "margin_mode": "cross",
        "symbol": "BTC",
        "side": "short",
        "entry_price": Decimal(100),
        "size": Decimal(8),
        "wallet_balance": Decimal(190),
        "other_positions": ({"symbol": "BTC", "side": "long", "entry_price": Decimal(100), "size": Decimal(1)},),
    }
    trade = describe(arguments, Rules(rulebooks=rulebooks, as_of=date(2026, 11, 22)), with_legs=True)
    assert trade.account is not None
    holdings = (replace(one, terms=replace(one.terms, tiers=JUMPING)) for one in trade.account.holdings)
    return replace(trade, account=replace(trade.account, holdings=tuple(holdings)))


def test_an_edge_is_shown_as_the_edge_it_is(hedged, worth):
    assert hedged.account is not None
    found = crossing(hedged.account, moving="BTC", rising=True)
    lines = {line.name: line for line in crossing_steps(hedged, found, moving="BTC", name="liquidation_price")}
    assert lines["notional_factor"].equation == "edge / size"
    assert worth(lines["notional_factor"].numbers) == Fraction(5, 4)
    assert worth(lines["liquidation_price"].numbers) == 125
    assert hedged.liquidation().price == 125


def test_there_is_no_working_without_a_price(hedged):
    found = crossing(replace(hedged.account, balance=Decimal(0)), moving="BTC", rising=True)
    assert found.status is Status.BEYOND_MAINTENANCE
    with pytest.raises(ValueError, match="beyond_maintenance"):
        crossing_steps(hedged, found, moving="BTC", name="liquidation_price")


def test_every_position_of_a_full_account_has_a_letter(ask, worth):
    coins = [f"C{number}" for number in range(24)]
    others = [{"symbol": coin, "side": "long", "size": "1", "entry_price": "10", "mark_price": "11"} for coin in coins]
    trade = {"margin_mode": "cross", "symbol": "BTC", "side": "long", "entry_price": "60000", "size": "1"}
    result = ask("liquidation_price", **trade, mark_price="60000", wallet_balance="9000", other_positions=others)
    equity = next(line for line in result.working if line.name.startswith("account_equity"))
    assert equity.equation.endswith("+ Uy")
    assert worth(equity.numbers) == 9024

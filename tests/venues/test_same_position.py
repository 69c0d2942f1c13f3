"""One position on every venue: the spread that the choice of the venue alone makes, 0.8 % of the price."""

from datetime import date
from decimal import Decimal

import pytest

from assistant.margin.buffer import distance
from assistant.margin.liquidation import solve
from assistant.margin.rulebook import PositionRequest
from assistant.values import Contract, Side
from assistant.venues.catalogue import Rulebooks

LINEAR, INVERSE = Contract.LINEAR, Contract.INVERSE
TABLE = [
    ("binance_usdm", LINEAR, date(2026, 11, 22), None, "57228.92", "-4.62"),
    ("okx_swap", LINEAR, date(2026, 11, 22), None, "57257.66", "-4.57"),
    ("bybit_linear", LINEAR, date(2026, 11, 22), None, "57286.43", "-4.52"),
    ("bybit_linear", LINEAR, date(2025, 5, 6), "0.005", "57300.00", "-4.50"),
    ("dydx_v4", LINEAR, date(2026, 11, 22), None, "57692.31", "-3.85"),
    ("hyperliquid", LINEAR, date(2026, 11, 22), None, "57721.52", "-3.80"),
    ("binance_coinm", INVERSE, date(2026, 11, 22), None, "57371.43", "-4.38"),
    ("bitmex_inverse", INVERSE, date(2026, 11, 22), None, "57416.27", "-4.31"),
    ("bitmex_linear", LINEAR, date(2026, 11, 22), None, "57300.00", "-4.50"),
    ("gmx_v2", LINEAR, date(2026, 11, 22), None, "57336.00", "-4.44"),
    ("kraken_linear", LINEAR, date(2026, 11, 22), "0.01", "57575.76", "-4.04"),
    ("bitget_linear", LINEAR, date(2026, 11, 22), None, "57263.41", "-4.56"),
    ("gate_linear", LINEAR, date(2026, 11, 22), None, "57214.55", "-4.64"),
    ("mexc_linear", LINEAR, date(2021, 1, 7), "0.004", "57240.00", "-4.60"),
    ("bybit_inverse", INVERSE, date(2026, 11, 22), None, "57428.57", "-4.29"),
    ("generic", INVERSE, date(2026, 11, 22), None, "57428.57", "-4.29"),
]


@pytest.mark.parametrize(
    ("identity", "contract", "day", "rate", "price", "room"), TABLE, ids=[f"{row[0]} {row[2]}" for row in TABLE]
)
def test_half_a_bitcoin_at_60000_and_20x(
    rulebooks: Rulebooks, identity: str, contract: Contract, day: date, rate: str | None, price: str, room: str
) -> None:
    asked = PositionRequest(
        symbol="BTC",
        contract=contract,
        side=Side.LONG,
        entry_price=Decimal(60000),
        size=Decimal("0.5") if contract is LINEAR else Decimal(30000),
        leverage=Decimal(20),
        maintenance_margin_rate=None if rate is None else Decimal(rate),
    )
    found = solve(asked.position(), rulebooks.terms(rulebooks.get(identity), asked, day)).price
    assert found is not None
    assert found.quantize(Decimal("0.01")) == Decimal(price)
    assert (100 * distance(found, asked.entry_price)).quantize(Decimal("0.01")) == Decimal(room)

"""Liquidation prices a second: arrays, a bare NumPy expression, the exact solver, and freqtrade where it is there."""

import statistics
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import numpy as np

from assistant.bulk.positions import Positions
from assistant.bulk.prices import liquidation_prices
from assistant.bulk.schedule import Schedule, compiled
from assistant.margin.liquidation import Terms, solve
from assistant.margin.maintenance import MaintenanceBasis, TierTable, flat_table
from assistant.margin.position import Position
from assistant.resources import content
from assistant.values import Contract, Side
from assistant.venues.catalogue import load

_ROWS = 1_000_000
_EXACT_ROWS = 4_000
_RATE = 0.005
_DAY = date(2026, 11, 22)


def measure(rounds: int) -> None:
    """Prints rows or calls a second of each, the rounds taken in turns, and their ratios to the bare expression."""
    draw = np.random.default_rng(1)
    entry, leverage = draw.uniform(1, 1e5, _ROWS), draw.uniform(1.5, 50, _ROWS)
    size = np.exp(draw.uniform(np.log(100), np.log(1e6), _ROWS)) / entry
    long = draw.random(_ROWS) < 0.5
    side = np.where(long, 1.0, -1.0)
    tiers = load(content("knowledge") / "venues").get("binance_usdm").tiers_on("BTC", _DAY)
    assert tiers is not None

    def arrays(schedule: Schedule) -> Callable[[], object]:
        return lambda: liquidation_prices(
            schedule, Positions(long=long, entry_price=entry, size=size, margin=size * entry / leverage)
        )

    one, many = (compiled(_terms(table), Contract.LINEAR) for table in (flat_table(Decimal(str(_RATE))), tiers))
    positions = [
        Position(
            contract=Contract.LINEAR,
            side=Side.LONG if long[row] else Side.SHORT,
            size=Decimal(f"{size[row]:.8f}"),
            entry_price=Decimal(f"{entry[row]:.2f}"),
        )
        for row in range(_EXACT_ROWS)
    ]
    terms = [_terms(tiers, Decimal(f"{size[row] * entry[row] / leverage[row]:.8f}")) for row in range(_EXACT_ROWS)]
    measured: dict[str, tuple[int, Callable[[], object]]] = {
        "bare NumPy expression": (_ROWS, lambda: entry * (1 - side / leverage) / (1 - side * _RATE)),
        "bulk, one tier": (_ROWS, arrays(one)),
        f"bulk, {len(tiers.tiers)} tiers": (_ROWS, arrays(many)),
        "exact solver": (_EXACT_ROWS, lambda: [*map(solve, positions, terms)]),
    }
    freqtrade = _freqtrade(positions, leverage[:_EXACT_ROWS])
    if freqtrade is not None:
        measured["freqtrade, without its tier search"] = (_EXACT_ROWS, freqtrade)
    taken: dict[str, list[float]] = {name: [] for name in measured}
    for _ in range(rounds):
        for name, (_, run) in measured.items():
            began = time.perf_counter()
            run()
            taken[name].append(time.perf_counter() - began)
    rates = {name: count / statistics.median(taken[name]) for name, (count, _) in measured.items()}
    bare = rates["bare NumPy expression"]
    for name, rate in rates.items():
        print(f"{name:36}{rate:15,.0f}/s   {rate / bare:10.5f} of the bare expression")
    if freqtrade is None:
        print("freqtrade is not installed: not compared")


def _terms(tiers: TierTable, margin: Decimal = Decimal(0)) -> Terms:
    return Terms(margin=margin, fee_rate=Decimal(0), basis=MaintenanceBasis.MARK, tiers=tiers)


def _freqtrade(positions: list[Position], leverage: "np.ndarray") -> Callable[[], object] | None:
    """The same positions as calls of freqtrade's method on its Binance exchange, or None where it is not installed."""
    try:
        from freqtrade.enums import MarginMode, TradingMode
        from freqtrade.exchange import Binance
    except ImportError:
        return None

    class Offline(Binance):
        """`dry_run_liquidation_price` alone: no markets, no keys, and a rate that is given instead of searched for."""

        def __init__(self) -> None:
            self.trading_mode, self.margin_mode = TradingMode.FUTURES, MarginMode.ISOLATED
            self._config = {"dry_run": True}

        def __del__(self) -> None:
            pass

        def get_maintenance_ratio_and_amt(self, *_given: object) -> tuple[float, float]:
            return _RATE, 0.0

    exchange = Offline()
    calls = [
        {
            "pair": "BTC/USDT:USDT",
            "open_rate": float(position.entry_price),
            "is_short": position.side is Side.SHORT,
            "amount": float(position.size),
            "stake_amount": float(position.size * position.entry_price) / float(chosen),
            "leverage": float(chosen),
            "wallet_balance": float(position.size * position.entry_price) / float(chosen),
            "open_trades": [],
        }
        for position, chosen in zip(positions, leverage, strict=True)
    ]
    return lambda: [exchange.dry_run_liquidation_price(**call) for call in calls]

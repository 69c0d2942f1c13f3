"""What holds for any arguments: nothing raises, and what is answered agrees with itself and with the equation."""

from datetime import date
from decimal import Decimal, localcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.tools.arguments import CATALOGUE
from assistant.tools.kinds import Argument, Kind
from assistant.tools.registry import TOOLS
from assistant.values import Result, Status

TODAY = date(2026, 11, 22)
VENUES = ["binance", "binance_usdm", "binance_coinm", "bybit", "okx", "hyperliquid", "dydx", "generic", "nowhere", ""]
SYMBOLS = ["BTC", "ETHUSDT", "SOL", "XBT", "1000PEPE", "NOSUCHCOIN", "BTC/USDC", "<b>", "币安人生", ""]
PLAIN = st.sampled_from(
    [
        "0.001",
        "0.004",
        "0.01",
        "0.05",
        "0.5",
        "1",
        "2",
        "3",
        "10",
        "20",
        "99",
        "100",
        "150",
        "1000",
        "60000",
        "1e6",
        "1e12",
    ]
).map(Decimal)
ODD = st.sampled_from(["0", "-1", "-0", "NaN", "-Infinity", "1e-15", "1e-30", "9e14", "1e15", "1e999999"]).map(Decimal)
NUMBERS = st.one_of(PLAIN, PLAIN, PLAIN, st.decimals(allow_nan=True, allow_infinity=True), ODD)
DATES = st.sampled_from([TODAY, date(2024, 10, 24), date(2025, 10, 1), date(2016, 1, 1), date.max])


def single(argument: Argument) -> st.SearchStrategy[object]:
    match argument.kind.single:
        case Kind.NUMBER:
            return NUMBERS
        case Kind.DATE:
            return DATES
        case Kind.CHOICE:
            return st.sampled_from(argument.choices)
        case Kind.RECORDS:
            return st.fixed_dictionaries({}, optional={field.name: single(field) for field in argument.fields})
    return st.sampled_from(SYMBOLS if argument.name == "symbol" else [*VENUES, "USDT", "BTC", "EUR"])


def value(argument: Argument) -> st.SearchStrategy[object]:
    if argument.kind is argument.kind.single and argument.kind is not Kind.RECORDS:
        return single(argument)
    return st.lists(single(argument), min_size=1, max_size=3).map(tuple)


def requests(tool: str) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries({}, optional={name: value(CATALOGUE[name]) for name in TOOLS[tool].arguments})


USUAL = {
    "side": st.sampled_from(["long", "short"]),
    "entry_price": st.decimals("0.0001", "200000", places=4),
    "leverage": st.decimals("1", "150", places=1),
}


def likely(argument: Argument) -> st.SearchStrategy[object]:
    return PLAIN if argument.kind is Kind.NUMBER else value(argument)


def usual(tool: str) -> st.SearchStrategy[dict[str, object]]:
    taken = TOOLS[tool].arguments
    known = {name: strategy for name, strategy in USUAL.items() if name in taken}
    more = {name: likely(CATALOGUE[name]) for name in taken if name not in known}
    return st.fixed_dictionaries(known, optional=more)


def sound(result: Result) -> None:
    names = [figure.name for figure in result.figures]
    assert len(set(names)) == len(names)
    assert all(figure.value.is_finite() for figure in result.figures)
    documented = TOOLS[result.tool].figures
    assert all(name in documented or f"{name.partition('@')[0]}@" in documented for name in names)
    if result.status is Status.OK:
        assert result.code is None
        assert result.figures
        assert result.working
    else:
        assert result.code
        assert not {"liquidation_price", "new_liquidation_price", "stop_price", "distance_pct"} & set(names)
    assert bool(result.missing) is (result.status is Status.UNDERDETERMINED)
    assert result.rulebook is None or result.sources
    assert result.rulebook is None or (result.rules_as_of is None) is (result.rulebook == "generic")


@pytest.mark.parametrize("tool", sorted(TOOLS))
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_arguments_raise(compute, tool, data):
    sound(compute(tool, data.draw(requests(tool))))


@pytest.mark.parametrize("tool", sorted(TOOLS))
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_addition_to_a_usual_position_raises(compute, tool, data):
    sound(compute(tool, data.draw(usual(tool))))


POSITIONS = st.fixed_dictionaries(
    {
        **USUAL,
        "size": st.decimals("0.01", "50", places=2),
        "contract": st.sampled_from(["linear", "inverse"]),
    },
    optional={
        "venue": st.sampled_from(["binance", "bybit", "generic"]),
        "symbol": st.sampled_from(["BTC", "ETH"]),
        "mark_price": st.decimals("0.0001", "200000", places=4),
        "maintenance_margin_rate": st.decimals("0", "0.02", places=4),
        "added_margin": st.decimals("0", "100", places=2),
    },
)


@settings(max_examples=150, deadline=None)
@given(arguments=POSITIONS)
def test_figures_agree_with_one_another(compute, arguments):
    result = compute("liquidation_price", arguments)
    figure = {one.name: one.value for one in result.figures}
    if "notional" not in figure:
        return

    def same(left: Decimal, right: Decimal, scale: Decimal = Decimal(0)) -> bool:
        return abs(left - right) <= Decimal("1e-8") * max(abs(left), abs(right), scale)

    with localcontext() as exact:
        exact.prec = 40
        assert same(figure["initial_margin"] * arguments["leverage"], figure["notional"])
        assert same(figure["position_size_base"] * arguments["entry_price"], figure["position_size_quote"])
        reference = arguments.get("mark_price", arguments["entry_price"])
        if result.status is Status.OK:
            price = figure["liquidation_price"]
            assert same(100 * (price - reference) / reference, figure["distance_pct"], scale=Decimal(100))
            assert (price < reference) is (arguments["side"] == "long")
        if "margin_buffer" in figure and "margin_ratio_pct" in figure:
            required = figure["margin_balance"] - figure["margin_buffer"]
            scale = figure["margin_balance"]
            assert same(figure["margin_ratio_pct"] * figure["margin_balance"] / 100, required, scale=scale)
            assert (figure["margin_ratio_pct"] < 100) is (result.status is not Status.BEYOND_MAINTENANCE)


@settings(max_examples=150, deadline=None)
@given(
    side=USUAL["side"],
    entry=st.decimals("1", "100000", places=2),
    leverage=st.decimals("2", "90", places=1),
    size=st.decimals("0.1", "10", places=1),
    added=st.decimals("0", "10", places=1),
    rate=st.decimals("0.001", "0.01", places=4),
)
def test_at_the_price_equity_is_what_maintenance_asks(compute, side, entry, leverage, size, added, rate):
    arguments = {
        "side": side,
        "entry_price": entry,
        "leverage": leverage,
        "size": size,
        "added_margin": added,
        "maintenance_margin_rate": rate,
    }
    price = compute("liquidation_price", arguments).figure("liquidation_price")
    if price is None:
        return
    sign = 1 if side == "long" else -1
    equity = size * entry / leverage + added + sign * size * (price - entry)
    assert abs(equity - size * price * rate) <= Decimal("1e-8") * size * max(entry, price)


@settings(max_examples=150, deadline=None)
@given(
    side=USUAL["side"],
    entry=st.decimals("1", "100000", places=2),
    move=st.decimals("0.5", "60", places=1),
    venue=st.sampled_from([None, "binance", "bybit", "okx", "hyperliquid"]),
)
def test_the_highest_leverage_survives_the_move_and_a_little_more_does_not(compute, side, entry, move, venue):
    market = {} if venue is None else {"venue": venue, "symbol": "BTC"}
    asked = {**market, "side": side, "entry_price": entry, "price_move_pct": move}
    found = compute("max_leverage", asked)
    leverage = found.figure("max_leverage")
    assert leverage is not None

    def distance(factor: str) -> Decimal | None:
        trade = {**market, "side": side, "entry_price": entry, "leverage": leverage * Decimal(factor)}
        result = compute("liquidation_price", trade)
        if result.code == "leverage_above_cap":
            return None
        value = result.figure("distance_pct")
        return Decimal(0) if value is None else abs(value)

    assert distance("0.999999") >= move
    beyond = distance("1.000001")
    assert beyond is None or beyond < move


@settings(max_examples=150, deadline=None)
@given(
    side=USUAL["side"],
    entry=st.decimals("1", "100000", places=2),
    leverage=st.decimals("2", "50", places=1),
    size=st.decimals("0.1", "20", places=1),
    move=st.decimals("0.1", "90", places=1),
    venue=st.sampled_from(["generic", "binance", "bybit", "hyperliquid"]),
)
def test_the_margin_to_add_puts_the_price_at_the_target(compute, side, entry, leverage, size, move, venue):
    sign = 1 if side == "long" else -1
    target = entry * (1 - sign * move / 100)
    trade = {"venue": venue, "symbol": "BTC", "side": side, "entry_price": entry, "leverage": leverage, "size": size}
    found = compute("add_margin", {**trade, "target_liquidation_price": target})
    amount = found.figure("required_margin_add")
    if amount is None:
        assert found.code in ("leverage_above_cap", "impossible_value")
        return
    after = compute("liquidation_price", {**trade, "added_margin": amount})
    price = after.figure("liquidation_price")
    assert price is not None
    assert abs(price / target - 1) < Decimal("1e-7")

"""Every argument a tool can have: name, form, range and meaning; reading a request and checking its values."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from assistant.errors import InputOutOfRange
from assistant.tools.changes import ChangeKind, MarginOfPart
from assistant.tools.kinds import Argument, Kind, Malformed, Range
from assistant.tools.tool import Tool
from assistant.values import Arguments, Contract, MarginMode, Side, SizeUnit

__all__ = ["CATALOGUE", "Malformed", "check", "read", "schema"]

_LEVERAGE = Range(low=Decimal("0.001"), high=Decimal(1000))
_POSITIVE = Range(low=Decimal("1e-15"), high=Decimal("1e15"), below_high=True)
_SIGNED = Range(low=Decimal("-1e15"), high=Decimal("1e15"))
_NOT_NEGATIVE = Range(low=Decimal(0), high=Decimal("1e15"), below_high=True)
_FRACTION = Range(low=Decimal(0), high=Decimal(1), below_high=True)
_FEE = Range(low=Decimal(0), high=Decimal("0.1"))
_SHARE_PCT = Range(low=Decimal("0.000001"), high=Decimal(100))
_PART_PCT = Range(low=Decimal("0.000001"), high=Decimal(100), below_high=True)
_MOVE_PCT = Range(low=Decimal(-1000), high=Decimal(1000))


def _number(name: str, range_: Range, doc: str) -> Argument:
    return Argument(name=name, kind=Kind.NUMBER, range=range_, doc=doc)


_SIDE = Argument(name="side", kind=Kind.CHOICE, choices=tuple(Side), doc="long or short")
_SYMBOL = Argument(name="symbol", kind=Kind.TEXT, doc="Base asset (BTC) or the venue's own symbol (BTCUSDT)")
_SIZE = _number("size", _POSITIVE, "Size of the position, counted in size_unit")
_ENTRY = _number("entry_price", _POSITIVE, "Average entry, quote currency per coin")
_MARK = _number(
    "mark_price", _POSITIVE, "Mark price now, quote currency per coin: for distance, buffer and unrealized PnL"
)
_RATE = _number(
    "maintenance_margin_rate", _FRACTION, "Maintenance margin rate, a fraction; replaces the rulebook's tiers"
)
_AMOUNT = _number("maintenance_amount", _NOT_NEGATIVE, "Maintenance amount taken off, settlement currency")

_SIZE_UNIT = Argument(
    name="size_unit",
    kind=Kind.CHOICE,
    choices=tuple(SizeUnit),
    doc="base (coins, the default of a linear contract), quote (the default of an inverse one) or contracts",
)
_CONTRACT_SIZE = _number(
    "contract_size",
    _POSITIVE,
    "Coins in a linear contract, quote units in an inverse one; quanto: what it pays per unit of the price",
)
_FEE_RATE = _number("fee_rate", _FEE, "Fee rate counted in the trigger, a fraction; replaces the rulebook's")

_OTHER_POSITION = (
    _SYMBOL,
    _SIDE,
    _SIZE,
    _ENTRY,
    _MARK,
    _RATE,
    _AMOUNT,
    _number("maintenance_margin", _NOT_NEGATIVE, "Sum of the maintenance margins of all other positions"),
    _number("unrealized_pnl", _SIGNED, "Sum of the unrealized PnL of all other positions"),
)

_CHANGE = (
    Argument(name="change", kind=Kind.CHOICE, choices=tuple(ChangeKind), doc="What is done to the position"),
    _number("amount", _POSITIVE, "Money put in or taken out; with add_size the margin of the new part"),
    _SIZE,
    _SIZE_UNIT,
    _CONTRACT_SIZE,
    _number("share_pct", _SHARE_PCT, "Share of the position, percent, instead of a size"),
    _number("price", _POSITIVE, "Where it happens; left out: the mark price"),
    _number("leverage", _LEVERAGE, "The new leverage"),
    _number("rate", Range(low=Decimal("-0.5"), high=Decimal("0.5")), "Funding rate of one period, a fraction"),
    _number("periods", _NOT_NEGATIVE, "How many funding periods; left out: one"),
    Argument(
        name="margin",
        kind=Kind.CHOICE,
        choices=tuple(MarginOfPart),
        doc="Where margin and PnL of a closed part go: kept with the position, or released (default)",
    ),
    _FEE_RATE,
)
_ENTRY_PIECE = (
    _number("price", _POSITIVE, "Price of this entry, quote currency per coin"),
    _SIZE,
    _SIZE_UNIT,
    _CONTRACT_SIZE,
)

CATALOGUE: Mapping[str, Argument] = {
    argument.name: argument
    for argument in (
        Argument(
            name="venue",
            kind=Kind.TEXT,
            doc="Rulebook id or venue name (binance, binance_usdm); left out: the labelled generic estimate",
        ),
        _SYMBOL,
        Argument(name="contract", kind=Kind.CHOICE, choices=tuple(Contract), doc="linear (default), inverse or quanto"),
        _SIDE,
        _ENTRY,
        _SIZE,
        Argument(
            name="entries",
            kind=Kind.RECORDS,
            fields=_ENTRY_PIECE,
            doc="Several entries of one position, each with price and size, instead of entry_price and size",
        ),
        _SIZE_UNIT,
        _CONTRACT_SIZE,
        _number("leverage", _LEVERAGE, "Leverage; needed where collateral or size is missing"),
        Argument(name="margin_mode", kind=Kind.CHOICE, choices=tuple(MarginMode), doc="isolated (default) or cross"),
        _number("collateral", _POSITIVE, "Isolated margin, settlement currency, without unrealized PnL"),
        Argument(name="collateral_currency", kind=Kind.TEXT, doc="Currency of collateral and balances: USDT, BTC"),
        _number("collateral_haircut", _FRACTION, "Share of coin collateral that does not count, a fraction"),
        _number(
            "funding_paid", _SIGNED, "Funding already taken from the margin, settlement currency; negative: received"
        ),
        _number("added_margin", _SIGNED, "Margin put in on top, settlement currency; negative: taken out"),
        _number("wallet_balance", _POSITIVE, "Balance of the account without unrealized PnL; backs a cross position"),
        _number("available_balance", _NOT_NEGATIVE, "Cross: balance beside the position's own initial margin"),
        Argument(
            name="other_positions",
            kind=Kind.RECORDS,
            fields=_OTHER_POSITION,
            doc="Cross: each other position with its mark price, or one object with the sums maintenance_margin and "
            "unrealized_pnl",
        ),
        _MARK,
        _RATE,
        _AMOUNT,
        _FEE_RATE,
        _number("tick_size", _POSITIVE, "Price step: liquidation prices are rounded to it, towards the earlier one"),
        Argument(name="as_of", kind=Kind.DATE, doc="Date whose rules apply; left out: today"),
        _number("target_liquidation_price", _POSITIVE, "The liquidation price that is wanted"),
        _number("stated_liquidation_price", _POSITIVE, "The liquidation price the venue shows"),
        _number("price_move_pct", _MOVE_PCT, "Move of the price against the position, percent, whatever its sign"),
        _number("stop_price", _POSITIVE, "Price of the stop order"),
        _number("stop_distance_pct", _PART_PCT, "Distance of the stop from entry, percent"),
        _number("risk_amount", _POSITIVE, "Money that may be lost at the stop, settlement currency"),
        _number("risk_pct", _SHARE_PCT, "Share of wallet_balance that may be lost at the stop, percent"),
        _number(
            "riskpct_of_margin", _SHARE_PCT, "Share of the position's margin that may be lost at the stop, percent"
        ),
        _number("stop_above_liq_pct", _PART_PCT, "How far before the liquidation price the stop stands, percent of it"),
        _number("target_buffer_pct", _PART_PCT, "Distance to liquidation at which to be warned, percent of the mark"),
        Argument(name="leverages", kind=Kind.NUMBERS, range=_LEVERAGE, doc="Leverages to compare"),
        Argument(name="sides", kind=Kind.CHOICES, choices=tuple(Side), doc="Sides to compare"),
        Argument(name="margin_modes", kind=Kind.CHOICES, choices=tuple(MarginMode), doc="Margin modes to compare"),
        Argument(
            name="changes", kind=Kind.RECORDS, fields=_CHANGE, doc="What is changed, one after the other, in this order"
        ),
        Argument(name="venues", kind=Kind.TEXTS, doc="Venues to compare"),
    )
}
"""All arguments by name; a tool names those it takes."""

POSITION: tuple[str, ...] = (
    "venue",
    "symbol",
    "contract",
    "side",
    "entry_price",
    "entries",
    "size",
    "size_unit",
    "contract_size",
    "leverage",
    "margin_mode",
    "collateral",
    "collateral_currency",
    "collateral_haircut",
    "added_margin",
    "funding_paid",
    "wallet_balance",
    "available_balance",
    "other_positions",
    "mark_price",
    "maintenance_margin_rate",
    "maintenance_amount",
    "fee_rate",
    "tick_size",
    "as_of",
)
"""The arguments that describe one position, in the order they are documented."""


def read(tool: Tool, raw: Mapping[str, object]) -> Arguments:
    """The arguments of a JSON-like request, typed; Malformed for what the schema forbids."""
    for name in raw:
        if name not in tool.arguments:
            raise Malformed(argument=str(name)[:64], reason="is no argument of this tool")
    return {name: CATALOGUE[name].read(value) for name, value in raw.items()}


def check(arguments: Arguments, allowed: Iterable[str]) -> None:
    """Nothing, or InputOutOfRange for the first value no position can have."""
    names = frozenset(allowed)
    for name, value in arguments.items():
        if name not in names:
            raise InputOutOfRange(argument=name, reason="unknown_argument", value=name)
        CATALOGUE[name].check(value)


def schema(tool: Tool) -> dict[str, object]:
    """The JSON Schema of a tool's arguments; none is required, gaps are named in the result."""
    return {
        "type": "object",
        "title": tool.name,
        "description": tool.doc,
        "properties": {name: CATALOGUE[name].schema() for name in tool.arguments},
        "additionalProperties": False,
    }

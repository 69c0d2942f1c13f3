"""The price at which a broker calls for more margin, on shares or on listed futures."""

from assistant.tools import futures_call, said, share_call
from assistant.tools.rules import Rules
from assistant.tools.tool import Tool
from assistant.values import AccountType, Arguments, Result

NAME = "stock_margin_call"
_OF_FUTURES = ("contract_size", "initial_margin", "maintenance_margin", "settlement_prices")


def compute(arguments: Arguments, rules: Rules) -> Result:
    """The call of the account named; where none was, margins in money and contract sizes mean futures."""
    said_type = said.text(arguments, "account_type")
    futures = said_type == AccountType.FUTURES or (said_type is None and any(name in arguments for name in _OF_FUTURES))
    return futures_call.compute(NAME, arguments, rules) if futures else share_call.compute(NAME, arguments, rules)


TOOL = Tool(
    name=NAME,
    doc="Where a margin call comes and what it asks for: shares by Regulation T rates, listed futures by settlement.",
    arguments=(
        "account_type",
        "side",
        "entry_price",
        "size",
        "size_unit",
        "mark_price",
        "initial_margin_rate",
        "maintenance_margin_rate",
        "leverage",
        "collateral",
        "debt",
        "contract_size",
        "initial_margin",
        "maintenance_margin",
        "wallet_balance",
        "settlement_prices",
        "annual_rate",
        "horizon_days",
        "symbol",
        "as_of",
    ),
    figures={
        "margin_call_price": "Price at which the broker calls for more margin; a call, not a liquidation",
        "distance_pct": "Signed move to it in percent of the mark price, else of the entry price",
        "distance_abs": "The same move in money, without sign",
        "margin_call_amount": "Money asked for at the mark price: up to maintenance (shares), to initial (futures)",
        "margin_call_amount@": "Futures: the call of one day of settlement_prices",
        "margin_balance@": "Futures: the balance at the end of one day, before its call is met",
        "notional": "Value of shares or contracts at entry",
        "initial_margin": "Own money needed at the start, in all",
        "maintenance_margin": "Futures: what the balance must not fall below, in all",
    },
    example={
        "account_type": "stock",
        "side": "long",
        "entry_price": "50",
        "size": "200",
        "initial_margin_rate": "0.6",
        "maintenance_margin_rate": "0.3",
    },
    compute=compute,
)

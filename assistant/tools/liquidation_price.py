"""The price at which a position is liquidated, with the working."""

from assistant.tools.arguments import POSITION
from assistant.tools.assessment import assess
from assistant.tools.rules import Rules
from assistant.tools.tool import Tool
from assistant.tools.trade import describe
from assistant.values import Arguments, Result

NAME = "liquidation_price"

FIGURES = {
    "liquidation_price": "Price at which equity no longer exceeds what the venue requires; only with status ok",
    "distance_pct": "Signed move to it in percent of the mark price, else of the entry price",
    "distance_abs": "The same move in the price's currency, without sign",
    "venue_display": "What the venue itself would show on its price grid, where that is on file",
    "bankruptcy_price": "Price at which nothing of the margin is left",
    "maintenance_margin_rate": "Maintenance rate of the tier at the liquidation price, a fraction",
    "effective_leverage": "Notional / margin balance at the mark price, else at entry",
    "notional": "Value of the position at entry, settlement currency",
    "initial_margin": "Margin posted at the start, settlement currency",
    "maintenance_margin": "Maintenance margin at the mark price, else at entry, settlement currency",
    "position_size_base": "Size in coins at entry",
    "position_size_quote": "Size in quote currency at entry",
    "margin_balance": "Margin and unrealized PnL at the mark price, else at entry, settlement currency",
    "unrealized_pnl": "Profit or loss at the mark price, settlement currency",
    "margin_ratio_pct": "Requirement / margin balance at the mark price; liquidation at 100",
    "margin_buffer": "Money left before liquidation at the mark price, settlement currency",
}


def compute(arguments: Arguments, rules: Rules) -> Result:
    """The liquidation price of one position, isolated or cross, linear or inverse."""
    return assess(NAME, describe(arguments, rules))


TOOL = Tool(
    name=NAME,
    doc="Where one position is liquidated, under the dated rules of its venue or the labelled generic estimate.",
    arguments=POSITION,
    figures=FIGURES,
    example={
        "venue": "binance",
        "symbol": "BTC",
        "side": "long",
        "entry_price": "60000",
        "size": "0.5",
        "size_unit": "base",
        "leverage": "20",
        "margin_mode": "isolated",
    },
    compute=compute,
)

"""The columns of a row: which arguments of the tool liquidation_price fit a cell, and what is found out about one."""

from assistant.tools import liquidation_price
from assistant.tools.arguments import CATALOGUE
from assistant.tools.kinds import Kind

_SINGLE = (Kind.NUMBER, Kind.TEXT, Kind.CHOICE, Kind.DATE)
_LEFT_OUT = frozenset({"tick_size"})
"""Rounds the price that is shown, not the price."""

COLUMNS: tuple[str, ...] = tuple(
    name for name in liquidation_price.TOOL.arguments if CATALOGUE[name].kind in _SINGLE and name not in _LEFT_OUT
)
"""Arguments that a row can have, in the tool's order."""
NOT_TAKEN: frozenset[str] = frozenset(liquidation_price.TOOL.arguments) - frozenset(COLUMNS)
"""Those it cannot have."""
RESULTS = ("status", "liquidation_price", "distance_pct", "rules_as_of", "assumptions", "error")
"""What is found out about a row, as text; empty where there is nothing to say."""

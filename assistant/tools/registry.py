"""All tools by name, and the one way to run them: whatever the values, it ends with a result."""

from collections.abc import Mapping
from datetime import date
from decimal import localcontext

from assistant.errors import CannotAnswer
from assistant.margin.quantities import EXACT
from assistant.tools import (
    add_margin,
    cascade_explain,
    compare,
    liquidation_price,
    maintenance_tiers,
    margin_buffer,
    max_leverage,
    pieces,
    position_size,
    reduce_position,
    stop_loss,
    venue_contract,
    what_if,
)
from assistant.tools.arguments import check
from assistant.tools.outcome import Gap, Refusal, refused, underdetermined
from assistant.tools.rules import Rules
from assistant.tools.tool import Tool
from assistant.values import Arguments, Result
from assistant.venues.catalogue import Rulebooks

_MODULES = (
    liquidation_price,
    margin_buffer,
    add_margin,
    max_leverage,
    position_size,
    stop_loss,
    compare,
    cascade_explain,
    what_if,
    reduce_position,
    maintenance_tiers,
)

TOOLS: Mapping[str, Tool] = {module.TOOL.name: module.TOOL for module in _MODULES}
"""Every tool, in the order they are listed."""


def run(name: str, arguments: Arguments, *, rulebooks: Rulebooks, as_of: date) -> Result:
    """The result of one tool; KeyError for a name that is none, and nothing else: bad values end as refused."""
    tool = TOOLS[name]
    try:
        check(arguments, tool.arguments)
        with localcontext(EXACT):
            rules = Rules(rulebooks=rulebooks, as_of=as_of)
            whole = pieces.look_up(arguments, rules)
            if whole is None:
                return _computed(tool, arguments, rules)
            return whole.told(arguments, _computed(tool, whole.filled(arguments), rules))
    except Gap as gap:
        return underdetermined(name, arguments, gap)
    except (Refusal, CannotAnswer) as reason:
        return refused(name, arguments, reason)


def _computed(tool: Tool, arguments: Arguments, rules: Rules) -> Result:
    """The tool's result, with the venue's contract size filled in where a size counts contracts."""
    contract = venue_contract.look_up(arguments, rules)
    if contract is None:
        return tool.compute(arguments, rules)
    return contract.told(tool.compute(contract.filled(arguments), rules))

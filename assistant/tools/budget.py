"""How much money may be lost at a stop, and where a stop stands."""

from decimal import Decimal

from assistant.margin.quantities import exact
from assistant.tools import said
from assistant.tools.outcome import Refusal
from assistant.tools.working import step
from assistant.values import Arguments, Side, Step

HUNDRED = Decimal(100)


@exact
def amount(arguments: Arguments) -> Decimal | None:
    """Money at risk: as said, else a percentage of the wallet balance; None where neither is known."""
    stated, share = said.number(arguments, "risk_amount"), said.number(arguments, "risk_pct")
    balance = said.number(arguments, "wallet_balance")
    if stated is not None or share is None or balance is None:
        return stated
    return balance * share / HUNDRED


def gaps(arguments: Arguments) -> tuple[str, ...]:
    """What the money at risk lacks: nothing, `wallet_balance` beside a percentage, else `risk_amount`."""
    if "risk_amount" in arguments or said.has(arguments, "risk_pct", "wallet_balance"):
        return ()
    return ("wallet_balance",) if "risk_pct" in arguments else ("risk_amount",)


def steps(arguments: Arguments, risk: Decimal, money: str) -> list[Step]:
    """The line that turns a percentage into money, where one was said."""
    share, balance = said.number(arguments, "risk_pct"), said.number(arguments, "wallet_balance")
    if "risk_amount" in arguments or share is None or balance is None:
        return []
    return [step("risk_amount", "W r / 100", {"W": balance, "r": share}, risk, money)]


def check_stop(side: Side, *, stop: Decimal, reference: Decimal) -> None:
    """Nothing, or Refusal `stop_beyond_entry`: a long is stopped below the price it stands at, a short above."""
    if (reference - stop) * side.sign <= 0:
        raise Refusal("stop_beyond_entry", side=side.value, stop_price=stop, entry_price=reference)


@exact
def is_before_liquidation(side: Side, *, stop: Decimal, liquidation: Decimal) -> bool:
    """Whether a stop triggers before the position is liquidated."""
    return (stop - liquidation) * side.sign > 0

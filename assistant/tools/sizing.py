"""The size of a position in its contract's own unit, and which of size, margin and leverage decides."""

from dataclasses import dataclass
from decimal import Decimal

from assistant.errors import InputOutOfRange
from assistant.margin.quantities import exact
from assistant.tools import said
from assistant.tools.outcome import Gap, Refusal
from assistant.values import Arguments, Assumption, Contract, SizeUnit

TOLERANCE = Decimal("0.005")
"""Relative difference up to which a stated leverage and the one that follows from margin and size are the same."""
HIGHEST_LEVERAGE = Decimal(1000)


@exact
def size_of(arguments: Arguments, *, contract: Contract, entry_price: Decimal | None) -> Decimal | None:
    """Coins of a linear contract, quote units of an inverse one; None where no size was said.

    Gap: contract_size for contracts, entry_price where coins and quote have to be converted. Refusal: a quanto contract
    in anything but contracts, which pay neither coins nor quote currency.
    """
    size = said.number(arguments, "size")
    if size is None:
        return None
    unit = said.size_unit(arguments, contract)
    if unit is SizeUnit.CONTRACTS:
        contract_size = said.number(arguments, "contract_size")
        if contract_size is None:
            raise Gap("contract_size")
        return size * contract_size
    if contract is Contract.QUANTO:
        raise Refusal("quanto_counts_contracts", size_unit=unit.value)
    if unit is said.OWN_UNIT[contract]:
        return size
    if entry_price is None:
        raise Gap("entry_price")
    return size / entry_price if contract.follows_price else size * entry_price


@exact
def notional_of(size: Decimal, *, contract: Contract, entry_price: Decimal) -> Decimal:
    """The notional in settlement currency: linear q E, inverse Q / E."""
    return size * entry_price if contract.follows_price else size / entry_price


@exact
def size_from_margin(value: Decimal, *, contract: Contract, entry_price: Decimal) -> Decimal:
    """The size a notional in settlement currency buys: linear value / E coins, inverse value E quote units."""
    return value / entry_price if contract.follows_price else value * entry_price


def unit_assumption(arguments: Arguments, contract: Contract) -> tuple[Assumption, ...]:
    """The unit taken where a size was said without one."""
    if "size" not in arguments or "size_unit" in arguments:
        return ()
    return (Assumption(code="size_unit_default", data={"size_unit": said.size_unit(arguments, contract).value}),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Backing:
    """What stands behind an isolated position."""

    leverage: Decimal | None
    """The leverage to compute with; None where collateral decides against it."""
    collateral: Decimal | None
    assumptions: tuple[Assumption, ...] = ()


@exact
def backing(
    *, leverage: Decimal | None, collateral: Decimal | None, size: Decimal | None, contract: Contract, entry: Decimal
) -> Backing:
    """Which of leverage and collateral decides; InputOutOfRange where margin and size mean an impossible leverage."""
    if collateral is None or size is None:
        return Backing(leverage=leverage, collateral=collateral)
    implied = notional_of(size, contract=contract, entry_price=entry) / collateral
    if implied > HIGHEST_LEVERAGE:
        raise InputOutOfRange(
            argument="collateral", reason="implied_leverage_too_high", value=implied, bound=HIGHEST_LEVERAGE
        )
    if leverage is None or abs(implied / leverage - 1) <= TOLERANCE:
        return Backing(leverage=leverage, collateral=collateral)
    disagreement = Assumption(code="collateral_decides", data={"leverage": leverage, "effective_leverage": implied})
    return Backing(leverage=None, collateral=collateral, assumptions=(disagreement,))

"""The first price above and the first below at which an account is liquidated, if one coin moves or all together."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.errors import InputOutOfRange
from assistant.margin.account import Account, Curve, Holding, measure_moves, moves
from assistant.margin.liquidation import NEGLIGIBLE
from assistant.margin.maintenance import Tier
from assistant.margin.quantities import ONE, ZERO, exact
from assistant.values import Contract, Status

TWO = ONE + ONE
LARGEST = ONE / NEGLIGIBLE
"""A multiple of the price above which a root is the rounding of a division, not a price."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """What the walk in one direction found; only `Status.OK` carries a factor."""

    status: Status
    factor: Decimal | None = None
    """The prices that move, as a multiple of their marks."""
    tiers: tuple[Tier, ...] = ()
    """The tier of each holding there, in their order."""


@exact
def crossing(account: Account, *, moving: str | None, rising: bool) -> Crossing:
    """Where equity first no longer exceeds what is required, while `moving` (None: every price) rises or falls.

    With t the notional of what moves, as a multiple of that at the marks (linear: the price factor, inverse: its
    reciprocal), equity - requirement is a curve in t between two tier edges. The walk goes from edge to edge, away from
    t = 1, to the first root or to the edge where a stepped table jumps past it.

    Raises InputOutOfRange where inverse contracts move beside others, and where the walk leaves a last known tier.
    """
    movers = [holding for holding in account.holdings if moves(holding, moving)]
    inverse = {holding.position.contract is Contract.INVERSE for holding in movers}
    if len(inverse) > 1:
        raise InputOutOfRange(argument="other_positions", reason="mixed_contracts", value=Contract.INVERSE.value)
    equity, start = account.equity_curve(moving), account.tiers()
    if equity.plus(account.required_curve(moving, start), -ONE).at(ONE) <= 0:
        return Crossing(status=Status.BEYOND_MAINTENANCE, tiers=start)
    upside_down = inverse == {True}
    for entered, left in _pieces(account, moving, outwards=rising is not upside_down):
        tiers = _tiers_between(account, moving, entered, left)
        gap = equity.plus(account.required_curve(moving, tiers), -ONE)
        t = entered if gap.at(entered) <= 0 else _root(gap, entered, left)
        if t is not None:
            return Crossing(status=Status.OK, factor=ONE / t if upside_down else t, tiers=tiers)
    return Crossing(status=Status.NOT_LIQUIDATABLE)


@exact
def table_end(account: Account, moving: str | None) -> tuple[Decimal, Decimal] | None:
    """The t at which a holding outgrows its last known tier, and the cap of that tier; None where all are open."""
    changing = [holding for holding in account.holdings if measure_moves(holding, moving)]
    ends = [(cap / account.measure(holding), cap) for holding in changing if (cap := _last_cap(holding)) is not None]
    return min(ends, default=None)


def _pieces(account: Account, moving: str | None, *, outwards: bool) -> Iterator[tuple[Decimal, Decimal | None]]:
    """The ways between two tier edges from t = 1 on, as (entered, left); left is None without end, else 0 or an edge.

    Raises InputOutOfRange at the end of the last known tier.
    """
    changing = [holding for holding in account.holdings if measure_moves(holding, moving)]
    edges = {tier.floor / account.measure(holding) for holding in changing for tier in holding.terms.tiers.tiers[1:]}
    entered = ONE
    if not outwards:
        for edge in sorted((edge for edge in edges if edge < ONE), reverse=True):
            yield entered, edge
            entered = edge
        yield entered, ZERO
        return
    end, cap = table_end(account, moving) or (None, None)
    for edge in sorted(edge for edge in edges if edge > ONE and (end is None or edge < end)):
        yield entered, edge
        entered = edge
    yield entered, end
    if cap is not None:
        raise InputOutOfRange(argument="size", reason="beyond_last_tier", value=cap, bound=cap)


def _last_cap(holding: Holding) -> Decimal | None:
    """The end of the last known tier of a holding; None where it is open."""
    return holding.terms.tiers.tiers[-1].cap


def _tiers_between(account: Account, moving: str | None, entered: Decimal, left: Decimal | None) -> tuple[Tier, ...]:
    """The tier of each holding on the way between two edges."""
    middle = TWO * entered if left is None else (entered + left) / TWO
    return tuple(
        holding.terms.tiers.at(account.measure(holding) * (middle if measure_moves(holding, moving) else ONE))
        for holding in account.holdings
    )


def _root(gap: Curve, entered: Decimal, left: Decimal | None) -> Decimal | None:
    """The root of a curve that is positive where it was entered, nearest to there and not beyond `left`."""
    outwards = left is None or left > entered
    ahead = [root for root in _roots(gap) if (root > entered if outwards else root < entered)]
    root = min(ahead, key=lambda one: abs(one - entered), default=None)
    if root is None or not NEGLIGIBLE < root < LARGEST:
        return None
    if outwards:
        return root if left is None or root <= left else None
    return root if left is not None and root > left else None


def _roots(gap: Curve) -> tuple[Decimal, ...]:
    """All t at which a curve is zero."""
    if gap.bend == 0:
        return () if gap.slope == 0 else (-gap.constant / gap.slope,)
    under = gap.slope * gap.slope - 4 * gap.bend * gap.constant
    if under < 0:
        return ()
    half = -(gap.slope + under.sqrt().copy_sign(gap.slope)) / TWO
    return tuple(root for root in (half / gap.bend, gap.constant / half if half else None) if root is not None)

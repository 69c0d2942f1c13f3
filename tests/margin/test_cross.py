from decimal import Decimal

from assistant.margin.cross import OtherPosition, sums
from assistant.margin.maintenance import TierTable, flat_table
from assistant.margin.position import Position
from assistant.values import Contract, Side


def other(side: Side, mark: str, tiers: TierTable) -> OtherPosition:
    position = Position(contract=Contract.LINEAR, side=side, size=Decimal(10), entry_price=Decimal(100))
    return OtherPosition(position=position, mark_price=Decimal(mark), tiers=tiers)


def test_no_other_positions_sum_to_nothing() -> None:
    found = sums([])
    assert (found.maintenance_margin, found.unrealized_pnl) == (0, 0)


def test_maintenance_is_summed_at_each_mark(continuous: TierTable) -> None:
    found = sums([other(Side.LONG, "90", continuous), other(Side.SHORT, "200", continuous)])
    assert found.maintenance_margin == 9 + 30


def test_a_short_that_loses_is_counted_as_a_loss() -> None:
    assert sums([other(Side.SHORT, "110", flat_table(Decimal("0.01")))]).unrealized_pnl == -100


def test_opposite_positions_at_one_mark_cancel_in_pnl_not_in_maintenance() -> None:
    rate = flat_table(Decimal("0.01"))
    found = sums([other(Side.LONG, "110", rate), other(Side.SHORT, "110", rate)])
    assert (found.unrealized_pnl, found.maintenance_margin) == (0, 22)

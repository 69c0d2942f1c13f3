from decimal import Decimal

import pytest

from assistant.margin.maintenance import Joins, Tier, TierBasis, TierTable


@pytest.fixture(scope="session")
def continuous() -> TierTable:
    """1 % up to 1,000, 2 % up to 5,000, 5 % above: the margin passes from one to the next without a step."""
    return TierTable(
        basis=TierBasis.QUOTE_NOTIONAL,
        tiers=(
            Tier(floor=Decimal(0), cap=Decimal(1000), rate=Decimal("0.01")),
            Tier(floor=Decimal(1000), cap=Decimal(5000), rate=Decimal("0.02"), amount=Decimal(10)),
            Tier(floor=Decimal(5000), cap=None, rate=Decimal("0.05"), amount=Decimal(160)),
        ),
    )


@pytest.fixture(scope="session")
def stepped() -> TierTable:
    """The same edges and rates with nothing taken off: 10 more are needed just above 1,000, 150 more above 5,000."""
    return TierTable(
        basis=TierBasis.QUOTE_NOTIONAL,
        joins=Joins.STEPPED,
        tiers=(
            Tier(floor=Decimal(0), cap=Decimal(1000), rate=Decimal("0.01")),
            Tier(floor=Decimal(1000), cap=Decimal(5000), rate=Decimal("0.02")),
            Tier(floor=Decimal(5000), cap=None, rate=Decimal("0.05")),
        ),
    )

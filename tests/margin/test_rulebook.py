from datetime import date
from decimal import Decimal

import pytest

from assistant.errors import NoRuleInForce
from assistant.margin.maintenance import flat_table
from assistant.margin.rulebook import Level, Rule, Rulebook, TierBlock, Trigger, Unlisted
from assistant.values import Contract, MarginMode


def rulebook(*blocks: TierBlock) -> Rulebook:
    return Rulebook(
        id="example",
        venue="example",
        venue_name="Example",
        name="Example",
        product="nothing",
        aliases=("example",),
        contracts=(Contract.LINEAR, Contract.INVERSE),
        modes=(MarginMode.ISOLATED,),
        level=Level.BRONZE,
        trigger=Trigger.MARK,
        quote="USDT",
        settlement="USDT",
        rules=(
            Rule(effective_from=date(2024, 1, 1), effective_to=date(2024, 12, 31), formula="entry"),
            Rule(effective_from=date(2025, 7, 1), formula="mark"),
        ),
        tables=blocks,
        sources={},
        unlisted=Unlisted.REFUSE,
        symbols={"PEPE": "1000PEPE"},
    )


OLD = TierBlock(
    effective_from=date(2025, 1, 1),
    effective_to=date(2025, 6, 30),
    tables={"BTC": flat_table(Decimal("0.01")), "ETH": flat_table(Decimal("0.01"))},
)
NEW = TierBlock(
    effective_from=date(2025, 6, 1),
    tables={"BTC": flat_table(Decimal("0.02")), "1000PEPE": flat_table(Decimal("0.03"))},
)


@pytest.mark.parametrize(
    ("day", "formula"),
    [
        (date(2024, 1, 1), "entry"),
        (date(2024, 12, 31), "entry"),
        (date(2025, 7, 1), "mark"),
        (date(2099, 1, 1), "mark"),
    ],
)
def test_the_rule_of_a_day_is_the_block_that_covers_it(day: date, formula: str) -> None:
    assert rulebook().rule_on(day).formula == formula


@pytest.mark.parametrize("day", [date(2023, 12, 31), date(2025, 1, 1), date(2025, 6, 30)])
def test_a_day_outside_every_block_is_refused(day: date) -> None:
    with pytest.raises(NoRuleInForce) as error:
        rulebook().rule_on(day)
    assert error.value.data["known"] == "2024-01-01..2024-12-31, 2025-07-01.."


def test_a_symbol_s_table_is_the_newest_snapshot_s_of_the_day() -> None:
    found = rulebook(OLD, NEW).tiers_on("BTC", date(2025, 6, 15))
    assert found is not None and found.tiers[0].rate == Decimal("0.02")


def test_a_symbol_the_newest_snapshot_lacks_is_found_in_the_older_one_in_force() -> None:
    found = rulebook(OLD, NEW).tiers_on("ETH", date(2025, 6, 15))
    assert found is not None and found.tiers[0].rate == Decimal("0.01")


def test_a_symbol_in_no_snapshot_at_all_has_no_table() -> None:
    assert rulebook(OLD, NEW).tiers_on("SOL", date(2025, 7, 1)) is None


def test_a_symbol_known_on_other_days_only_is_refused_with_those_days() -> None:
    with pytest.raises(NoRuleInForce) as error:
        rulebook(OLD, NEW).tiers_on("ETH", date(2025, 7, 1))
    assert error.value.data["known"] == "2025-01-01..2025-06-30"


def test_a_renamed_symbol_finds_its_table() -> None:
    assert rulebook(OLD, NEW).tiers_on("pepe", date(2025, 7, 1)) is not None


def test_a_day_before_every_snapshot_is_refused() -> None:
    with pytest.raises(NoRuleInForce):
        rulebook(OLD, NEW).tiers_on("BTC", date(2024, 12, 31))


def test_a_product_without_snapshots_lists_nothing() -> None:
    assert rulebook().tiers_on("BTC", date(2025, 7, 1)) is None


def test_the_first_contract_is_meant_when_nobody_says() -> None:
    assert rulebook().contract is Contract.LINEAR

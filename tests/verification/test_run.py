"""Every vector agrees, and a vector that does not is noticed."""

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from assistant.errors import UnknownVenue
from assistant.margin.liquidation import solve
from assistant.margin.maintenance import MaintenanceBasis, flat_table
from assistant.verification import measure
from assistant.verification.choice import chosen, subjects
from assistant.verification.run import run
from assistant.verification.summary import lines, total
from assistant.verification.vector import Call, Label
from assistant.verification.written import difference, figure


@pytest.fixture(scope="module")
def outcomes(assistant, vectors):
    return run(vectors, assistant.rulebooks)


@pytest.fixture
def vector(vectors):
    """One whose price is generated."""
    return next(one for one in vectors if one.label is Label.GENERATED and "liquidation_price" in one.expected)


def only(assistant, vector):
    (outcome,) = run((vector,), assistant.rulebooks)
    return outcome


def test_no_figure_differs(outcomes):
    assert [(one.vector.id, one.quantity, one.ours, one.theirs) for one in outcomes if not one.matches] == []


def test_a_thousand_generated_prices_for_every_kind_of_contract_a_rulebook_has(assistant, outcomes):
    priced = [one for one in outcomes if one.vector.label is Label.GENERATED and one.quantity == "liquidation_price"]
    counts = Counter(one.vector.contract for one in priced)
    assert set(counts) == {contract.value for book in assistant.rulebooks for contract in book.contracts}
    assert min(counts.values()) >= 1000


def test_every_rulebook_has_generated_vectors_of_each_side_and_mode(assistant, outcomes):
    seen = Counter(
        (one.vector.subject, one.vector.margin_mode, one.vector.side)
        for one in outcomes
        if one.vector.label is Label.GENERATED
    )
    for book in assistant.rulebooks:
        for mode in book.modes:
            assert seen[book.id, mode, "long"] and seen[book.id, mode, "short"], (book.id, mode)


def test_a_generated_figure_off_by_more_than_its_share_is_noticed(assistant, vector):
    right = vector.expected["liquidation_price"]
    wrong = replace(vector, expected={"liquidation_price": right * (1 + Decimal("3e-12"))})
    assert only(assistant, vector).matches
    assert not only(assistant, wrong).matches


def test_a_sourced_figure_is_held_to_the_digits_of_its_source(assistant, vector):
    right = vector.expected["liquidation_price"]
    for off, matches in (("0.004", True), ("0.006", False)):
        printed = replace(vector, expected={"liquidation_price": right + Decimal(off)}, absolute=Decimal("0.005"))
        assert only(assistant, printed).matches is matches


def test_a_tier_rate_is_never_nearly_right(assistant, vector):
    nearly = replace(vector, expected={"tier_rate": Decimal("0.12345")}, absolute=Decimal(1))
    assert not only(assistant, nearly).matches


def test_a_status_is_compared_as_a_word(assistant, vector):
    assert only(assistant, replace(vector, expected={"status": "ok"})).matches
    wrong = only(assistant, replace(vector, expected={"status": "beyond_maintenance"}))
    assert (wrong.matches, wrong.ours, wrong.difference) == (False, "ok", None)


def test_a_price_where_there_is_none_is_a_mismatch(assistant, vectors):
    unpriced = next(one for one in vectors if one.expected.get("status") == "not_liquidatable")
    outcome = only(assistant, replace(unpriced, expected={"liquidation_price": Decimal(1)}))
    assert (outcome.matches, outcome.ours) == (False, None)


def test_a_refusal_is_a_mismatch_with_its_code(assistant, vector):
    outcome = only(assistant, replace(vector, as_of=date(2009, 1, 3)))
    assert (outcome.matches, outcome.ours) == (False, "no_rule_in_force")


@pytest.mark.parametrize(("price", "matches"), [("57286.43", True), ("57286.45", False)])
def test_a_vector_of_a_tool_runs_the_tool(assistant, vector, price, matches):
    asks = Call(
        tool="liquidation_price",
        arguments={"side": "long", "entry_price": Decimal(60000), "leverage": Decimal(20)},
    )
    called = replace(vector, asks=asks, expected={"liquidation_price": Decimal(price)}, absolute=Decimal("0.005"))
    assert only(assistant, called).matches is matches


def test_a_tool_s_status_is_a_figure_too(assistant, vector):
    called = replace(vector, asks=Call(tool="liquidation_price", arguments={}), expected={"status": "underdetermined"})
    assert only(assistant, called).matches


def test_the_counts_add_up(outcomes):
    whole = total(outcomes)
    assert whole.sourced + whole.generated == len(outcomes)
    assert sum(line.sourced for line in lines(outcomes)) == whole.sourced
    assert sum(line.generated for line in lines(outcomes)) == whole.generated


def test_a_mismatch_is_counted_where_it_is(assistant, vector):
    wrong = replace(vector, expected={"liquidation_price": Decimal(1)})
    (line,) = lines(run((vector, wrong), assistant.rulebooks))
    assert (line.subject, line.generated, line.mismatches) == (vector.subject, 2, 1)


def test_a_venue_means_all_its_rulebooks_an_id_one_and_a_tool_itself(assistant):
    assert set(subjects("Binance", assistant.rulebooks)) >= {"binance_coinm", "binance_usdm"}
    assert set(subjects(" hl ", assistant.rulebooks)) == {"hyperliquid"}
    assert subjects("BINANCE_COINM", assistant.rulebooks) == ("binance_coinm",)
    assert subjects("liquidation_price", assistant.rulebooks) == ("liquidation_price",)
    with pytest.raises(UnknownVenue):
        subjects("bitfoo", assistant.rulebooks)


def test_a_choice_leaves_what_was_asked_for(outcomes):
    left = chosen(outcomes, subjects=("binance_coinm",), label=Label.SOURCED)
    assert left
    assert {(one.vector.subject, one.vector.label) for one in left} == {("binance_coinm", Label.SOURCED)}
    assert chosen(outcomes, subjects=None, label=None) == outcomes


@pytest.mark.parametrize(
    ("value", "text"), [("1e-18", "0.000000000000000001"), ("1E+3", "1000"), ("-0", "0"), ("0.1234567", "0.123")]
)
def test_a_difference_is_written_without_an_exponent(value, text):
    assert difference(Decimal(value)) == text


def test_a_figure_keeps_sixteen_digits():
    assert figure(Decimal(2) / Decimal(3)) == "0.6666666666666667"
    assert (figure("ok"), figure(None), difference(None)) == ("ok", None, None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"fee_rate": Decimal(0)},
        {"basis": MaintenanceBasis.ENTRY},
        {"tiers": flat_table(Decimal("0.004"))},
    ],
    ids=["a fee forgotten", "maintenance frozen at entry", "one rate for every size"],
)
def test_a_calculation_that_is_wrong_on_purpose_does_not_pass(assistant, vectors, monkeypatch, wrong):
    monkeypatch.setattr(
        measure,
        "solve",
        lambda position, terms, start_price: solve(position, replace(terms, **wrong), start_price=start_price),
    )
    assert total(run(vectors, assistant.rulebooks)).mismatches > 100

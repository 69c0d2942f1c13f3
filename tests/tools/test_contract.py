"""What holds for every tool: documented, schema valid, refusing rather than failing, complete in its results."""

import json
import re
from datetime import date
from decimal import Decimal

import pytest

from assistant.tools.arguments import CATALOGUE, Malformed, read, schema
from assistant.tools.registry import TOOLS, run
from assistant.values import Status

TODAY = date(2026, 11, 22)
NAMES = sorted(TOOLS)
PLANNED = {
    "liquidation_price",
    "margin_buffer",
    "add_margin",
    "max_leverage",
    "position_size",
    "stop_loss",
    "compare",
    "cascade_explain",
    "what_if",
    "reduce_position",
    "maintenance_tiers",
}


def test_the_tools_are_those_of_the_contract():
    assert set(TOOLS) == PLANNED


@pytest.mark.parametrize("name", NAMES)
def test_every_tool_argument_and_figure_is_documented(name):
    tool = TOOLS[name]
    assert tool.name == name
    assert len(tool.doc) > 20
    assert len(set(tool.arguments)) == len(tool.arguments)
    for argument in tool.arguments:
        assert len(CATALOGUE[argument].doc) > 10
    assert tool.figures
    assert all(len(doc) > 10 for doc in tool.figures.values())


@pytest.mark.parametrize("name", NAMES)
def test_the_schema_is_a_closed_object_whose_properties_have_types_and_descriptions(name):
    described = json.loads(json.dumps(schema(TOOLS[name])))
    assert described["type"] == "object"
    assert described["additionalProperties"] is False
    assert list(described["properties"]) == list(TOOLS[name].arguments)
    for one in described["properties"].values():
        assert one["description"]
        assert {"type", "anyOf"} & set(one)
        for branch in one.get("anyOf", [one]):
            assert branch["type"] in ("string", "number", "array", "object")


@pytest.mark.parametrize("name", NAMES)
def test_number_patterns_of_the_schema_take_what_is_read_and_no_more(name):
    patterns = {
        branch["pattern"]
        for one in schema(TOOLS[name])["properties"].values()
        for branch in one.get("anyOf", [])
        if "pattern" in branch
    }
    for pattern in patterns:
        assert re.search(pattern, "6e4")
        assert re.search(pattern, "-0.5")
        assert not re.search(pattern, "NaN")
        assert not re.search(pattern, "1_000")
        assert not re.search(pattern, "１２")


@pytest.mark.parametrize("name", NAMES)
def test_the_example_ends_with_ok(ask, name):
    assert ask(name, **TOOLS[name].example).status is Status.OK


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_of_the_example_is_documented_finite_and_has_a_unit(ask, name):
    result = ask(name, **TOOLS[name].example)
    assert result.figures
    for figure in result.figures:
        assert figure.value.is_finite()
        assert figure.unit or figure.name.partition("@")[0] in ("maintenance_margin_rate", "taker_fee_rate")
        assert {figure.name, figure.name.partition("@")[0] + "@"} & set(TOOLS[name].figures)
        assert not figure.value.as_tuple().exponent > 0
        assert len(figure.value.as_tuple().digits) <= 10 or figure.value == figure.value.to_integral_value()


@pytest.mark.parametrize("name", NAMES)
def test_an_answer_shows_its_working_and_what_it_rests_on(ask, name):
    result = ask(name, **TOOLS[name].example)
    assert result.working
    assert result.tool == name
    if result.rulebook is not None or result.figure("liquidation_price") is not None:
        assert result.sources
        assert (result.rules_as_of is None) is (result.rulebook in ("generic", None))
        assert result.rules_as_of is None or result.rules_as_of <= TODAY


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_request_names_its_gaps_or_is_answered(ask, name):
    result = ask(name)
    assert result.status in (Status.UNDERDETERMINED, Status.OK)
    assert bool(result.missing) is (result.status is Status.UNDERDETERMINED)
    assert not result.missing or not result.figures


@pytest.mark.parametrize("name", NAMES)
def test_an_argument_of_another_tool_is_malformed(name):
    with pytest.raises(Malformed):
        read(TOOLS[name], {"colour": "red"})


NUMBERS = [(name, argument) for name in NAMES for argument in TOOLS[name].arguments if CATALOGUE[argument].range]


@pytest.mark.parametrize("bad", [Decimal("NaN"), Decimal("Infinity"), Decimal("1e40"), "ten"])
@pytest.mark.parametrize(("name", "argument"), NUMBERS)
def test_a_value_no_position_can_have_is_refused_by_name(rulebooks, name, argument, bad):
    value = (bad,) if CATALOGUE[argument].kind.endswith("s") else bad
    result = run(name, {argument: value}, rulebooks=rulebooks, as_of=TODAY)
    assert (result.status, result.code) == (Status.REFUSED, "impossible_value")
    assert result.data["argument"] == argument
    assert not result.figures


@pytest.mark.parametrize("name", NAMES)
def test_an_argument_nobody_declared_is_refused(rulebooks, name):
    result = run(name, {"colour": "red"}, rulebooks=rulebooks, as_of=TODAY)
    assert (result.status, result.code) == (Status.REFUSED, "impossible_value")


def test_a_tool_that_does_not_exist_is_a_key_error(rulebooks):
    with pytest.raises(KeyError):
        run("horoscope", {}, rulebooks=rulebooks, as_of=TODAY)

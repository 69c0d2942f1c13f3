"""Every case of cases/<tool>.toml: status, figures worked out by hand, what is assumed, what is missing."""

import tomllib
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from assistant.tools.registry import TOOLS

CASES = [
    pytest.param(path.stem, case, id=f"{path.stem}: {case['name']}")
    for path in sorted((Path(__file__).parent / "cases").glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)["case"]
]
DIGITS = Fraction(1, 10**9)
ROUNDED = Fraction(1, 10**6)
"""Working is written with ten digits a number; differences of close numbers lose some of them."""


@pytest.mark.parametrize(("tool", "case"), CASES)
def test_the_result_is_the_one_worked_out_by_hand(ask, worth, tool, case):
    result = ask(tool, **case["arguments"])

    assert (result.status, result.missing) == (case.get("status", "ok"), tuple(case.get("missing", ())))
    assert result.code == case.get("code", result.code if result.status != "ok" else None)
    for name, expression in case.get("figures", {}).items():
        value = result.figure(name)
        assert value is not None, f"{name} is missing"
        expected = worth(expression)
        assert abs(Fraction(value) - expected) <= DIGITS * abs(expected), name
    steps = {step.name: step.value for step in result.working}
    for name, expression in case.get("steps", {}).items():
        expected = worth(expression)
        assert abs(Fraction(steps[name]) - expected) <= DIGITS * abs(expected), name
    assert not steps.keys() & set(case.get("without_steps", ()))
    for name, unit in case.get("units", {}).items():
        assert next(figure.unit for figure in result.figures if figure.name == name) == unit
    for name, value in case.get("data", {}).items():
        assert str(result.data[name]) == value
    assert not {figure.name for figure in result.figures} & set(case.get("absent", ()))
    codes = {assumption.code for assumption in result.assumptions}
    assert codes >= set(case.get("assumptions", ()))
    assert not codes & set(case.get("without", ()))


@pytest.mark.parametrize(("tool", "case"), CASES)
def test_every_line_of_working_can_be_typed_into_a_calculator(ask, worth, tool, case):
    for step in ask(tool, **case["arguments"]).working:
        value = Fraction(step.value)
        assert abs(worth(step.numbers) - value) <= ROUNDED * max(abs(value), 1), step


def test_every_tool_has_its_cases():
    assert {tool for tool, _ in (param.values for param in CASES)} == set(TOOLS)

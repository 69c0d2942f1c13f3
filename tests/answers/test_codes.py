"""Every code, reason and step name the tools use has its words."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import assistant

TREES = {
    path: ast.parse(path.read_text())
    for folder in ("tools", "venues", "margin", "dialogue")
    for path in (Path(assistant.__file__).parent / folder).glob("*.py")
}


def constants(function: str, argument: str | int) -> Iterator[str]:
    """The texts written down as one argument of every call of a function."""
    for tree in TREES.values():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id != function:
                continue
            given = dict(enumerate(node.args)) | {keyword.arg: keyword.value for keyword in node.keywords}
            value = given.get(argument)
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield value.value


@pytest.mark.parametrize("code", sorted(set(constants("Refusal", 0)) | set(constants("Refusal", "code"))))
def test_every_refusal_has_a_sentence(book, code):
    assert code in book.errors


@pytest.mark.parametrize("code", sorted(set(constants("Assumption", "code"))))
def test_every_assumption_has_a_sentence(book, code):
    assert code in book.assumptions


@pytest.mark.parametrize("reason", sorted(set(constants("InputOutOfRange", "reason"))))
def test_every_reason_why_a_value_is_impossible_has_a_sentence(book, reason):
    assert f"impossible_value.{reason}" in book.errors


@pytest.mark.parametrize("name", sorted(set(constants("step", 0))))
def test_every_step_has_a_label(book, name):
    assert name in book.labels.steps


@pytest.mark.parametrize("name", sorted(set(constants("figure", 0))))
def test_every_figure_has_a_label(book, name):
    assert name in book.labels.figures


def test_there_are_codes_to_look_at():
    assert len(set(constants("Refusal", 0))) > 5
    assert len(set(constants("Assumption", "code"))) > 10

"""The exact packages hold no binary floating point: no literal, no call, no annotation."""

import ast
from pathlib import Path

import pytest

import assistant

PACKAGE = Path(assistant.__file__).parent
FILES = sorted([*(PACKAGE / "margin").glob("*.py"), *(PACKAGE / "venues").glob("*.py"), PACKAGE / "values.py"])
FORBIDDEN = {"float", "math", "random", "cmath"}


def floats(tree: ast.AST) -> list[int]:
    """The lines of a tree that bring a float in."""
    found = []
    for node in ast.walk(tree):
        literal = isinstance(node, ast.Constant) and isinstance(node.value, float | complex)
        named = isinstance(node, ast.Name) and node.id in FORBIDDEN
        imported = isinstance(node, ast.Import | ast.ImportFrom) and bool(
            FORBIDDEN & {alias.name for alias in node.names} | FORBIDDEN & {getattr(node, "module", None)}
        )
        if literal or named or imported:
            found.append(node.lineno)
    return found


@pytest.mark.parametrize("file", FILES, ids=[f"{file.parent.name}/{file.name}" for file in FILES])
def test_a_file_of_the_exact_core_holds_no_float(file: Path) -> None:
    assert floats(ast.parse(file.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "source", ["x = 0.5", "x = float('1')", "def f(x: float): ...", "import math", "from math import pi"]
)
def test_the_check_sees_what_it_looks_for(source: str) -> None:
    assert floats(ast.parse(source)) == [1]

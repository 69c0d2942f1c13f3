"""The real rulebooks on a fixed day, one way to ask a tool, and arithmetic to check its numbers with."""

import ast
import operator
from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest

from assistant.resources import content
from assistant.tools.arguments import read
from assistant.tools.registry import TOOLS, run
from assistant.values import Arguments, Result
from assistant.venues.catalogue import Rulebooks, load

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def rulebooks() -> Rulebooks:
    return load(content("knowledge") / "venues")


@pytest.fixture(scope="session")
def compute(rulebooks: Rulebooks) -> Callable[[str, Arguments], Result]:
    """Runs a tool on typed arguments."""
    return lambda tool, arguments: run(tool, arguments, rulebooks=rulebooks, as_of=TODAY)


@pytest.fixture(scope="session")
def ask(compute: Callable[[str, Arguments], Result]) -> Callable[..., Result]:
    """Runs a tool on a JSON-like request."""

    def asked(tool: str, **raw: object) -> Result:
        return compute(tool, read(TOOLS[tool], raw))

    return asked


_OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


@pytest.fixture(scope="session")
def worth() -> Callable[[str], Fraction]:
    """The exact value of an expression of plain numbers."""

    def of(node: ast.expr) -> Fraction:
        match node:
            case ast.Constant():
                return Fraction(str(node.value))
            case ast.BinOp():
                return _OPERATORS[type(node.op)](of(node.left), of(node.right))
            case ast.UnaryOp(op=ast.USub()):
                return -of(node.operand)
        raise ValueError(ast.dump(node))

    return lambda expression: of(ast.parse(expression.replace("×", "*"), mode="eval").body)

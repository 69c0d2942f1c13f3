"""What import-linter cannot see: file sizes, names, clocks, floats, and sentences that belong in prompts/."""

import ast
import re
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "assistant"
FILES = sorted(PACKAGE.rglob("*.py"))
PURE = ("margin", "venues", "understanding", "dialogue", "tools", "answers", "articles", "channels")
EXACT = [*sorted((PACKAGE / "margin").glob("*.py")), *sorted((PACKAGE / "venues").glob("*.py")), PACKAGE / "values.py"]
SPEAKING = ("dialogue", "understanding", "answers", "tools", "channels", "margin", "venues")
DRAWERS = re.compile(r"^(utils?|helpers?|common|misc|core|services?|manager)(\.py)?$")
SENTENCE = re.compile(r"^[A-Z][a-z']+(?: [a-z']+){3,}[.!?]$")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def trees(paths: list[Path]) -> Iterator[tuple[Path, ast.Module]]:
    for path in paths:
        yield path, ast.parse(path.read_text("utf-8"))


def test_no_file_is_longer_than_400_lines():
    assert [name(path) for path in FILES if len(path.read_text("utf-8").splitlines()) > 400] == []


def test_the_median_file_is_near_80_lines():
    lengths = [len(path.read_text("utf-8").splitlines()) for path in FILES if path.name != "__init__.py"]
    assert statistics.median(lengths) <= 110


def test_nothing_is_a_drawer():
    assert [name(path) for path in PACKAGE.rglob("*") if DRAWERS.match(path.name)] == []


@pytest.mark.parametrize("path", EXACT, ids=name)
def test_exact_modules_know_no_float(path):
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), f"line {node.lineno}"
        assert not (isinstance(node, ast.Name) and node.id == "float"), f"line {node.lineno}"


def test_pure_packages_never_ask_for_the_time():
    calls = [
        f"{name(path)}:{node.lineno}"
        for path, tree in trees([path for path in FILES if path.relative_to(PACKAGE).parts[0] in PURE])
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("now", "utcnow", "today")
    ]
    assert calls == []


def test_the_chat_speaks_no_sentence_from_python():
    spoken = []
    for path, tree in trees([path for path in FILES if path.relative_to(PACKAGE).parts[0] in SPEAKING]):
        documentation = {
            id(node.value)
            for parent in ast.walk(tree)
            if hasattr(parent, "body") and isinstance(parent.body, list)
            for node in parent.body
            if isinstance(node, ast.Expr)
        }
        raised = {id(found) for parent in ast.walk(tree) if isinstance(parent, ast.Raise) for found in ast.walk(parent)}
        developer = {
            id(found)
            for parent in ast.walk(tree)
            if isinstance(parent, ast.keyword) and parent.arg in ("doc", "rule", "description", "summary", "help")
            for found in ast.walk(parent)
        }
        spoken += [
            f"{name(path)}:{node.lineno} {node.value!r}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and SENTENCE.match(node.value)
            and id(node) not in documentation | raised | developer
        ]
    assert spoken == []


@pytest.mark.parametrize("path", [path for path in FILES if path.name != "__main__.py"], ids=name)
def test_every_module_says_what_it_is(path):
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))

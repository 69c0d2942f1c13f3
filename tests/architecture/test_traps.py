"""Every trap in which peers were caught has a test named after it."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
NAMED = re.compile(r"^\s*def test_trap_(\d+)_\w{12,}", re.MULTILINE)
TRAPS = (*range(1, 22), 24)
FOUND = {int(number) for file in TESTS.rglob("test_*.py") for number in NAMED.findall(file.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("number", TRAPS)
def test_the_trap_has_a_named_test(number: int) -> None:
    assert number in FOUND

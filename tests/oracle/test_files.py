"""knowledge/vectors/ is what the cases and the oracle say, and the oracle knows nothing of the product."""

import ast
import json
import tomllib
from pathlib import Path

import pytest

from tests.oracle.__main__ import VECTORS, text
from tests.oracle.generated import MEANT, generated
from tests.oracle.raw import VENUES
from tests.oracle.sourced import CASES, PUBLISHED, read, sourced

MODULES = [path for path in Path(__file__).parent.glob("*.py") if path != Path(__file__)]


def test_the_sourced_file_is_drawn_from_the_cases():
    assert (VECTORS / "sourced.jsonl").read_text("utf-8") == text(sourced()), "run python -m tests.oracle"


def test_the_generated_file_is_what_the_oracle_finds_again():
    assert (VECTORS / "generated.jsonl").read_text("utf-8") == text(generated()), "run python -m tests.oracle"


def test_every_published_case_that_reproduces_is_a_vector():
    published = [
        case
        for file in (*CASES.glob("*.toml"), PUBLISHED)
        for case in read(file)
        if "venue-published" in case["kind"] and "not reproduce" not in case["kind"]
    ]
    lines = [json.loads(line) for line in (VECTORS / "sourced.jsonl").read_text("utf-8").splitlines()]
    assert len(published) == sum("venue-published" in line["kind"] for line in lines) > 0


def test_no_number_known_to_be_wrong_is_a_vector():
    lines = (VECTORS / "sourced.jsonl").read_text("utf-8").splitlines()
    assert not [line for line in lines if "not reproduce" in json.loads(line)["kind"]]


def test_the_oracle_says_what_every_rule_asks():
    rules = {
        (file.stem, rule["formula"])
        for file in VENUES.glob("*.toml")
        for rule in tomllib.loads(file.read_text("utf-8"))["rules"]
    }
    assert rules == {(book, formula) for book, formulas in MEANT.items() for formula in formulas}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_the_oracle_imports_nothing_of_the_product(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        assert not [name for name in names if name.split(".")[0] == "assistant"]


def test_the_files_stay_small():
    assert sum(path.stat().st_size for path in VECTORS.iterdir()) < 1_000_000

"""The content is sound, and lint notices when it is not."""

import shutil
import tomllib
from pathlib import Path

import pytest

from assistant.lint import INTENTS, lint
from assistant.resources import content

CASES = tomllib.loads((Path(__file__).parent / "wrong_files.toml").read_text("utf-8"))["case"]
MANY = {"answers": ".md.j2", "articles": ".md", "distress": ".toml", "venues": ".toml"}
"""Folders whose files are all of one kind, by their ending."""


def kind(path):
    """What a content file is: its folder where all are alike, else its name."""
    folders = [folder for folder, ending in MANY.items() if folder in path.parts and path.name.endswith(ending)]
    return "tiers" if path.suffix == ".csv" else folders[0] if folders else path.name


@pytest.fixture
def copy(tmp_path):
    for name in ("prompts", "knowledge"):
        shutil.copytree(content(name), tmp_path / name)
    return tmp_path


def findings(root):
    return [str(finding) for finding in lint(prompts=root / "prompts", knowledge=root / "knowledge")]


def edit(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_the_content_has_no_findings():
    assert lint(prompts=content("prompts"), knowledge=content("knowledge")) == ()


def test_the_contract_has_nineteen_intents():
    assert len(set(INTENTS)) == 19


@pytest.mark.parametrize("case", CASES, ids=[f"{case['file']} {case['rule']}" for case in CASES])
def test_a_wrong_content_file_is_named_with_its_line_and_rule(copy, case):
    path = copy / case["file"]
    edit(path, case["old"], case["new"])
    found = lint(prompts=copy / "prompts", knowledge=copy / "knowledge")
    named = [finding.data for finding in found if case["rule"] in finding.data["rule"]]
    assert named, found
    assert named[0]["file"] == str(path)
    assert named[0]["line"] > 0
    assert case["at"] in path.read_text("utf-8").split("\n")[named[0]["line"] - 1]


def test_every_kind_of_content_file_has_a_wrong_one():
    files = [path for name in ("prompts", "knowledge") for path in content(name).rglob("*") if path.is_file()]
    assert {kind(path) for path in files} == {kind(Path(case["file"])) for case in CASES}


def test_a_missing_template_is_a_finding(copy):
    (copy / "prompts/en/answers/liquidation_price.md.j2").unlink()
    assert any("liquidation_price" in line for line in findings(copy))


def test_a_gold_rulebook_that_loses_the_venue_s_own_examples_is_a_finding(copy):
    path = copy / "knowledge/vectors/sourced.jsonl"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    own = [line for line in lines if '"rulebook":"bybit_inverse"' in line and '"kind":"venue-published' in line]
    path.write_text("".join(line for line in lines if line not in own), "utf-8")
    assert own
    assert [line for line in findings(copy) if "bybit_inverse" in line and "example of the venue itself" in line]

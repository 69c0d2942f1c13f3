"""The content is sound, and lint notices when it is not."""

import shutil

import pytest

from assistant.lint import INTENTS, lint
from assistant.resources import content


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


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("prompts/en/sentences/rules.toml", 'all = ["add"]', 'all = ["adddd"]', "group adddd"),
        (
            "prompts/en/sentences/rules.toml",
            'slots_any = ["added_margin"]',
            'slots_any = ["addition"]',
            "slot addition",
        ),
        (
            "prompts/en/sentences/rules.toml",
            'intent = "add_margin"',
            'intent = "subtract"',
            "subtract, which is no intent",
        ),
        ("prompts/intents.toml", 'tool = "compare"', 'tool = "contrast"', "contrast, which is none"),
        ("prompts/intents.toml", "[intents.clarify]", "[intents.clarity]", "intent clarify is missing"),
        ("prompts/intents.toml", 'needs = ["side"]', 'needs = ["sight"]', "slot sight"),
        ("prompts/en/vocabulary.toml", "[roles.stop_price]", "[roles.stopp_price]", "stopp_price fills no slot"),
        ("prompts/slots.toml", "above = 0", "over = 0", "unknown key over"),
        ("prompts/en/asks.toml", "leverage", "liverage", "question for leverage"),
        ("knowledge/venues/binance_usdm.toml", "[[rules]]", "[[rulez]]", "[[rules]] block"),
    ],
)
def test_a_wrong_content_file_is_named_with_its_rule(copy, file, old, new, expected):
    edit(copy / file, old, new)
    found = findings(copy)
    assert any(expected in line and file.rsplit("/", 1)[1] in line for line in found), found


def test_a_missing_template_is_a_finding(copy):
    (copy / "prompts/en/answers/liquidation_price.md.j2").unlink()
    assert any("liquidation_price" in line for line in findings(copy))

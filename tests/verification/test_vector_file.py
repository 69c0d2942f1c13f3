"""Vectors are read strictly: a wrong line is named, with its file and number."""

import shutil
import tomllib
from pathlib import Path

import pytest

from assistant.errors import ContentError
from assistant.resources import content
from assistant.verification import vector_file
from assistant.verification.vector import Label

CASES = tomllib.loads((Path(__file__).parent / "wrong_lines.toml").read_text("utf-8"))["case"]
VECTORS = content("knowledge") / "vectors"


@pytest.fixture
def copy(tmp_path):
    return Path(shutil.copytree(VECTORS, tmp_path / "vectors"))


@pytest.fixture
def books(assistant):
    return tuple(assistant.rulebooks.books)


def refusal(folder, books):
    with pytest.raises(ContentError) as raised:
        vector_file.load(folder, rulebooks=books)
    return raised.value.data


@pytest.mark.parametrize("case", CASES, ids=[f"{case['file']} {case['rule']}" for case in CASES])
def test_a_wrong_line_is_refused_by_file_line_and_rule(copy, books, case):
    path = copy / case["file"]
    lines = path.read_text("utf-8").split("\n")
    number = next(number for number, line in enumerate(lines) if case["old"] in line)
    lines[number] = lines[number].replace(case["old"], case["new"], 1)
    path.write_text("\n".join(lines), "utf-8")
    found = refusal(copy, books)
    assert (found["file"], found["line"]) == (str(path), number + 1)
    assert case["rule"] in found["rule"]


@pytest.mark.parametrize("line", ["", "[1]", "NaN", "{} {}", '{"a": Infinity}', "[" * 100_000])
def test_what_is_no_object_is_refused(copy, books, line):
    path = copy / "generated.jsonl"
    path.write_text(f"{line}\n", "utf-8")
    assert refusal(copy, books)["line"] == 1


def test_a_file_cut_off_in_its_last_line_is_refused(copy, books):
    path = copy / "generated.jsonl"
    path.write_bytes(path.read_bytes()[:-1])
    assert refusal(copy, books)["rule"] == "the last line ends like the others"


def test_a_missing_file_is_refused(copy, books):
    (copy / "sourced.jsonl").unlink()
    assert refusal(copy, books)["file"] == str(copy / "sourced.jsonl")


def test_a_vector_can_call_a_tool(copy, books):
    line = (
        '{"id":"t","tool":"liquidation_price","as_of":"2026-11-22",'
        '"inputs":{"side":"long","entry_price":"60000","leverage":"20"},'
        '"expected":{"liquidation_price":"57286.43","status":"ok"},'
        '"tolerance":"0.005","kind":"computed here","source":"60000 x 0.95 / 0.995"}\n'
    )
    (copy / "sourced.jsonl").write_text(line, "utf-8")
    first = vector_file.load(copy, rulebooks=books)[0]
    assert (first.subject, first.label, first.inputs["leverage"]) == ("liquidation_price", Label.SOURCED, "20")


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ('"tool":"liquidation_price"', '"tool":"crystal_ball"', "tool is one of"),
        ('"side":"long"', '"direction":"long"', "direction"),
        ('"leverage":"20"', '"leverage":"twenty"', "leverage"),
        ('"status":"ok"', '"fortune":"1"', "unknown key fortune"),
        ('"tool":', '"side":"long","tool":', "unknown key side"),
    ],
)
def test_a_wrong_call_of_a_tool_is_refused(copy, books, old, new, rule):
    line = (
        '{"id":"t","tool":"liquidation_price","as_of":"2026-11-22","inputs":{"side":"long","leverage":"20"},'
        '"expected":{"status":"ok"},"tolerance":"0","kind":"k","source":"s"}\n'
    )
    (copy / "sourced.jsonl").write_text(line.replace(old, new), "utf-8")
    assert rule in refusal(copy, books)["rule"]

import re
import shutil
from pathlib import Path

import pytest
from jinja2 import nodes

from assistant.answers.book import Book
from assistant.answers.compose import required
from assistant.errors import ContentError
from assistant.resources import content

ENGLISH = content("prompts") / "en"
ARITHMETIC = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow, nodes.Neg, nodes.Pos)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ENGLISH, tmp_path / "en"))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def refusal(directory: Path) -> ContentError:
    with pytest.raises(ContentError) as caught:
        Book(directory).compile()
    return caught.value


def test_no_template_does_arithmetic(book):
    for path in (ENGLISH / "answers").glob("*.j2"):
        tree = book._environment.parse(path.read_text())
        assert [node.lineno for node in tree.find_all(ARITHMETIC)] == [], path.name


@pytest.mark.parametrize(
    "line",
    ["{{ a + b }}", "{{ a - 1 }}", "{{ a*2 }}", "{{ 1 / a }}", "{% if a % 2 %}{% endif %}", "{{ -a }}", "{{ a ** 2 }}"],
)
def test_a_template_with_arithmetic_is_refused_with_its_line(copied, line):
    (copied / "answers" / "say_thanks.md.j2").write_text(f"# Thanks\n\n{line}\n")
    error = refusal(copied)
    assert (error.data["file"], error.data["line"]) == (str(copied / "answers" / "say_thanks.md.j2"), 3)


@pytest.mark.parametrize("line", ["{{ a | sum }}", "{{ a | round }}", "{% for x in a %}", "{{ a", '{% include "b" %}'])
def test_a_template_that_cannot_be_compiled_is_refused_by_name(copied, line):
    (copied / "answers" / "say_thanks.md.j2").write_text(f"{line}\n")
    with pytest.raises(ContentError, match=r"say_thanks|/b:"):
        Book(copied).compile().render("say_thanks", {"a": ()})


@pytest.mark.parametrize("line", ["{{ nowhere }}", "{{ a.b }}", "{{ range(3) }}", "{% if nowhere %}x{% endif %}"])
def test_a_template_that_names_what_is_not_there_is_refused_by_name(copied, line):
    (copied / "answers" / "say_thanks.md.j2").write_text(f"{line}\n")
    with pytest.raises(ContentError, match=r"/say_thanks.md.j2:.*undefined|no attribute"):
        Book(copied).compile().render("say_thanks", {"a": {}})


def test_a_minus_inside_words_is_no_arithmetic(copied):
    (copied / "answers" / "say_thanks.md.j2").write_text('{{ "a - b" }} {%- if true -%} x {%- endif %}\n')
    assert Book(copied).compile().render("say_thanks", {}) == "a - bx"


@pytest.mark.parametrize("file", ["labels.toml", "asks.toml"])
def test_an_unknown_key_is_refused_with_its_line(copied, file):
    path = copied / file
    path.write_text(path.read_text() + '\n[surplus]\nx = "y"\n')
    error = refusal(copied)
    assert error.data["file"] == str(path)
    assert path.read_text().splitlines()[int(error.data["line"]) - 1] == "[surplus]"


def test_an_unknown_key_of_the_number_style_is_refused(copied):
    change(copied / "labels.toml", 'decimal = "."', 'decimal = "."\ndigits = "4"')
    assert "unknown key digits in [style]" in str(refusal(copied))


def test_a_missing_label_section_is_refused(copied):
    change(copied / "labels.toml", "[countries]", "[lands]")
    assert refusal(copied).data["file"] == str(copied / "labels.toml")


@pytest.mark.parametrize("gap", ["{a.b}", "{a!r}", "{a:>10}", "{0}", "{}", "{a", "a}"])
def test_only_plain_names_stand_in_braces(copied, gap):
    change(copied / "errors.toml", 'underdetermined = "More', f'underdetermined = "{gap} More')
    error = refusal(copied)
    assert error.data["file"] == str(copied / "errors.toml")
    line = (copied / "errors.toml").read_text().splitlines()[int(error.data["line"]) - 1]
    assert gap in line


def test_broken_toml_is_refused_with_its_line(copied):
    change(copied / "asks.toml", 'side = "Is', "side = Is")
    error = refusal(copied)
    assert (error.data["file"], error.data["line"]) == (str(copied / "asks.toml"), 4)


def test_a_missing_file_is_refused(copied):
    (copied / "errors.toml").unlink()
    assert refusal(copied).data["file"] == str(copied / "errors.toml")


def test_a_missing_template_is_refused(copied):
    (copied / "answers" / "decline_advice.md.j2").unlink()
    with pytest.raises(ContentError, match=r"decline_advice"):
        Book(copied).compile(required(()))


def test_a_disclaimer_needs_both_its_forms(copied):
    (copied / "disclaimer.md").write_text("# plain\n\nNot financial advice.\n")
    assert refusal(copied).data["file"] == str(copied / "disclaimer.md")


def test_every_template_an_answer_can_need_is_there(book):
    tools = (
        "liquidation_price",
        "margin_buffer",
        "add_margin",
        "max_leverage",
        "position_size",
        "stop_loss",
        "compare",
        "cascade_explain",
    )
    assert set(required(tools)) <= set(book.templates)


def test_every_template_is_needed_by_something(book):
    parts = {name for name in book.templates if name.startswith("_")}
    included = {
        name
        for path in (ENGLISH / "answers").glob("*.j2")
        for name in re.findall(r'(?:include|import) "(\w+)\.md\.j2"', path.read_text())
    }
    assert parts <= included


def test_the_version_changes_with_the_words(copied):
    before = Book(copied).version
    change(copied / "asks.toml", "long or a short", "long or short")
    assert Book(copied).version != before == Book(ENGLISH).version


def test_every_refusal_and_assumption_can_be_said_without_any_further_data(book):
    for sentences in (book.errors, book.assumptions):
        for code in sentences:
            given = {"argument": "the size"} if code.startswith("impossible_value.") else {"code": "x"}
            assert sentences.say(code, given)

"""Content is read strictly: what is missing, unknown or of the wrong kind is refused with file, line and rule."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

import pytest

from assistant.errors import ContentError
from assistant.tables import Table, text_of

PATH = Path("somewhere/some.toml")
TEXT = """\
word = "yes"
spaced = " yes "
empty = ""
none = []
list = ["a", "b"]
mixed = [
  "a",
  " ",
]
nested = [["a"], ["b", "c"]]
broken = [["a"],
  "b"]
number = 0.10
whole = 7
endless = inf
truth = true
day = 2026-11-22
moment = 2026-11-22T10:00:00
[table]
a = "x"
b = " y"
[[tables]]
a = "x"
[[tables]]
a = 5
"""


class Answer(StrEnum):
    YES = "yes"
    NO = "no"


class Letter(StrEnum):
    A = "a"
    B = "b"


Read = Callable[[Table], object]

RIGHT: list[tuple[Read, object]] = [
    (lambda top: top.text("word"), "yes"),
    (lambda top: top.raw("spaced"), " yes "),
    (lambda top: top.raw("empty"), ""),
    (lambda top: top.texts("list"), ("a", "b")),
    (lambda top: top.texts("none", least=0), ()),
    (lambda top: top.one_or_more("word"), ("yes",)),
    (lambda top: top.one_or_more("list"), ("a", "b")),
    (lambda top: top.lists("nested"), (("a",), ("b", "c"))),
    (lambda top: top.one_of("word", ("yes", "no")), "yes"),
    (lambda top: top.some_of("list", ("a", "b", "c")), ("a", "b")),
    (lambda top: top.choice("word", Answer), Answer.YES),
    (lambda top: top.choices("list", Letter), (Letter.A, Letter.B)),
    (lambda top: str(top.number("number")), "0.10"),
    (lambda top: top.number("whole"), Decimal(7)),
    (lambda top: top.rate("number"), Decimal("0.1")),
    (lambda top: top.whole("whole"), 7),
    (lambda top: top.flag("truth"), True),
    (lambda top: top.day("day"), date(2026, 11, 22)),
    (lambda top: top.optional(top.day, "day"), date(2026, 11, 22)),
    (lambda top: top.optional(top.day, "night"), None),
    (lambda top: top.value("endless"), Decimal("Infinity")),
    (lambda top: top.table("table").raws(), {"a": "x", "b": " y"}),
    (lambda top: top.tables("tables")[0].words(), {"a": "x"}),
    (lambda top: top.tables("none", least=0), ()),
    (lambda top: list(top.table("table")), ["a", "b"]),
    (lambda top: ("a" in top, "word" in top), (False, True)),
    (lambda top: top.table("table").only(("a",), ("b", "c")).text("a"), "x"),
]

WRONG: list[tuple[Read, int, str]] = [
    (lambda top: top.text("night"), 1, "night is missing in this file"),
    (lambda top: top.table("table").text("c"), 19, "c is missing in [table]"),
    (lambda top: top.tables("tables")[1].text("b"), 24, "b is missing in [[tables]]"),
    (lambda top: top.text("spaced"), 2, "spaced is a string that is not empty, without space around it"),
    (lambda top: top.text("empty"), 3, "empty is a string that is not empty"),
    (lambda top: top.text("whole"), 14, "whole is a string"),
    (lambda top: top.raw("whole"), 14, "whole is a string"),
    (lambda top: top.texts("none"), 4, "none is an array of at least 1 string"),
    (lambda top: top.texts("list", least=3), 5, "list is an array of at least 3 strings"),
    (lambda top: top.texts("word"), 1, "word is an array"),
    (lambda top: top.texts("mixed"), 8, "mixed is an array of strings that are not empty"),
    (lambda top: top.one_or_more("empty"), 3, "empty is an array"),
    (lambda top: top.lists("word"), 1, "word is an array of arrays"),
    (lambda top: top.lists("broken"), 12, "broken is an array"),
    (lambda top: top.one_of("word", ("on", "off")), 1, "word is one of on, off, not yes"),
    (lambda top: top.some_of("list", ("a", "c")), 5, "list holds only a, c, not b"),
    (lambda top: top.choice("word", Letter), 1, "word is one of a, b, not yes"),
    (lambda top: top.choices("list", Answer), 5, "list holds only yes, no, not a"),
    (lambda top: top.number("word"), 1, "word is a number"),
    (lambda top: top.number("truth"), 16, "truth is a number"),
    (lambda top: top.number("endless"), 15, "endless is a number"),
    (lambda top: top.rate("whole"), 14, "whole is a fraction, at least 0 and below 1"),
    (lambda top: top.whole("number"), 13, "number is a whole number"),
    (lambda top: top.whole("truth"), 16, "truth is a whole number"),
    (lambda top: top.flag("word"), 1, "word is true or false"),
    (lambda top: top.day("word"), 1, "word is a date"),
    (lambda top: top.day("moment"), 18, "moment is a date"),
    (lambda top: top.table("tables"), 22, "tables is a table"),
    (lambda top: top.tables("table"), 19, "table is an array of at least 1 table"),
    (lambda top: top.tables("list"), 5, "list is an array of at least 1 table"),
    (lambda top: top.tables("none"), 4, "none is an array of at least 1 table"),
    (lambda top: top.table("table").words(), 21, "b is a string"),
    (lambda top: top.tables("tables")[1].raws(), 25, "a is a string"),
    (lambda top: top.only(("word",)), 2, "unknown key spaced in this file"),
    (lambda top: top.table("table").only(("a",)), 21, "unknown key b in [table]"),
    (lambda top: top.tables("tables")[1].only(("b",), ("a",)), 24, "b is missing in [[tables]]"),
]


@pytest.fixture
def top() -> Table:
    return Table.parse(TEXT, PATH)


@pytest.mark.parametrize(("read", "value"), RIGHT, ids=range(len(RIGHT)))
def test_what_is_right_is_read(top: Table, read: Read, value: object) -> None:
    assert read(top) == value


@pytest.mark.parametrize(("read", "line", "rule"), WRONG, ids=[rule for _, _, rule in WRONG])
def test_what_is_wrong_is_refused_with_file_line_and_rule(top: Table, read: Read, line: int, rule: str) -> None:
    with pytest.raises(ContentError) as raised:
        read(top)
    assert raised.value.data["file"] == str(PATH)
    assert raised.value.data["line"] == line
    assert rule in str(raised.value.data["rule"])


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a = 1\nb = \nc = 3\n", 2),
        ("a = 1\na = 2\n", 2),
        ("[a]\nb = 1\n[a]\n", 3),
        ("a = 1\n[b\n", 2),
        ('a = 1\nb = """\n\n', 2),
        ("a = 1\nb = 2026-13-01\n", 2),
        ("a = 1\nb = 1e99999999999999999999\n", 2),
        ("\ufeffa = 1\n", 1),
    ],
)
def test_what_is_no_toml_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(ContentError) as raised:
        Table.parse(text, PATH)
    assert (raised.value.data["file"], raised.value.data["line"]) == (str(PATH), line)
    assert "is TOML" in str(raised.value.data["rule"])


@pytest.mark.parametrize(("text", "line"), [("a = \n", 41), ("a = 1\nb = 2", 42)])
def test_lines_above_the_text_are_counted(text: str, line: int) -> None:
    with pytest.raises(ContentError) as raised:
        Table.parse(text, PATH, above=40).text("b")
    assert raised.value.data["line"] == line


def test_an_item_is_named_where_it_stands(top: Table) -> None:
    assert top.refuse("no", "mixed", 1).data["line"] == 8
    assert top.refuse("no", "tables", 1, "a").data["line"] == 25


def test_what_has_no_place_is_named_at_what_it_would_stand_in(top: Table) -> None:
    assert top.refuse("no").data["line"] == 1
    assert top.refuse("no", "tables", 1, "b", 7).data["line"] == 24


def test_words_inside_a_string_are_named_by_their_line() -> None:
    top = Table.parse('a = """\none\ntwo"""\n', PATH, above=1)
    assert top.refuse_words("no", "two").data["line"] == 4
    assert top.refuse_words("no", "three").data["line"] == 0


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="FileNotFoundError") as raised:
        Table.read(tmp_path / "none.toml")
    assert raised.value.data["file"] == str(tmp_path / "none.toml")


def test_a_file_that_is_no_utf_8_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "latin.toml"
    path.write_bytes(b"a = 1\nb = '\xe9'\n")
    with pytest.raises(ContentError, match="UTF-8") as raised:
        Table.read(path)
    assert raised.value.data["line"] == 2


def test_line_ends_of_windows_are_read(tmp_path: Path) -> None:
    path = tmp_path / "windows.toml"
    path.write_bytes(b"a = 1\r\nb = 2\r\n")
    assert text_of(path) == "a = 1\nb = 2\n"
    with pytest.raises(ContentError, match=":2: b is a string"):
        Table.read(path).text("b")

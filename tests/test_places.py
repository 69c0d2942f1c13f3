"""Every table, key and array item of a TOML text has the line it is written on."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.places import Place, header, places
from assistant.resources import content

FILES = sorted(path for name in ("prompts", "knowledge") for path in content(name).rglob("*.toml"))

TEXT = '''\
# no = 1
name = "a # b"  # c = 2
"quoted key" = 1
site."a.b".c = true
when = 2026-11-22 10:00:00
text = """
[no] = 1
key = "quoted" \\"""
"""
raw = \'\'\'
[[no]]
'quoted' \'\'\'\'
list = [
  "one",  # ]
  ["two", """
three"""], { in = [4,
  5] },
]

[a.b]  # [c]
x = 1
[a]
x = 1
[[rules]]
x = 1
[rules.more]
x = { y.z = 1, w = [] }
[[rules]]
[[rules.ways]]
x = 1
  [[rules.ways]]
  x = 1
'''

EXPECTED: dict[Place, int] = {
    (): 1,
    ("name",): 2,
    ("quoted key",): 3,
    ("site",): 4,
    ("site", "a.b"): 4,
    ("site", "a.b", "c"): 4,
    ("when",): 5,
    ("text",): 6,
    ("raw",): 10,
    ("list",): 13,
    ("list", 0): 14,
    ("list", 1): 15,
    ("list", 1, 0): 15,
    ("list", 1, 1): 15,
    ("list", 2): 16,
    ("list", 2, "in"): 16,
    ("list", 2, "in", 0): 16,
    ("list", 2, "in", 1): 17,
    ("a", "b"): 20,
    ("a", "b", "x"): 21,
    ("a",): 22,
    ("a", "x"): 23,
    ("rules",): 24,
    ("rules", 0): 24,
    ("rules", 0, "x"): 25,
    ("rules", 0, "more"): 26,
    ("rules", 0, "more", "x"): 27,
    ("rules", 0, "more", "x", "y"): 27,
    ("rules", 0, "more", "x", "y", "z"): 27,
    ("rules", 0, "more", "x", "w"): 27,
    ("rules", 1): 28,
    ("rules", 1, "ways"): 29,
    ("rules", 1, "ways", 0): 29,
    ("rules", 1, "ways", 0, "x"): 30,
    ("rules", 1, "ways", 1): 31,
    ("rules", 1, "ways", 1, "x"): 32,
}


def walk(value: object, place: Place = ()) -> Iterator[Place]:
    """Every place of what tomllib has read."""
    yield place
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inside:
        yield from walk(item, (*place, key))


def test_every_way_to_write_a_key_has_its_line() -> None:
    assert dict(places(TEXT)) == EXPECTED
    assert set(walk(tomllib.loads(TEXT))) == set(EXPECTED)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_place_of_a_content_file_has_a_line_that_holds_its_name(path: Path) -> None:
    text = path.read_text("utf-8")
    found = places(text)
    assert set(found) == set(walk(tomllib.loads(text)))
    lines = text.split("\n")
    for place, line in found.items():
        assert not place or isinstance(place[-1], int) or place[-1] in lines[line - 1], place


def test_an_empty_text_has_its_first_line() -> None:
    assert places("") == {(): 1}


@pytest.mark.parametrize(
    ("place", "written"),
    [((), "this file"), (("slots", "side"), "[slots.side]"), (("intents", "a", "ways", 1), "[[intents.a.ways]]")],
)
def test_a_table_is_named_as_a_file_writes_it(place: Place, written: str) -> None:
    assert header(place) == written

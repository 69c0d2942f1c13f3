"""The widget's weight: what a host page has to load before the chat can open."""

import gzip
import re
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "web"
IMPORT = re.compile(r'^import .*? from "\./([\w-]+\.js)";$', re.MULTILINE)


def modules(name="widget.js", seen=()):
    """The module and everything it imports, each once."""
    if name in seen:
        return seen
    seen = (*seen, name)
    for imported in IMPORT.findall((WEB / name).read_text("utf-8")):
        seen = modules(imported, seen)
    return seen


def test_every_module_in_the_folder_belongs_to_the_widget():
    assert set(modules()) == {path.name for path in WEB.glob("*.js")}


def test_widget_and_imports_weigh_less_than_ten_kilobytes_compressed():
    assert sum(len(gzip.compress((WEB / name).read_bytes(), 9)) for name in modules()) < 10_000


@pytest.mark.parametrize(
    "forbidden",
    [
        *["eval(", "new Function", "localStorage", "sessionStorage", "indexedDB", "cookie"],
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "setHTML",
        "document.write",
        "DOMParser",
        "createContextualFragment",
    ],
)
def test_no_module_parses_text_as_markup_or_code_or_keeps_anything(forbidden):
    assert [name for name in modules() if forbidden in (WEB / name).read_text("utf-8")] == []


def test_no_file_names_another_host():
    names = [path for path in WEB.rglob("*") if path.suffix in {".js", ".css", ".j2"}]
    hosts = {host for path in names for host in re.findall(r"https?://([\w.-]+)", path.read_text("utf-8"))}
    assert hosts <= {"www.w3.org"}

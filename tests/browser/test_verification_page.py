"""The page at /verify in a real browser: phone and desktop, light and dark, without a script of its own."""

import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
CONTRAST = (Path(__file__).parent / "contrast.js").read_text("utf-8").replace("root.", "document.")


@pytest.fixture(scope="module")
def page(processes, tmp_path_factory):
    """The address of the page on the running assistant."""
    command = [sys.executable, "-m", "assistant", "serve", "--host", "127.0.0.1", "--port", "{port}"]
    store = tmp_path_factory.mktemp("store") / "conversations.sqlite"
    return processes.start(command, "/readyz", ASSISTANT_DATABASE=str(store)) + "/verify"


def show(browser, url):
    browser.call("POST", "/url", url=url)


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
@pytest.mark.parametrize("query", ["", "?label=generated"])
def test_no_screen_scrolls_sideways(page, browser, width, query):
    browser.screen(width, 844)
    show(browser, page + query)
    assert browser.plain("const page = document.documentElement; return page.scrollWidth - page.clientWidth") == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_keeps_its_contrast(page, browser, scheme):
    browser.prefer(scheme)
    show(browser, page)
    assert browser.plain(CONTRAST) == []


def test_a_phone_names_every_figure_of_a_card(page, browser):
    browser.screen(390, 844)
    show(browser, page)
    names = "return getComputedStyle(document.querySelector('[data-label=Ours]'), '::before').content"
    assert browser.plain(names) == '"Ours"'


def test_the_table_is_a_table_for_screen_readers_on_a_phone_too(page, browser):
    browser.screen(390, 844)
    show(browser, page)
    nodes = browser.devtools("Accessibility.getFullAXTree")["nodes"]
    roles = {node.get("role", {}).get("value") for node in nodes}
    assert {"table", "row", "cell", "columnheader"} <= roles


def test_links_are_large_enough_to_be_touched(page, browser):
    browser.screen(390, 844)
    show(browser, page)
    small = """return [...document.querySelectorAll('nav a, .counts a, summary')]
        .map((each) => each.getBoundingClientRect()).filter((box) => box.width < 24 || box.height < 24).length"""
    assert browser.plain(small) == 0

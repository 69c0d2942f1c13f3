"""Screens: phone and desktop, light and dark, named controls, hostile host pages."""

from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
QUESTION = "long 0.5 btc at 60k 20x isolated on binance, where is my liq?"
CONTRAST = (Path(__file__).parent / "contrast.js").read_text("utf-8")
WORD = "0123456789abcdef" * 40


@pytest.mark.parametrize("width", [320, 390])
def test_a_phone_shows_everything_without_scrolling_sideways(stub, browser, answer, width):
    answer["blocks"].append({"type": "paragraph", "text": WORD})
    answer["blocks"][2]["items"][0]["numbers"] = WORD
    stub.say(answer)
    browser.screen(width, 844)
    browser.open(stub.url)
    browser.ask(QUESTION + " " + WORD)
    wide = browser.run("return [document.documentElement.scrollWidth, log.scrollWidth - log.clientWidth]")
    assert wide == [width, 0]


def test_on_a_phone_the_question_and_the_disclaimer_are_on_screen_while_reading(stub, browser, answer):
    stub.say(answer)
    browser.screen(390, 844)
    browser.open(stub.url)
    browser.ask(QUESTION)
    assert (
        browser.run("""
      const seen = (selector) => { const box = root.querySelector(selector).getBoundingClientRect();
        return box.height > 0 && box.top >= 0 && box.bottom <= innerHeight };
      return ['h3 b', 'textarea', '.send', 'footer .disclaimer'].map(seen)""")
        == [True] * 4
    )


def test_the_text_one_types_is_large_enough_that_phones_do_not_zoom(stub, browser):
    browser.screen(390, 844)
    browser.open(stub.url)
    assert browser.run("return parseFloat(getComputedStyle(root.querySelector('textarea')).fontSize)") >= 16


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_and_controls_keep_their_contrast(stub, browser, answer, scheme):
    stub.say(answer)
    browser.prefer(scheme)
    browser.open(stub.url)
    browser.ask(QUESTION)
    poor = browser.run(CONTRAST)
    assert poor == []


def test_dark_and_light_differ_by_what_the_reader_prefers(stub, browser):
    grounds = set()
    for scheme in ("light", "dark"):
        browser.prefer(scheme)
        browser.open(stub.url)
        grounds.add(browser.run("return getComputedStyle(root.querySelector('.panel')).backgroundColor"))
    assert len(grounds) == 2


def test_every_control_has_a_name_for_screen_readers(stub, browser, answer):
    stub.say(answer)
    browser.open(stub.url)
    browser.ask(QUESTION)
    nodes = browser.devtools("Accessibility.getFullAXTree")["nodes"]
    controls = [node for node in nodes if node.get("role", {}).get("value") in {"button", "link", "textbox", "region"}]
    assert len(controls) > 8
    assert [node for node in controls if not node.get("name", {}).get("value")] == []


def test_targets_are_at_least_24_pixels_each_way(stub, browser, answer):
    stub.say(answer)
    browser.open(stub.url)
    browser.ask(QUESTION)
    small = """
      return [...root.querySelectorAll('button, textarea, summary')].filter((each) => each.checkVisibility())
        .map((each) => [each.className, each.getBoundingClientRect()])
        .filter(([, box]) => box.width < 24 || box.height < 24).map(([name]) => name)"""
    assert browser.run(small) == []


def test_style_of_the_host_page_does_not_reach_into_the_chat(stub, browser, answer):
    stub.say(answer)
    browser.open(stub.url)
    browser.ask(QUESTION)
    look = """
      const seen = ['color', 'fontSize', 'fontFamily', 'textTransform', 'letterSpacing', 'display'];
      return ['h3', 'dd', '.send', 'footer .disclaimer'].map((each) => root.querySelector(each))
        .map((element) => seen.map((property) => getComputedStyle(element)[property]))"""
    before = browser.run(look)
    browser.run("""
      const hostile = new CSSStyleSheet();
      hostile.replaceSync(`* { font: 40px serif; text-transform: uppercase; letter-spacing: 1em; color: red }
        p, button, h3 { display: none !important }`);
      document.adoptedStyleSheets = [hostile]""")
    assert browser.run(look) == before

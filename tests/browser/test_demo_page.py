"""The page at / of the real assistant: a newcomer's first question, in a real browser."""

import sys

import pytest

pytestmark = pytest.mark.slow
QUESTION = "long 0.5 btc at 60k 20x isolated on binance, where is my liq?"


@pytest.fixture(scope="module")
def demo(processes, tmp_path_factory):
    """The address of the running assistant, with a store of its own."""
    command = [sys.executable, "-m", "assistant", "serve", "--host", "127.0.0.1", "--port", "{port}"]
    store = tmp_path_factory.mktemp("store") / "conversations.sqlite"
    return processes.start(command, "/readyz", ASSISTANT_DATABASE=str(store))


def test_the_first_example_is_answered_with_price_working_source_and_disclaimer(demo, browser):
    browser.open(demo + "/")
    browser.run("root.querySelector('.welcome button').click()")
    browser.until("return root.querySelector('.answer h3, .problem')")
    assert browser.run("return root.querySelector('.asked').textContent") == QUESTION
    assert browser.run("return root.querySelector('.answer h3 b').textContent") == "57,228.92 USDT"
    assert "0.004" in browser.run("return root.querySelector('.steps').textContent")
    assert browser.run("return root.querySelector('.sources a').href").startswith("https://www.binance.com/")
    assert "not financial advice" in browser.run("return root.querySelector('.answer').lastElementChild.textContent")


@pytest.mark.parametrize("example", [0, 1, 2])
def test_every_example_and_its_first_suggestion_are_answered(demo, browser, example):
    browser.open(demo + "/")
    browser.run("root.querySelectorAll('.welcome button')[arguments[0]].click()", example)
    browser.until("return root.querySelector('.answer h3, .problem')")
    browser.run("root.querySelector('.next button').click()")
    browser.until("return root.querySelectorAll('.answer h3, .problem').length >= 2")
    assert browser.run("return root.querySelectorAll('.problem').length") == 0


def test_the_page_shows_the_disclaimer_before_anything_is_asked(demo, browser):
    browser.open(demo + "/")
    assert "not financial advice" in browser.run("return root.querySelector('footer .disclaimer').textContent")


def test_feedback_on_a_real_answer_is_taken(demo, browser):
    browser.open(demo + "/")
    browser.ask(QUESTION)
    browser.run("root.querySelector('.helpful').click()")
    browser.until("return root.querySelector('.helpful').ariaPressed === 'true'")


def test_a_message_the_api_refuses_shows_why(demo, browser):
    browser.open(demo + "/")
    browser.ask("a" * 2001)
    assert "2,000" in browser.run("return root.querySelector('.problem p').textContent")


def test_the_page_keeps_to_the_strict_policy(demo, browser):
    browser.open(demo + "/")
    policy = browser.call(
        "POST",
        "/execute/async",
        script="fetch('/').then((page) => arguments[0](page.headers.get('Content-Security-Policy')))",
        args=[],
    )
    for rule in ("default-src 'none'", "script-src 'self'", "style-src 'self'", "require-trusted-types-for 'script'"):
        assert rule in policy

"""Nothing a payload says becomes markup, nothing leaves or is kept before the reader acts."""

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.slow
HOSTILE = (Path(__file__).parent / "hostile.txt").read_text("utf-8").splitlines()
INSPECT = (Path(__file__).parent / "inspect.js").read_text("utf-8")
CLEAN = {"loading": [], "handlers": [], "addresses": [], "ran": []}


def poisoned(value, poison):
    """The same payload with every text in it, types of blocks apart, replaced."""
    if isinstance(value, dict):
        return {name: entry if name == "type" else poisoned(entry, poison) for name, entry in value.items()}
    if isinstance(value, list):
        return [poisoned(entry, poison) for entry in value]
    return poison if isinstance(value, str) else value


def test_the_corpus_has_at_least_sixty_different_strings():
    assert len(set(HOSTILE)) >= 60


def test_hostile_text_in_every_field_of_an_answer_stays_text(stub, browser, answer):
    browser.open(stub.url)
    for poison in HOSTILE:
        stub.say(poisoned(answer, poison))
        browser.ask(poison)
        assert browser.run("return [...root.querySelectorAll('h3')].at(-1).textContent") == poison
    assert browser.run(INSPECT) == CLEAN


def test_hostile_text_as_the_type_of_a_block_stays_text(stub, browser, answer):
    browser.open(stub.url)
    stub.say(answer | {"blocks": [{"type": poison, "text": poison} for poison in HOSTILE]})
    browser.ask("q")
    assert browser.run("return root.querySelectorAll('.answer p.paragraph').length") == len(HOSTILE)
    assert browser.run(INSPECT) == CLEAN


def test_hostile_text_in_a_problem_stays_text(stub, browser):
    browser.open(stub.url)
    for poison in HOSTILE:
        stub.say({"title": poison, "detail": poison, "disclaimer": poison}, 503, "application/problem+json")
        browser.ask(poison)
    assert browser.run("return root.querySelectorAll('.problem').length") == len(HOSTILE)
    assert browser.run(INSPECT) == CLEAN


def test_hostile_text_in_a_stream_stays_text(stub, browser, answer):
    browser.open(stub.url)
    for poison in HOSTILE:
        block = json.dumps(poisoned(answer["blocks"][0], poison))
        done = json.dumps(poisoned(answer, poison))
        stub.say(f"event: block\ndata: {block}\n\nevent: done\ndata: {done}\n\n", content_type="text/event-stream")
        browser.ask(poison)
    assert browser.run(INSPECT) == CLEAN


def test_a_hostile_message_id_cannot_leave_the_feedback_address(stub, browser, answer):
    stub.say(answer | {"message_id": "../../conversations/x?y#z"})
    browser.open(stub.url)
    browser.ask("q")
    browser.run("root.querySelector('.helpful').click()")
    browser.until("return root.querySelector('.helpful').ariaPressed === 'true'")
    assert stub.posted("/v1/messages/..%2F..%2Fconversations%2Fx%3Fy%23z/feedback") == [{"helpful": True}]


def test_the_policy_of_these_tests_is_enforced(stub, browser):
    browser.open(stub.url)
    browser.run("const style = document.createElement('style'); style.textContent = 'p{}'; document.head.append(style)")
    assert browser.run("const seen = window.violations; window.violations = []; return seen.length") == 1


def test_before_the_first_click_only_the_page_and_its_own_modules_are_fetched(stub, browser):
    browser.open(stub.url)
    browser.until("return document.readyState === 'complete'")
    assert {method for method, _, _ in stub.requests} == {"GET"}
    assert {path for _, path, _ in stub.requests if not path.startswith("/web/")} == {"/"}
    hosts = browser.run("return performance.getEntriesByType('resource').map((entry) => entry.name)")
    assert {urlsplit(host).netloc for host in hosts} - {""} == {urlsplit(stub.url).netloc}


def test_nothing_is_stored_in_the_browser_even_after_a_conversation(stub, browser, answer):
    stub.say(answer)
    browser.open(stub.url)
    browser.ask("q")
    kept = "return [localStorage.length, sessionStorage.length, document.cookie]"
    assert browser.run(kept) == [0, 0, ""]
    assert browser.call("POST", "/execute/async", script="indexedDB.databases().then(arguments[0])", args=[]) == []

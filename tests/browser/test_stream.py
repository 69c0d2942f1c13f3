"""Answers that arrive as server-sent events: whole blocks, in order, or not at all."""

import json
from threading import Event

import pytest

pytestmark = pytest.mark.slow
STREAM = "text/event-stream; charset=utf-8"


def event(name, data, newline="\n"):
    return f"event: {name}{newline}data: {json.dumps(data)}{newline}{newline}"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_streamed_answer_looks_like_one_that_came_at_once(stub, browser, answer, newline):
    stub.say(answer)
    browser.open(stub.url)
    browser.ask("q")
    at_once = browser.run("return root.querySelector('.answer').outerHTML")
    events = [
        event("meta", {"conversation_id": "c"}, newline),
        f": comment{newline}{newline}",
        event("ping", {}, newline),
    ]
    events += [event("block", block, newline) for block in answer["blocks"]]
    stub.say("".join([*events, event("later", {}, newline), event("done", answer, newline)]), content_type=STREAM)
    browser.open(stub.url)
    browser.ask("q")
    assert browser.run("return root.querySelector('.answer').outerHTML") == at_once


def test_the_first_block_is_on_screen_above_the_disclaimer_before_the_last_has_come(stub, browser, answer):
    goon = Event()

    def pieces():
        yield event("block", answer["blocks"][0])[:20]
        yield event("block", answer["blocks"][0])[20:]
        goon.wait(20)
        yield event("done", answer)

    stub.respond = lambda path, body: (200, STREAM, pieces())
    browser.open(stub.url)
    browser.run("host.send('q')")
    browser.until("return root.querySelector('.answer h3')")
    assert browser.run("return root.querySelector('.answer').lastElementChild.className") == "disclaimer"
    assert browser.run("return root.querySelector('.figures')") is None
    goon.set()
    browser.until("return root.querySelector('.figures')")


@pytest.mark.parametrize("end", ["", 'event: done\ndata: {"blocks": [', "event: done\ndata: {broken\n\n"])
def test_an_answer_that_breaks_off_is_taken_back_and_offered_again(stub, browser, answer, end):
    stub.say(event("block", answer["blocks"][0]) + end, content_type=STREAM)
    browser.open(stub.url)
    browser.ask("q")
    assert browser.run("return root.querySelector('.answer h3')") is None
    assert browser.run("return root.querySelector('.problem .retry') !== null")


def test_an_error_event_shows_its_detail_and_disclaimer(stub, browser):
    problem = {"title": "Busy", "detail": "Too many questions at once.", "disclaimer": "Not advice."}
    stub.say(event("error", problem), content_type=STREAM)
    browser.open(stub.url)
    browser.ask("q")
    shown = browser.run("return [...root.querySelectorAll('.problem > p')].map((line) => line.textContent)")
    assert shown == [problem["detail"], problem["disclaimer"]]

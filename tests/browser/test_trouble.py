"""When there is no answer: why, what to do, and still the disclaimer."""

import pytest

pytestmark = pytest.mark.slow
PROBLEM = {
    "type": "about:blank",
    "title": "Service unavailable",
    "status": 503,
    "detail": "The store does not answer.",
    "code": "outside_unavailable",
    "disclaimer": "Not advice.",
}
LINES = "return [...root.querySelectorAll('.problem > p')].map((line) => line.textContent)"


def test_a_problem_shows_its_detail_and_ends_with_its_disclaimer(stub, browser):
    stub.say(PROBLEM, 503, "application/problem+json")
    browser.open(stub.url)
    browser.ask("q")
    assert browser.run(LINES) == [PROBLEM["detail"], PROBLEM["disclaimer"]]
    assert browser.run("return root.querySelector('.problem').lastElementChild.className") == "disclaimer"


def test_try_again_asks_the_same_question_and_replaces_the_problem(stub, browser, answer):
    stub.say(PROBLEM, 503, "application/problem+json")
    browser.open(stub.url)
    browser.ask("q")
    stub.say(answer)
    browser.run("root.querySelector('.retry').click()")
    browser.until("return root.querySelector('.answer h3')")
    assert stub.posted("/v1/chat") == [{"message": "q"}, {"message": "q"}]
    assert browser.run("return root.querySelector('.problem')") is None


def test_a_refused_message_goes_back_into_the_question_to_be_changed(stub, browser):
    stub.say(PROBLEM | {"status": 422, "detail": "The message is empty."}, 422, "application/problem+json")
    browser.open(stub.url)
    browser.ask("\u200b")
    assert browser.run("return root.querySelector('textarea').value") == "\u200b"
    assert browser.run("return root.querySelector('.retry')") is None


@pytest.mark.parametrize("body", ["", "<html>gateway</html>", "null", "[]", '{"detail": {"a": 1}, "reason": "thanks"}'])
def test_an_error_of_something_in_between_is_said_in_our_words(stub, browser, body):
    stub.say(body, 502, "text/html")
    browser.open(stub.url)
    browser.ask("q")
    assert browser.run(LINES)[0] == "The assistant could not answer just now."
    assert browser.run(LINES)[-1] == browser.run("return host.getAttribute('disclaimer')")


def test_offline_is_said_at_once_and_taken_back_when_the_line_returns(stub, browser, answer):
    stub.say(answer)
    browser.open(stub.url)
    assert browser.run("return root.querySelector('.offline').checkVisibility()") is False
    browser.offline(True)
    browser.until("return root.querySelector('.offline').checkVisibility()")
    browser.ask("q")
    assert "offline" in browser.run(LINES)[0]
    browser.offline(False)
    browser.until("return !root.querySelector('.offline').checkVisibility()")
    browser.run("root.querySelector('.retry').click()")
    browser.until("return root.querySelector('.answer h3')")
    assert stub.posted("/v1/chat") == [{"message": "q"}]


def test_feedback_that_is_not_saved_is_not_shown_as_given(stub, browser, answer):
    stub.say(answer)
    browser.open(stub.url)
    browser.ask("q")
    stub.say(PROBLEM, 503, "application/problem+json")
    browser.run("root.querySelector('.helpful').click()")
    browser.until("return root.querySelector('[role=status]').textContent.includes('not be saved')")
    assert browser.run("return root.querySelector('.helpful').ariaPressed") == "false"


def test_a_conversation_the_server_no_longer_has_is_begun_anew(stub, browser, answer):
    stub.say(answer)
    browser.open(stub.url)
    browser.ask("one")
    stub.say(PROBLEM | {"status": 404}, 404, "application/problem+json")
    browser.ask("two")
    stub.say(answer)
    browser.run("root.querySelector('.retry').click()")
    browser.until("return root.querySelectorAll('.answer h3').length === 2")
    assert "conversation_id" in stub.posted("/v1/chat")[1]
    assert stub.posted("/v1/chat")[2] == {"message": "two"}


@pytest.mark.parametrize("body", ["null", "not json", '"text"'])
def test_a_reply_that_is_no_answer_is_not_left_pending(stub, browser, body):
    stub.say(body)
    browser.open(stub.url)
    browser.ask("q")
    assert browser.run(LINES)[-1] == browser.run("return host.getAttribute('disclaimer')")

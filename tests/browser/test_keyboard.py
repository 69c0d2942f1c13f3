"""The whole journey without a mouse: typed, sent, read, rated, closed."""

import pytest

pytestmark = pytest.mark.slow
TAB, ENTER, ESCAPE, SHIFT = "\ue004", "\ue007", "\ue00c", "\ue008"
QUESTION = "long 0.5 btc at 60k 20x"


def to_the_question(browser):
    for _ in range(12):
        browser.keys(TAB)
        if browser.focused() == "question":
            return
    raise AssertionError("Tab never reached the question")


def test_tab_goes_through_conversation_examples_question_and_send_in_this_order(stub, browser):
    browser.open(stub.url)
    order = []
    while "send" not in order and len(order) < 12:
        browser.keys(TAB)
        order.append(browser.focused())
    assert [name for name in order if name] == ["Conversation", *["suggestion"] * 3, "question", "send"]


def test_enter_sends_and_the_answer_ends_with_the_disclaimer(stub, browser, answer):
    stub.say(answer)
    browser.open(stub.url)
    to_the_question(browser)
    browser.keys(*QUESTION, ENTER)
    browser.until("return root.querySelector('.answer h3')")
    assert stub.posted("/v1/chat") == [{"message": QUESTION}]
    assert browser.run("return root.querySelector('.answer').lastElementChild.textContent") == answer["disclaimer"]


def test_the_cursor_stays_in_the_emptied_question_after_sending(stub, browser, answer):
    stub.say(answer)
    browser.open(stub.url)
    to_the_question(browser)
    browser.keys(*QUESTION, ENTER)
    browser.until("return root.querySelector('.answer h3')")
    assert browser.focused() == "question"
    assert browser.run("return root.querySelector('textarea').value") == ""


def test_shift_and_enter_make_a_new_line_instead_of_sending(stub, browser):
    browser.open(stub.url)
    to_the_question(browser)
    held = [
        {"type": "keyDown", "value": SHIFT},
        {"type": "keyDown", "value": ENTER},
        {"type": "keyUp", "value": ENTER},
        {"type": "keyUp", "value": SHIFT},
    ]
    browser.keys("a")
    browser.call("POST", "/actions", actions=[{"type": "key", "id": "keyboard", "actions": held}])
    browser.keys("b")
    assert browser.run("return root.querySelector('textarea').value") == "a\nb"
    assert stub.posted("/v1/chat") == []


def test_an_empty_question_is_not_sent(stub, browser):
    browser.open(stub.url)
    to_the_question(browser)
    browser.keys(" ", ENTER)
    assert browser.run("return root.querySelectorAll('.turn').length") == 0
    assert stub.posted("/v1/chat") == []


def test_a_suggestion_sends_itself_and_the_focus_moves_to_the_new_question(stub, browser, answer):
    stub.say(answer)
    browser.open(stub.url)
    browser.ask(QUESTION)
    browser.run("root.querySelector('.next button').focus()")
    browser.keys(ENTER)
    browser.until("return root.querySelectorAll('.answer h3').length === 2")
    assert stub.posted("/v1/chat")[1] == {
        "message": answer["suggestions"][0],
        "conversation_id": answer["conversation_id"],
    }
    assert browser.focused() == "You asked"


def test_escape_closes_a_launcher_and_gives_the_focus_back(stub, browser):
    browser.open(stub.url)
    browser.run("""
      const chat = document.createElement('liquidation-chat');
      chat.setAttribute('launcher', '');
      host.replaceWith(chat)""")
    browser.keys(TAB, TAB)
    assert browser.focused() == "launcher"
    browser.keys(ENTER)
    assert browser.focused() == "question"
    browser.keys(ESCAPE)
    assert browser.focused() == "launcher"
    assert browser.run("return root.querySelector('.panel').hidden")

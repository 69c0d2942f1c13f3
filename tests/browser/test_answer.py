"""What a reader sees of an answer, block by block."""

import pytest

pytestmark = pytest.mark.slow
QUESTION = "long 0.5 btc at 60k 20x"
TEXTS = "return [...root.querySelectorAll(arguments[0])].map((element) => element.textContent)"


@pytest.fixture
def shown(stub, browser, answer):
    """The browser with the answer of answer.json on its screen."""
    stub.say(answer)
    browser.open(stub.url)
    browser.ask(QUESTION)
    return browser


def test_an_example_question_sends_itself(stub, browser, answer):
    stub.say(answer)
    browser.open(stub.url)
    browser.run("root.querySelector('.welcome button').click()")
    browser.until("return root.querySelector('.answer h3')")
    assert stub.posted("/v1/chat") == [{"message": "long 0.5 btc at 60k 20x isolated on binance, where is my liq?"}]


def test_the_headline_is_a_heading_and_its_price_is_the_largest_text(shown):
    assert shown.run(TEXTS, ".answer h3 b") == ["57,228.92 USDT"]
    largest = """
      const size = (element) => parseFloat(getComputedStyle(element).fontSize);
      const others = [...root.querySelectorAll('.answer *')].filter((each) => !each.closest('h3 b'));
      return size(root.querySelector('h3 b')) > Math.max(...others.map(size))"""
    assert shown.run(largest)


def test_every_figure_stands_beside_its_label(shown, answer):
    expected = [f"{item['label']}{item['text']}" for item in answer["blocks"][1]["items"]]
    assert shown.run(TEXTS, ".figures > div") == expected


def test_every_step_shows_label_equation_numbers_and_result_without_a_click(shown, answer):
    expected = [
        [item["label"], item["equation"], f"= {item['numbers']}", f"= {item['text']}"]
        for item in answer["blocks"][2]["items"]
    ]
    assert (
        shown.run("return [...root.querySelectorAll('.steps li')].map((line) => line.innerText.split('\\n'))")
        == expected
    )


def test_a_table_keeps_its_columns_and_rows(shown, answer):
    assert shown.run(TEXTS, "thead th") == answer["blocks"][3]["columns"]
    rows = shown.run(
        "return [...root.querySelectorAll('tbody tr')].map((row) => [...row.cells].map((cell) => cell.textContent))"
    )
    assert rows == answer["blocks"][3]["rows"]


def test_sources_are_links_that_give_nothing_of_this_page_away(shown, answer):
    link = shown.run("const link = root.querySelector('.sources a'); return [link.href, link.textContent, link.rel]")
    source = answer["blocks"][-1]["items"][0]
    assert link == [source["url"], source["title"], "noopener noreferrer"]


def test_an_unknown_block_shows_its_text(stub, browser, answer):
    stub.say(answer | {"blocks": [{"type": "chart", "text": "The price falls in four waves.", "points": [1, 2]}]})
    browser.open(stub.url)
    browser.ask(QUESTION)
    assert browser.run(TEXTS, ".answer > *") == ["The price falls in four waves.", answer["disclaimer"]]


@pytest.mark.parametrize("name", ["__proto__", "constructor", "toString", "hasOwnProperty"])
def test_a_block_named_like_a_property_of_objects_is_just_unknown(stub, browser, answer, name):
    stub.say(answer | {"blocks": [{"type": name, "text": "still here"}]})
    browser.open(stub.url)
    browser.ask(QUESTION)
    assert browser.run(TEXTS, ".answer > *") == ["still here", answer["disclaimer"]]


@pytest.mark.parametrize("blocks", [None, "text", {}, [None, 1, "text", []]])
def test_a_reply_without_proper_blocks_still_ends_with_the_disclaimer(stub, browser, answer, blocks):
    stub.say(answer | {"blocks": blocks})
    browser.open(stub.url)
    browser.ask(QUESTION)
    assert browser.run("return root.querySelector('.answer').lastElementChild.textContent") == answer["disclaimer"]


def test_the_disclaimer_stands_under_the_input_before_anything_is_asked(stub, browser):
    browser.open(stub.url)
    place = browser.run("""
      const said = root.querySelector('footer .disclaimer').getBoundingClientRect();
      const form = root.querySelector('form').getBoundingClientRect();
      return [said.height > 0, said.top >= form.bottom, said.bottom <= innerHeight]""")
    assert place == [True, True, True]
    assert browser.run(TEXTS, "footer .disclaimer") == [browser.run("return host.getAttribute('disclaimer')")]


def test_thumbs_post_feedback_for_the_message_and_show_what_was_chosen(stub, shown, answer):
    shown.run("root.querySelector('.unhelpful').click()")
    shown.until("return root.querySelector('.unhelpful').ariaPressed === 'true'")
    assert stub.posted(f"/v1/messages/{answer['message_id']}/feedback") == [{"helpful": False}]


def test_the_status_region_speaks_at_the_start_and_at_the_end_of_an_answer_only(stub, browser, answer):
    stub.say(answer)
    browser.open(stub.url)
    browser.run("""
      const region = root.querySelector('[role=status]');
      window.spoken = [];
      new MutationObserver(() => window.spoken.push(region.textContent)).observe(region, { childList: true })""")
    browser.ask(QUESTION)
    assert browser.run("return window.spoken") == ["Working it out …", answer["blocks"][0]["text"]]
    assert browser.run("return log.closest('[aria-live]') === null && log.getAttribute('role') !== 'log'")


def test_a_new_chat_forgets_the_conversation(stub, shown, answer):
    shown.run("root.querySelector('footer button').click()")
    assert shown.run("return root.querySelectorAll('.turn').length") == 0
    shown.ask(QUESTION)
    assert stub.posted("/v1/chat")[1] == {"message": QUESTION}


def test_what_the_host_page_knows_travels_as_context(stub, browser, answer):
    stub.say(answer)
    browser.open(stub.url)
    browser.run("host.context = { venue: 'binance', mark_price: '58000' }")
    browser.ask(QUESTION)
    assert stub.posted("/v1/chat")[0]["context"] == {"venue": "binance", "mark_price": "58000"}


@pytest.mark.parametrize("suggestions", [[], None, "text", [None, {}, []]])
def test_without_suggestions_only_the_thumbs_stand_below_an_answer(stub, browser, answer, suggestions):
    stub.say(answer | {"suggestions": suggestions})
    browser.open(stub.url)
    browser.ask(QUESTION)
    assert browser.run("return [...root.querySelector('.after').childNodes].map((each) => each.className)") == [
        "thumbs"
    ]


def test_somebody_in_distress_is_not_asked_to_rate_the_answer(stub, browser, answer):
    stub.say(answer | {"intent": "distress"})
    browser.open(stub.url)
    browser.ask(QUESTION)
    assert browser.run(TEXTS, ".thumb") == []

from decimal import Decimal

import pytest

from assistant.answers.compose import compose
from assistant.articles import glossary, parse, tuning
from assistant.articles.search import Index
from assistant.resources import content
from assistant.values import AskFor, CallTool, Decline, Say


@pytest.fixture
def offered(shelf, result):
    def ask(**changes):
        made = result(**changes)
        call = CallTool(intent=made.tool, tool=made.tool, arguments=made.arguments)
        return compose((call,), (made,), shelf=shelf).suggestions

    return ask


def test_what_ifs_take_their_numbers_from_the_position(offered):
    assert offered() == ("And at 10x?", "What if I add 500 USDT?", "Same as a short?")


@pytest.mark.parametrize(("leverage", "half"), [("25", "12x"), ("100", "50x"), ("12.5", "6x"), ("4", "2x")])
def test_half_the_leverage_is_a_whole_number(offered, result, leverage, half):
    arguments = {**result().arguments, "leverage": Decimal(leverage)}
    assert offered(arguments=arguments)[0] == f"And at {half}?"


def test_a_low_leverage_is_not_halved(offered, result):
    arguments = {**result().arguments, "leverage": Decimal(3)}
    assert not [text for text in offered(arguments=arguments) if text.startswith("And at")]


def test_a_wanted_price_is_not_offered_for_the_other_side(offered, result):
    arguments = {**result().arguments, "target_liquidation_price": Decimal(50000)}
    assert "Same as a short?" not in offered(arguments=arguments)


def test_no_suggestion_has_an_unfilled_gap_or_comes_twice(shelf):
    for code in shelf.book.suggestions:
        known = {name: name.upper() for name in shelf.book.suggestions.gaps(code)}
        found = tuple(shelf.book.suggestions.all(code, known))
        assert len(set(found)) == len(found)
        assert not [text for text in found if "{" in text or len(text) > 90]


def test_several_gaps_are_answered_by_an_example(shelf):
    asked = AskFor(intent="liquidation_price", missing=("side", "entry_price"))
    assert compose((asked,), (), shelf=shelf).suggestions[0] == "Long BTC from 60,000 at 20x"


def test_refusals_and_greetings_offer_something_that_can_be_asked(shelf):
    for decision in (Decline(intent="advice_refusal", key="advice"), Say(intent="greeting", key="greeting")):
        assert 2 <= len(compose((decision,), (), shelf=shelf).suggestions) <= 3


def test_every_suggested_question_finds_an_article_that_answers_it(shelf):
    knowledge = content("knowledge")
    tuned = tuning.load(knowledge / "search.toml", "en")
    articles = parse.load(knowledge / "articles" / "en").values()
    index = Index(articles, glossary.load(knowledge / "glossary.toml").aliases, tuning=tuned)
    asked = {
        text
        for code in shelf.book.suggestions
        for text in shelf.book.suggestions.all(code, {})
        if text.startswith(("What is ", "What does ", "How do ", "How is ", "Can ", "Does ", "Isolated "))
    }
    assert len(asked) > 8
    for text in asked:
        assert index.search(text)[0].score >= tuned.thresholds.answer, text

import copy
import dataclasses
from pathlib import Path

import pytest

import assistant
from assistant.answers.compose import compose, problem
from assistant.answers.disclaimer import seal
from assistant.answers.model import Answer, Headline, SealedAnswer, Tone
from assistant.values import CallTool, Say, ShowArticle, Support

ANSWER = Answer(language="en", intent="greeting", blocks=(Headline(text="Hello"),))
PARTS = {"answer": ANSWER, "text": "Hello\n\nNot sealed.", "disclaimer": "Not sealed.", "versions": {}}


def test_nobody_else_makes_a_sealed_answer():
    with pytest.raises(TypeError):
        SealedAnswer(**PARTS)
    with pytest.raises(TypeError):
        SealedAnswer(**PARTS, key=object())
    with pytest.raises(TypeError):
        SealedAnswer(**PARTS, key=None)


def test_a_sealed_answer_cannot_be_changed(book):
    sealed = seal(ANSWER, book)
    with pytest.raises(dataclasses.FrozenInstanceError):
        sealed.text = "other"
    with pytest.raises((TypeError, ValueError)):
        dataclasses.replace(sealed, text="other")
    assert copy.copy(sealed) == sealed


def test_a_sealed_answer_has_no_other_kinds():
    with pytest.raises(TypeError):
        type("Open", (SealedAnswer,), {})


def test_only_the_seal_and_its_lock_know_the_key():
    files = Path(assistant.__file__).parent.rglob("*.py")
    assert {path.name for path in files if "_KEY" in path.read_text() and "model import _KEY" in path.read_text()} == {
        "disclaimer.py"
    }


def test_the_text_ends_with_the_disclaimer_as_a_paragraph_of_its_own(book):
    sealed = seal(ANSWER, book)
    assert sealed.text.split("\n\n")[-1] == sealed.disclaimer
    assert not set(sealed.disclaimer) & set("*_`>#[]")


@pytest.mark.parametrize("tone", Tone)
def test_every_english_disclaimer_says_that_it_is_not_financial_advice(book, tone):
    sealed = seal(dataclasses.replace(ANSWER, tone=tone), book)
    assert "not financial advice" in sealed.disclaimer
    assert "\n" not in sealed.disclaimer


def test_an_answer_article_result_distress_and_error_are_all_sealed_the_same_way(shelf, result):
    answers = [
        compose((Say(intent="greeting", key="greeting"),), (), shelf=shelf),
        compose((ShowArticle(article="first"),), (), shelf=shelf),
        compose((CallTool(intent="liquidation_price", tool="x", arguments={}),), (result(),), shelf=shelf),
        compose((Support(level="A"),), (), shelf=shelf),
        problem("not_found", shelf),
    ]
    for answer in answers:
        sealed = seal(answer, shelf.book)
        assert sealed.text.endswith(f"\n\n{sealed.disclaimer}")


def test_the_versions_name_program_prompts_and_rules(shelf, result):
    call = CallTool(intent="liquidation_price", tool="liquidation_price", arguments={})
    sealed = seal(compose((call,), (result(),), shelf=shelf), shelf.book)
    assert sealed.versions == {
        "assistant": assistant.__version__,
        "prompts/en": shelf.book.version,
        "binance_usdm": "2024-03-04",
    }

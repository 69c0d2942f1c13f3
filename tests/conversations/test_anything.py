"""Whatever is typed: an answer, sealed, in time that grows no faster than the text."""

import unicodedata
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.channels import widget
from assistant.dialogue.conversation import Conversation
from assistant.values import Message

AS_OF = date(2026, 11, 22)
DIGITS = [character for character in map(chr, range(0x110000)) if unicodedata.category(character) == "Nd"]
WORDS = st.sampled_from(
    [
        "long",
        "short",
        "btc",
        "eth",
        "20x",
        "x10",
        "60k",
        "$60,000",
        "entry",
        "margin",
        "liq",
        "stop",
        "risk",
        "2%",
        "-5%",
        "isolated",
        "cross",
        "binance",
        "bybit",
        "okx",
        "add",
        "remove",
        "wallet",
        "and",
        "or",
        "not",
        "what",
        "if",
        "why",
        "how",
        "max",
        "leverage",
        "survive",
        "compare",
        "0",
        "nan",
        "1e9",
        "0x",
        "1:10",
        "half",
        "?",
        ",",
        ".",
        ";",
        "(",
        ")",
        "[",
        "{",
        "<b>",
        "@here",
        "{{7*7}}",
        "½",
        "万",
        "∞",
    ]
)
MESSAGES = st.one_of(
    st.text(max_size=200),
    st.lists(WORDS, max_size=40).map(" ".join),
    st.lists(st.sampled_from(DIGITS), max_size=40).map("".join),
    st.text(alphabet="([{<\"'", max_size=2000),
    st.text(alphabet=st.characters(categories=["Cc", "Cf", "Mn", "So"]), max_size=200),
    st.text(alphabet="0123456789.,:'xk$%- ", max_size=200),
    st.builds(lambda piece, times: (piece * times)[:2000], st.text(min_size=1, max_size=20), st.integers(1, 200)),
)


@pytest.mark.slow
@settings(max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(message=MESSAGES.filter(lambda text: text.strip() != ""))
def test_every_message_gets_a_sealed_answer(message, assistant):
    plan = assistant.plan(Message(text=message.strip(), as_of=AS_OF), Conversation.new())
    sealed = assistant.answer(plan)
    payload = widget.payload(sealed, conversation_id="c", message_id="m")
    assert payload["text"].endswith(payload["disclaimer"])
    assert Conversation.from_json(plan.conversation.to_json()) == plan.conversation


@settings(max_examples=300, deadline=None)
@given(messages=st.lists(st.lists(WORDS, min_size=1, max_size=12).map(" ".join), min_size=2, max_size=5))
def test_every_conversation_holds_together(messages, assistant):
    conversation = Conversation.new()
    for message in messages:
        plan = assistant.plan(Message(text=message, as_of=AS_OF), conversation)
        sealed = assistant.answer(plan)
        conversation = plan.conversation
        figures = {figure.name for figure in sealed.answer.figures}
        if sealed.answer.missing or sealed.answer.intent in ("invalid_input", "distress"):
            assert not figures & {"liquidation_price", "new_liquidation_price"}

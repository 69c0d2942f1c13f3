"""The state between messages: copied, stored as text, the same on the way back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.dialogue.conversation import Conversation, Pending
from assistant.dialogue.ranges import Range

NUMBERS = st.decimals(allow_nan=False, allow_infinity=False)
VALUES = st.one_of(st.text(max_size=20), NUMBERS, st.lists(NUMBERS, max_size=4).map(tuple))
STATES = st.builds(
    Conversation,
    slots=st.dictionaries(st.text(max_size=10), VALUES, max_size=5),
    turns=st.dictionaries(st.text(max_size=10), st.integers(0, 99), max_size=5),
    turn=st.integers(0, 10**6),
    intent=st.none() | st.text(max_size=10),
    pending=st.none()
    | st.builds(Pending, intent=st.text(max_size=9), missing=st.lists(st.text(max_size=9)).map(tuple)),
    topic=st.none() | st.text(max_size=10),
    distress=st.none() | st.sampled_from("AB"),
    country=st.none() | st.sampled_from(["US", "IN"]),
)


@given(state=STATES)
def test_a_state_comes_back_as_it_was(state):
    assert Conversation.from_json(state.to_json()) == state


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"slots": 5}', "null", '{"slots": {}, "turns": {}}'])
def test_what_is_no_state_is_refused(text):
    with pytest.raises(ValueError):
        Conversation.from_json(text)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (Decimal(0), "not_positive"),
        (Decimal(-5), "not_positive"),
        (Decimal("Infinity"), "not_finite"),
        (Decimal("NaN"), "not_finite"),
        (Decimal(1001), "too_large"),
        (Decimal(1000), None),
        ((Decimal(10), Decimal(0)), "not_positive"),
    ],
)
def test_a_leverage_outside_its_range_has_a_reason(value, reason):
    assert Range(kind="number", above=Decimal(0), most=Decimal(1000)).breach(value) == reason

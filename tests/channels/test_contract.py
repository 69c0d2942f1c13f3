"""What holds for every channel: the disclaimer last, foreign text dead, the same numbers everywhere."""

import json
import re
from collections import Counter
from decimal import Decimal

import pytest

from assistant.channels import plain, widget

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def shown_blocks(sealed):
    """Every text a widget shows, in order."""

    def texts(value, key=""):
        if isinstance(value, str) and key not in ("type", "name", "value", "unit", "id"):
            yield value
        if isinstance(value, dict):
            for name, item in value.items():
                yield from texts(item, name)
        if isinstance(value, list):
            for item in value:
                yield from texts(item, key)

    blocks = [widget.block(block) for block in sealed.answer.blocks]
    return [*texts(blocks), sealed.disclaimer]


CHANNELS = {
    "plain": plain.text,
    "markdown": lambda sealed: sealed.text,
    "widget": lambda sealed: "\n".join(shown_blocks(sealed)),
}


@pytest.fixture(params=CHANNELS)
def channel(request):
    return CHANNELS[request.param]


def test_the_disclaimer_is_the_last_thing_said(answers, channel):
    for name, sealed in answers.items():
        shown = " ".join(channel(sealed).split())
        assert shown.endswith(sealed.disclaimer), name
        assert shown.count(sealed.disclaimer) == 1, name


def test_foreign_text_is_dead_everywhere(answers, channel):
    for name, sealed in answers.items():
        shown = channel(sealed)
        for live in ("<img", "onerror=", "@everyone", "{{", "javascript:", "evil.example", "\u202e", "\x00", "](j"):
            assert live not in shown, name
        assert not re.search(r"<[a-z]|\*\*b\*\*", shown), name


def test_foreign_text_is_dead_in_every_field_of_the_payload(answers):
    for name, sealed in answers.items():
        text = json.dumps(widget.payload(sealed, conversation_id="c", message_id="m"), ensure_ascii=False)
        for live in ("<img", "@everyone", "{{", "javascript:", "evil.example", "\u202e", "\\u0000"):
            assert live not in text, name


def numbers(text):
    """Numbers as they are shown, list numbers left out."""
    text = re.sub(r"(?m)^ *\d+\. ", "", text)
    return Counter(NUMBER.findall(text))


def test_every_channel_shows_the_same_numbers(answers):
    for name, sealed in answers.items():
        first, *others = (numbers(say(sealed)) for say in CHANNELS.values())
        for other in others:
            assert other == first, name


def test_a_terminal_line_fits_its_width_unless_it_cannot_be_broken(answers):
    for sealed in answers.values():
        for line in plain.text(sealed, width=60).splitlines():
            assert len(line) <= 60 or "  " in line or "://" in line or line.lstrip().startswith(("=", "1", "2"))


def test_a_terminal_sees_no_control_characters(answers):
    for sealed in answers.values():
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", plain.text(sealed))


def test_exact_values_stand_beside_the_rounded_ones(answers):
    body = widget.payload(answers["price"], conversation_id="c", message_id="m")
    assert body["figures"]["liquidation_price"] == {"value": "57228.91566", "unit": "USDT"}
    assert "57,228.92 USDT" in body["text"]


def test_no_number_of_a_payload_has_an_exponent(answers):
    for sealed in answers.values():
        body = widget.payload(sealed, conversation_id="c", message_id="m")
        for figure in body["figures"].values():
            assert re.fullmatch(r"-?\d+(\.\d+)?", figure["value"])
            assert Decimal(figure["value"]).is_finite()

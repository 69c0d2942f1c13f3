import re
from datetime import date

import pytest

from assistant.answers.compose import LEVELS, compose
from assistant.answers.disclaimer import seal
from assistant.answers.help_lines import HelpLines, Need
from assistant.errors import ContentError
from assistant.resources import content
from assistant.values import Support

FILE = content("knowledge") / "help_lines.toml"
LINES = HelpLines.read(FILE)
COUNTRIES = (None, "US", "CA", "GB", "AU", "IE", "DE", "ZZ")
EVERY = [(level.upper(), country) for level in LEVELS for country in COUNTRIES]


@pytest.fixture
def reply(shelf):
    def say(level, country):
        return seal(compose((Support(level=level, country=country),), (), shelf=shelf), shelf.book)

    return say


@pytest.mark.parametrize(("level", "country"), EVERY)
def test_a_reply_is_short_and_ends_gently(reply, level, country):
    sealed = reply(level, country)
    assert len(sealed.text.split()) <= 110
    assert sealed.disclaimer == reply("A", None).disclaimer
    assert len(sealed.disclaimer.split()) < 20


@pytest.mark.parametrize(("level", "country"), EVERY)
def test_a_reply_asks_about_the_person_and_names_somebody_to_call(reply, level, country):
    text = reply(level, country).text
    assert "Are you safe right now?" in text
    assert "emergency number" in text or re.search(r"please call \d{3}\b", text)
    assert "findahelpline.com" in text or re.search(r"call (or text )?[\d ]{3,}", text)


@pytest.mark.parametrize(("level", "country"), EVERY)
def test_a_reply_never_speaks_of_prices_or_hope_of_winning(reply, level, country):
    text = reply(level, country).text.lower()
    for word in ("price", "pnl", "liquidat", "leverage", "win it back", "recover", "market", "promise", "usdt", "%"):
        assert word not in text, word


@pytest.mark.parametrize("level", ["A", "B"])
def test_suicide_is_asked_about_plainly(reply, level):
    assert "Are you thinking about suicide" in reply(level, None).text


def test_a_known_country_gets_its_own_line_and_no_other(reply):
    text = reply("A", "AU").text
    assert "13 11 14" in text
    assert "988" not in text


def test_an_unknown_country_gets_the_directory_and_two_examples(reply):
    text = reply("A", None).text
    assert "findahelpline.com" in text
    assert "call or text 988" in text
    assert "116 123" in text


def test_debt_help_is_named_where_it_is_verified(reply):
    assert "0800 138 1111" in reply("C", "GB").text
    assert "debt advisers" in reply("C", "DE").text


def test_compulsive_trading_hears_of_cooling_off_and_self_exclusion(reply):
    text = reply("D", None).text
    assert "cooling-off" in text
    assert "self-exclusion" in text


@pytest.mark.parametrize(("level", "country"), EVERY)
def test_no_unverified_number_is_ever_shown(reply, level, country):
    text = reply(level, country).text
    unverified = {number for line in LINES.lines if not line.verified for number in (line.call, line.text) if number}
    verified = {number for line in LINES.lines if line.verified for number in (line.call, line.text) if number}
    for number in unverified - verified:
        assert number not in text
    for number in re.findall(r"(?:call|text) ([\d][\d -]*\d)", text):
        assert number in verified


def test_there_is_something_unverified_to_leave_out():
    assert {line.need for line in LINES.lines if not line.verified} >= {Need.GAMBLING}


def test_every_line_names_its_source_and_the_day_it_was_read():
    for line in LINES.lines:
        assert line.source.startswith("https://")
        assert line.checked_on <= date(2026, 11, 22)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('need = "crisis"', 'need = "cheer"'),
        ("\nverified = true", '\nverified = "yes"'),
        ("\nverified = true", "\nverified = true\nsure = 1"),
        ("checked_on = 2026-11-22", 'checked_on = "today"'),
        ('source = "https://', 'source = "http://'),
        ('web = "findahelpline.com"', ""),
    ],
)
def test_a_wrong_line_is_refused(tmp_path, old, new):
    path = tmp_path / "help_lines.toml"
    path.write_text(FILE.read_text().replace(old, new, 1))
    with pytest.raises(ContentError):
        HelpLines.read(path)

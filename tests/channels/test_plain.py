from datetime import date

from assistant.channels import plain


def test_a_line_becomes_a_message():
    message = plain.parse(" 20x long \n", as_of=date(2026, 11, 22), language="en")
    assert (message.text, message.as_of, message.language) == ("20x long", date(2026, 11, 22), "en")


def test_a_terminal_shows_the_headline_underlined_and_the_figures_in_columns(answers):
    lines = plain.text(answers["price"]).splitlines()
    assert lines[0] == "Estimated liquidation price: 57,228.92 USDT"
    assert lines[1] == "=" * len(lines[0])
    rows = [line for line in lines if line.endswith(("57,228.92 USDT", "-4.62%")) and "  " in line]
    assert len({len(row) for row in rows}) == 1


def test_a_terminal_shows_no_markup(answers):
    for sealed in answers.values():
        shown = plain.text(sealed)
        assert "**" not in shown
        assert "`" not in shown
        assert "](" not in shown


def test_a_long_line_is_broken_between_words(answers):
    lines = plain.text(answers["decline advice"], width=40).splitlines()
    assert max(map(len, lines[2:])) <= 40

import pytest

from assistant.answers.markup import bare, blocks
from assistant.answers.model import Bullets, Caveat, Headline, Paragraph, Table
from assistant.errors import ContentError


def test_lines_become_typed_blocks():
    text = """# Title

First line
second line.

- one
- two
> mind
> this
| a | b |
|---|---|
| 1 | 2 |
## Below
"""
    assert tuple(blocks(text)) == (
        Headline(text="Title"),
        Paragraph(text="First line second line."),
        Bullets(items=("one", "two")),
        Caveat(text="mind this"),
        Table(columns=("a", "b"), rows=(("1", "2"),)),
        Headline(text="Below", level=2),
    )


def test_an_empty_first_column_name_stays():
    (table,) = blocks("| | a |\n|---|---|\n| x | 1 |")
    assert table == Table(columns=("", "a"), rows=(("x", "1"),))


def test_a_directive_becomes_what_the_caller_makes_of_it():
    asked = []

    def insert(name, words):
        asked.append((name, words))
        return (Paragraph(text=name),)

    assert tuple(blocks("a\n:::figures x y\n:::steps", insert)) == (
        Paragraph(text="a"),
        Paragraph(text="figures"),
        Paragraph(text="steps"),
    )
    assert asked == [("figures", ("x", "y")), ("steps", ())]


def test_a_directive_where_nothing_can_be_shown_is_refused():
    with pytest.raises(ContentError):
        tuple(blocks(":::figures"))


def test_a_hash_or_minus_inside_a_line_is_text():
    assert tuple(blocks("-5% and #1\n#tag")) == (Paragraph(text="-5% and #1 #tag"),)


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("**bold** and *light*", "bold and light"),
        ("__bold__ and _light_", "bold and light"),
        ("`q (E - P)`", "q (E - P)"),
        ("[text](https://example.org/a_b)", "text"),
        ("liquidation_price and 2 * 3 * 4", "liquidation_price and 2 * 3 * 4"),
        (r"1 \* 2", "1 * 2"),
        ("snake_case_name", "snake_case_name"),
    ],
)
def test_inline_markdown_of_an_article_becomes_plain_words(marked, plain):
    assert bare(marked) == plain

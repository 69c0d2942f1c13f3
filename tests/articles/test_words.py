import pytest

from assistant.articles.vocabulary import Vocabulary
from assistant.articles.words import Aliases, split


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("What's MY Liq-Price?", ["whats", "my", "liq", "price"]),
        ("20x at 60,000 and 5 %", ["nx", "at", "and", "percent"]),
        ("x50, 12.5× or 3 x", ["nx", "nx", "or", "nx"]),
        ("ﬁne ＬＩＱ", ["fine", "liq"]),
        ("snake_case", ["snake", "case"]),
        ("from 91.2k to $1.5m in 4h", ["from", "to", "in"]),
    ],
)
def test_text_splits_into_plain_words(text: str, words: list[str]) -> None:
    assert split(text) == words


def test_the_longest_alias_is_spelt_out_once() -> None:
    aliases = Aliases({"liq": "liquidation", "liq level": "liquidation price", "liquidation": "wrong"})
    assert aliases.spell_out(["liq", "level", "or", "liq"]) == ["liquidation", "price", "or", "liquidation"]


def test_no_aliases_leave_words_alone() -> None:
    assert Aliases({}).spell_out(["liq"]) == ["liq"]


def test_an_alias_inside_a_word_is_left_alone() -> None:
    assert Aliases({"sl": "stop"}).spell_out(["slow"]) == ["slow"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("margni", "margin"),
        ("maintnance", "maintenance"),
        ("liquidaton", "liquidation"),
        ("mantenence", "maintenance"),
        ("margins", "margins"),
        ("morning", "morning"),
        ("mrgn", "mrgn"),
        ("argin", "argin"),
    ],
)
def test_slips_are_mended_and_other_words_left(typed: str, meant: str) -> None:
    assert Vocabulary(["margin", "maintenance", "liquidation", "marking"], "english").mend(typed) == meant

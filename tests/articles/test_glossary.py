from pathlib import Path

import pytest

from assistant.articles import glossary, tuning
from assistant.errors import ContentError
from assistant.resources import content

TERM = '[[terms]]\nterm = "cross"\nmeaning = "All."\nsynonyms = ["crossed"]\n'


def test_the_shipped_glossary_names_the_standard_terms() -> None:
    names = {term.term for term in glossary.load(content("knowledge") / "glossary.toml").terms}
    assert {"maintenance_margin_rate", "liquidation_price", "bankruptcy_price", "margin_ratio", "cross"} <= names


@pytest.mark.parametrize("alias", ["liq", "rekt", "mm", "mmr", "upnl", "pnl", "iso"])
def test_the_shipped_glossary_spells_out_what_people_type(alias: str) -> None:
    assert alias in glossary.load(content("knowledge") / "glossary.toml").aliases


@pytest.mark.parametrize(
    ("text", "line", "rule"),
    [
        (TERM + "[aliases]\n[words]\n", 6, "unknown key words"),
        (TERM + TERM + "[aliases]\n", 6, "stands there twice"),
        (TERM + TERM.replace('"cross"', '"linear"') + "[aliases]\n", 8, "is claimed by cross and linear"),
        (TERM + '[aliases]\n"Liq" = "liquidation"\n', 6, "an alias is lower case"),
        (TERM.replace("meaning", "sense") + "[aliases]\n", 3, "unknown key sense"),
        ("\n[aliases", 2, "Expected"),
    ],
)
def test_a_broken_glossary_is_refused(tmp_path: Path, text: str, line: int, rule: str) -> None:
    path = tmp_path / "glossary.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ContentError, match=rule) as raised:
        glossary.load(path)
    assert raised.value.data["line"] == line


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("filler = ", "padding = "),
        ("answer = ", "reply = "),
        ('stemmer = "english"', ""),
        ("title = 2.0", 'title = "two"'),
    ],
)
def test_broken_search_settings_are_refused(tmp_path: Path, old: str, new: str) -> None:
    shipped = (content("knowledge") / "search.toml").read_text("utf-8")
    assert old in shipped
    path = tmp_path / "search.toml"
    path.write_text(shipped.replace(old, new, 1), "utf-8")
    with pytest.raises(ContentError):
        tuning.load(path)


def test_a_language_without_search_settings_is_refused() -> None:
    with pytest.raises(ContentError, match="xx"):
        tuning.load(content("knowledge") / "search.toml", "xx")

"""House words, held over every file of English that answers are made from."""

import re
import tomllib

import pytest

from assistant.resources import content

ENGLISH = content("prompts") / "en"
OURS = (
    *sorted((ENGLISH / "answers").glob("*.j2")),
    *(ENGLISH / f"{name}.toml" for name in ("labels", "assumptions", "errors", "asks", "suggestions")),
    ENGLISH / "disclaimer.md",
)


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_nothing_is_promised_or_recommended(path):
    text = re.sub(r"\{%.*?%\}", "", path.read_text().lower())
    for word in (r"risk-free", r"guaranteed", r"you should", r"we recommend", r"i recommend", r"to the moon", r"!{2,}"):
        assert not re.search(word, text), word
    assert not re.search(r"\bsafe\b(?! right now)", text)


@pytest.mark.parametrize("path", [path for path in OURS if path.suffix == ".j2"], ids=lambda path: path.name)
def test_templates_hold_no_inline_markup(path):
    words = re.sub(r"\{[{%].*?[%}]\}", "", path.read_text())
    assert not re.search(r"\*\*|`|\]\(|<[a-z/]|__", words)


@pytest.mark.parametrize("path", [path for path in OURS if path.suffix == ".toml"], ids=lambda path: path.name)
def test_sentences_hold_no_markup(path):
    def texts(value):
        if isinstance(value, str):
            yield value
        for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            yield from texts(item)

    for text in texts(tomllib.loads(path.read_text())):
        assert not re.search(r"\*|`|\]\(|<|__|https?:", text), text
        assert "  " not in text

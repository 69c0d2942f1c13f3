"""Calls for help are heard in every wording we know; idioms of trading are not mistaken for them."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.dialogue import distress
from assistant.resources import content

DATA = Path(__file__).parent / "distress"
LINES = [
    (level, about, text)
    for path in sorted(DATA.glob("lines_*.toml"))
    for levels in tomllib.loads(path.read_text(encoding="utf-8")).values()
    for level, people in levels.items()
    for about, texts in people.items()
    for text in texts
]
IDIOMS = [
    text
    for path in sorted(DATA.glob("idioms_*.toml"))
    for text in tomllib.loads(path.read_text(encoding="utf-8"))["lines"]
]
DANGER = ("A", "B")


@pytest.mark.parametrize(("level", "about", "text"), LINES)
def test_a_call_for_help_is_heard(level, about, text, cries):
    found = distress.detect(text, cries)
    assert found is not None
    assert level not in DANGER or found.level in DANGER
    assert found.about == about


def test_the_level_is_nearly_always_exact(cries):
    found = [(level, distress.detect(text, cries)) for level, _, text in LINES]
    exact = [level for level, one in found if one is not None and one.level == level]
    assert len(exact) >= 0.98 * len(LINES)


@pytest.mark.parametrize("text", IDIOMS)
def test_an_idiom_or_an_ordinary_question_is_no_distress(text, cries):
    assert distress.detect(text, cries) is None


@pytest.mark.parametrize(
    "text",
    [
        "I WANT TO KILL MYSELF",
        "i want to kill myself!!!",
        "i.want.to.kill.myself",
        "iwanttokillmyself",
        "k i l l   m y s e l f",
        "k.i.l.l m.y.s.e.l.f",
        "i want to k1ll mys3lf",
        "i want to ki\u200bll my\u200bself",
        "i want to kіll mуself",
        "ｉ ｗａｎｔ ｔｏ ｋｉｌｌ ｍｙｓｅｌｆ",
        "i want to <b>kill</b> myself",
        "i really just want to fucking kill myself",
        "i want to killlll myselfffff",
        "i want to kil mysefl",
        "i don’t want to live, i want to kill myself",
        "long 0.5 btc at 60k 20x isolated, where is my liq? i want to kill myself",
        "i want\nto\nkill\nmyself",
    ],
)
def test_a_disguised_spelling_is_read(text, cries):
    found = distress.detect(text, cries)
    assert found is not None and found.level == "A"


@pytest.mark.parametrize("word", ["suicide", "myself", "hopeless", "anymore"])
def test_two_letters_swapped_are_read(word, cries):
    sentence = {
        "suicide": "i am thinking about {}",
        "myself": "i will kill {}",
        "hopeless": "i feel so {}",
        "anymore": "i dont want to live {}",
    }[word]
    for place in range(1, len(word) - 1):
        typed = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        found = distress.detect(sentence.format(typed), cries)
        assert found is not None and found.level in DANGER, typed


@pytest.mark.parametrize(
    ("text", "level", "about"),
    [
        ("can't stop trading and now i want to kill myself", "A", "self"),
        ("lost my savings, keep doubling down", "D", "self"),
        ("lost my mum's savings, i can't face her, and i keep doubling down", "C", "self"),
        ("my wife left me and i want to die", "B", "self"),
        ("my wife left and i want to die", "B", "self"),
        ("my brother wants to die and so do i, i want to die", "B", "self"),
        ("my brother is going to kill himself and i am crying all night", "A", "other"),
        ("he said i should kill myself and i think i will kill myself", "A", "self"),
        ("my friend told me she wants to die", "B", "other"),
        ("i dont want to die but i cant go on", "B", "self"),
    ],
)
def test_the_gravest_comes_first_and_the_writer_before_others(text, level, about, cries):
    found = distress.detect(text, cries)
    assert found is not None and (found.level, found.about) == (level, about)


@pytest.mark.parametrize("text", ["i'm not suicidal, just curious", "never going to kill myself over a trade lol"])
def test_what_is_denied_is_not_read_as_said(text, cries):
    assert distress.detect(text, cries) is None


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("i want to die, i'm in the UK", "GB"),
        ("from india, i want to die", "IN"),
        ("I live in Germany and want to kill myself", "DE"),
        ("i want to die. i am in the us", "US"),
        ("lost 30k us dollars, i want to die", None),
        ("it killed us, i want to die", None),
        ("quiero morir, estoy en argentina", "AR"),
        ("ich will sterben, ich bin aus österreich", "AT"),
        ("我在香港,不想活了", "HK"),
        ("死にたい。日本在住です", "JP"),
        ("я хочу умереть, я из украины", "UA"),
        ("i want to die", None),
        ("my name is Giovanni, i want to die", None),
        ("voglio morire", None),
    ],
)
def test_a_country_is_taken_only_from_what_is_said(text, country, cries):
    found = distress.detect(text, cries)
    assert found is not None and found.country == country


def test_what_was_typed_is_quoted(cries):
    found = distress.detect("hello. KILL  myself, that is all", cries)
    assert found is not None and found.matched == "KILL  myself"


@pytest.mark.parametrize("text", ["", " ", "?", "🙂", "\u200b", "😀" * 2000, "<a" * 1000, "'" * 2000])
def test_nothing_readable_is_no_distress(text, cries):
    assert distress.detect(text, cries) is None


PIECES = st.lists(st.sampled_from([word for _, _, text in LINES for word in text.split()]), max_size=60).map(" ".join)


@settings(max_examples=300)
@given(text=st.one_of(st.text(max_size=300), PIECES))
def test_any_text_is_read_and_what_is_found_stands_in_it(text, cries):
    found = distress.detect(text, cries)
    assert found is None or (found.matched and found.matched[0] in text and found.matched[-1] in text)


@settings(max_examples=100)
@given(before=st.sampled_from(IDIOMS), after=st.sampled_from(IDIOMS))
def test_a_cry_among_other_words_is_heard(before, after, cries):
    assert distress.detect(f"{before}. i want to kill myself. {after}", cries) is not None


def test_every_shipped_phrase_compiles():
    distress.load(content("prompts") / "distress").prepare()


@pytest.mark.slow
def test_the_same_is_found_under_every_hash_seed():
    code = (
        "import sys, pathlib; from assistant.dialogue import distress;"
        "from assistant.resources import content;"
        "phrases = distress.load(content('prompts') / 'distress');"
        "[print(distress.detect(line, phrases)) for line in sys.stdin.read().split('\\0')]"
    )
    said = "\0".join(text for _, _, text in LINES) + "\0" + "\0".join(IDIOMS)
    answers = {
        subprocess.run(
            [sys.executable, "-c", code],
            input=said.encode(),
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(answers) == 1

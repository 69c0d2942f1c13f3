"""The language patterns are written in, and what its reader refuses."""

import pytest

from assistant.dialogue import phrase_files
from assistant.dialogue.folding import words
from assistant.dialogue.phrases import Phrasebook
from assistant.errors import ContentError

TABLES = frozenset({"look", "idioms"})


@pytest.fixture
def book(tmp_path):
    """A phrasebook of one file with the given content."""

    def write(text, name="xx.toml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        made = Phrasebook([phrase_files.read(path, tables=TABLES)])
        made.prepare()
        return made

    return write


def quotes(book, text):
    findings = book.find(words(text))
    return [findings.quote(found) for found in findings.found]


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("red apple", "a Red, APPLE!", ["Red, APPLE"]),
        ("red apple", "red green apple", []),
        ("red .. apple", "red and very green apple", ["red and very green apple"]),
        ("red .. apple", "red one two three four apple", []),
        ("red ..1 apple", "red one apple", ["red one apple"]),
        ("red ..1 apple", "red one two apple", []),
        ("red ..2 apple", "red one two apple", ["red one two apple"]),
        ("red ..2 apple", "red one. Two apple", []),
        ("(red|dark green) apple", "dark green apple, red apple", ["dark green apple", "red apple"]),
        ("a (red|) apple", "a apple", ["a apple"]),
        ("a (red|) apple", "a red apple", ["a red apple"]),
        ("(eat (an|the) apple|starve)", "eat the apple", ["eat the apple"]),
        ("appl*", "applesauce", ["applesauce"]),
        ("appl*", "app", []),
        ("<number> apples", "20x apples", ["20x apples"]),
        ("<number> apples", "many apples", []),
        ("<fruit> pie", "pear pie", ["pear pie"]),
        ("<fruit> pie", "plum pie", ["plum pie"]),
        ("^ apple $", "apple?", ["apple"]),
        ("^ apple $", "an apple", []),
        ("^ apple", "apple here", ["apple"]),
        ("red & apple", "an apple that was in no way red", ["apple that was in no way red"]),
        ("don't", "i dont, i don’t, I DON'T", ["dont", "don’t", "DON'T"]),
        ("crème", "creme", ["creme"]),
        ("=từ", "từ", ["từ"]),
        ("=từ", "tư tu tử", []),
    ],
)
def test_a_pattern_finds_what_it_says(pattern, text, found, book):
    made = book(f"[groups]\nfruit = 'apple, pear, <other>'\nother = 'plum'\n[look]\nit = '''{pattern}'''\n")
    assert quotes(made, text) == found


@pytest.mark.parametrize(
    ("pattern", "text", "found"), [("红苹果", "一个红苹果", ["红苹果"]), ("红 .. 果", "红的苹果", ["红的苹果"])]
)
def test_an_east_asian_character_counts_as_a_word(pattern, text, found, book):
    assert quotes(book(f"script = 'East Asian'\n[look]\nit = '{pattern}'\n"), text) == found


def test_an_idiom_hides_the_words_it_covers(book):
    made = book("[look]\nit = 'kill'\n[idioms]\nphrases = 'kill the order'\n")
    assert quotes(made, "kill the order") == []
    assert quotes(made, "kill the order, then kill it") == ["kill"]


def test_a_longer_pattern_is_not_hidden_by_a_shorter_idiom(book):
    made = book("[look]\nit = 'do not kill but'\n[idioms]\nphrases = 'do not kill'\n")
    assert quotes(made, "do not kill but") == ["do not kill but"]


def test_fillers_may_stand_inside_a_phrase(book):
    made = book("[look]\nit = 'red apple'\n[spelling]\nfillers = 'very, big'\n")
    assert quotes(made, "red very big apple") == ["red very big apple"]


@pytest.mark.parametrize(
    "typed", ["aplpes", "appless", "apples", "applees", "aples", "4pples", "appppples", "a p p l e s"]
)
def test_a_word_worth_repairing_is_repaired_at_one_letter(typed, book):
    made = book("[look]\nit = 'red apples'\n[spelling]\nrepair = 'apples'\n")
    assert quotes(made, f"red {typed}") == [f"red {typed}"]


def test_glued_words_are_taken_apart(book):
    made = book("[look]\nit = 'eat my apple'\n[spelling]\nglue = 'apple'\npieces = 'eat, my, apple'\n")
    assert quotes(made, "now eatmyapple please") == ["eatmyapple"]


def test_a_prefix_written_together_is_read(book):
    made = book("script = 'Arabic'\n[look]\nit = 'موت'\n[spelling]\nprefixes = 'و'\n")
    assert quotes(made, "وموت") == ["وموت"]


def test_a_script_is_looked_for_only_where_its_letters_stand(book):
    made = book("script = 'Cyrillic'\n[look]\nit = 'яблоко'\n")
    assert quotes(made, "красное яблоко") == ["яблоко"]
    assert quotes(made, "red apple") == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[look]\nit = '''a'''\n[more]\nx = 'y'\n", 3),
        ("[look]\nit = 5\n", 2),
        ("[spelling]\nmend = 'x'\n", 2),
        ("script = 'Runic'\n", 1),
        ("[look]\nit = '''good\n<nothing> here'''\n", 3),
        ("[look]\nit = '''good\n(a|b'''\n", 3),
        ("[look]\nit = '''good\n..4'''\n", 3),
        ("[look]\nit = '''good\n(|) '''\n", 3),
        ("[look]\nit = '''good\n?!'''\n", 3),
        ("[groups]\na = '<b>'\nb = '<a>'\n[look]\nit = '<a> x'\n", 3),
        ("script = 'Cyrillic'\n[look]\nit = '''apple'''\n", 3),
        ("[look\n", 1),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(text, line, book):
    with pytest.raises(ContentError) as caught:
        book(text)
    assert str(caught.value.data["file"]).endswith("xx.toml")
    assert caught.value.data["line"] == line
    assert caught.value.data["rule"]

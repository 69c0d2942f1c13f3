"""The words of a message in one plain spelling: lower case, no accents, East Asian characters one by one."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_EAST_ASIAN = "\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9f"
_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963"
_LETTER = rf"[^\W_{_EAST_ASIAN}]"
_SCAN = re.compile(
    rf"""
    (?P<word>{_LETTER}(?:{_LETTER}|[{_MARKS}]|['’‘`´ʼ＇@$!*](?={_LETTER}))*)
  | (?P<sign>[{_EAST_ASIAN}])
  | (?P<stop>[.!?…;\n。！？؟।]+)
    """,
    re.VERBOSE,
)
_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_ACCENTS = re.compile("[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670]")
_COMPATIBLE = "\uf900"
"""From here on East Asian characters have a plain form elsewhere."""
_APOSTROPHES = re.compile("['’‘`´ʼ＇]")
_INDIC = re.compile("[\u0900-\u097f]")
_LOOKALIKES = str.maketrans("аеорсухікмтвнј", "aeopcyxikmtbhj")
_LATIN = re.compile("[a-z]")
_CYRILLIC = re.compile("[а-яіј]")
_LETTERS = str.maketrans({
    "ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ə": "e", "\u0640": None,
    "ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "\u093c": None, "ँ": "ं",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, with the place of each in it; the lists run in step."""

    text: str
    """What the places point into: the message without invisible characters."""
    forms: list[str]
    accented: list[str]
    """The word with its accents, in lower case behind a =; empty where it has none."""
    starts: list[int]
    ends: list[int]
    opens: list[bool]
    """Whether a sentence ended just before the word."""


@lru_cache(maxsize=1)  # calls for help and boundaries read the same message one after the other
def words(text: str) -> Words:
    """The words of a message; linear in its length."""
    if not text.isascii() and _INVISIBLE.search(text):
        text = _INVISIBLE.sub("", text)
    scanned = _TAG.sub(lambda found: " " * len(found[0]), text) if "<" in text else text
    forms: list[str] = []
    accents: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    opens: list[bool] = []
    stopped = False
    for found in _SCAN.finditer(scanned):
        kind = found.lastgroup
        if kind == "stop":
            stopped = True
            continue
        piece = found[0]
        if kind == "sign":
            form = piece if piece < _COMPATIBLE else unicodedata.normalize("NFKC", piece)
        else:
            form = plain(piece)
        if not form:
            continue
        forms.append(form)
        accents.append("" if kind == "sign" or piece.isascii() else accented(piece))
        starts.append(found.start())
        ends.append(found.end())
        opens.append(stopped)
        stopped = False
    return Words(text, forms, accents, starts, ends, opens)


def accented(word: str) -> str:
    """One word in lower case with its accents, behind a =."""
    return "=" + unicodedata.normalize("NFC", word.lower())


def plain(word: str) -> str:
    """One word in lower case without accents and apostrophes; Cyrillic letters posing as Latin ones become Latin."""
    if word.isascii():
        word = word.lower()
        return word.replace("'", "").replace("`", "") if "'" in word or "`" in word else word
    word = unicodedata.normalize("NFKC", _APOSTROPHES.sub("", word)).casefold()
    if _INDIC.search(word):
        return word.translate(_LETTERS)
    word = _ACCENTS.sub("", unicodedata.normalize("NFKD", word)).translate(_LETTERS)
    if not word.isascii() and _LATIN.search(word) and _CYRILLIC.search(word):
        word = word.translate(_LOOKALIKES)
    return word

"""Which language a message is written in: by script first, then by its function words."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.tables import Table
from assistant.understanding.tokens import Token

_SCRIPTS = ("HIRAGANA", "KATAKANA", "HANGUL", "CJK", "CYRILLIC", "ARABIC", "DEVANAGARI", "HEBREW", "THAI", "GREEK")


@dataclass(frozen=True, slots=True)
class Languages:
    """What tells languages apart; prompts/languages.toml."""

    scripts: Mapping[str, str]
    """Unicode script name -> language."""
    words: Mapping[str, str]
    """A function word of exactly one language -> that language."""
    letters: Mapping[str, str]


def load_languages(path: Path) -> Languages:
    """The tables of prompts/languages.toml; a word two languages share tells nothing and is left out."""
    top = Table.read(path).only(("scripts", "letters", "words"))
    seen: dict[str, set[str]] = {}
    for language, words in top.table("words").words().items():
        for word in words.split():
            seen.setdefault(word, set()).add(language)
    return Languages(
        top.table("scripts").only((), _SCRIPTS).words(),
        {word: next(iter(languages)) for word, languages in seen.items() if len(languages) == 1},
        {letter: language for language, letters in top.table("letters").words().items() for letter in letters},
    )


def detect(tokens: tuple[Token, ...], languages: Languages, known: frozenset[str], hint: str) -> str:
    """The language of a message; the hint where nothing speaks against it."""
    votes: dict[str, int] = {}
    familiar = 0
    for token in tokens:
        if token.kind != "word":
            continue
        word = token.text
        if not word.isascii():
            language = _by_script(word, languages) or _by_letter(word, languages)
            if language is not None:
                votes[language] = votes.get(language, 0) + 2
                continue
        language = languages.words.get(word)
        if language is not None and word not in known:
            votes[language] = votes.get(language, 0) + 1
        elif word in known:
            familiar += 1
    if not votes:
        return hint
    language, weight = max(votes.items(), key=lambda vote: (vote[1], vote[0]))
    if language == "zh" and "ja" in votes:
        language = "ja"
    return language if weight > familiar // 3 else hint


def _by_script(word: str, languages: Languages) -> str | None:
    """The language of the first letter that belongs to a script of its own."""
    for character in word:
        if not character.isascii():
            name = unicodedata.name(character, "")
            for script in _SCRIPTS:
                if name.startswith(script):
                    return languages.scripts.get(script)
    return None


def _by_letter(word: str, languages: Languages) -> str | None:
    """The language whose own letter the word has."""
    return next((languages.letters[character] for character in word if character in languages.letters), None)

"""Repairs misspelt keywords: one edit in short words, two in long ones, never a word that exists."""

import re
from dataclasses import replace
from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from assistant.understanding.tokens import Token
from assistant.understanding.vocabulary import Vocabulary

_GLUED = re.compile(r"([a-z]{2,12})(\d{1,12})")
_MOST_REPAIRS = 40
"""Unknown words looked at in one message: bounds the time of nonsense."""


def repair(tokens: tuple[Token, ...], vocabulary: Vocabulary) -> tuple[Token, ...]:
    """The tokens with unknown words replaced by the one keyword they are close to; the rest as they were."""
    repaired: list[Token] = []
    tried = 0
    for token in (piece for whole in tokens for piece in _split(whole, vocabulary)):
        word = token.text
        if (
            tried < _MOST_REPAIRS
            and token.kind == "word"
            and 4 <= len(word) <= 20
            and "'" not in word
            and not vocabulary.knows(word)
        ):
            tried += 1
            word = _nearest(word, vocabulary.keywords) or word
        elif token.kind == "word" and "'" in word and word not in vocabulary.book.words:
            word = word.replace("'", "") if word.endswith("'t") else word.split("'")[0]
        repaired.append(token if word == token.text else replace(token, text=word))
    return tuple(repaired)


def _split(token: Token, vocabulary: Vocabulary) -> tuple[Token, ...]:
    """A known word with a number glued to its end as two tokens: lev30."""
    found = _GLUED.fullmatch(token.text) if token.kind == "word" else None
    if found is None or token.text in vocabulary.names.coins or found[1] not in vocabulary.book.words:
        return (token,)
    middle = token.start + len(found[1])
    return (
        Token("word", found[1], token.start, middle, token.glued),
        Token("number", found[2], middle, token.end, False),
    )


@lru_cache(maxsize=4096)
def _nearest(word: str, keywords: tuple[str, ...]) -> str | None:
    """The keyword within one edit (two from eight letters on) that begins alike, or None."""
    best = extractOne(word, keywords, scorer=OSA.distance, score_cutoff=2 if len(word) >= 8 else 1)
    if best is None:
        return None
    keyword, distance = best[0], best[1]
    swapped = keyword[:2] == word[1::-1]
    return str(keyword) if keyword[0] == word[0] or (swapped and distance == 1) else None

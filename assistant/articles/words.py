"""The words of a text as search reads them: lower case, leverage and percent signs as words, short forms spelt out."""

import re
import unicodedata
from collections.abc import Mapping

_LEVERAGE = re.compile(r"\b(?:\d+(?:[.,]\d+)? ?[x×]|[x×] ?\d+)(?!\w)")
_APOSTROPHE = re.compile(r"(?<=\w)['’`](?=\w)")
_WORD = re.compile(r"[^\W_]+")


def split(text: str) -> list[str]:
    """The words in order, repetitions kept; numbers are left out, a leverage reads as `nx`, % as `percent`."""
    plain = _APOSTROPHE.sub("", unicodedata.normalize("NFKC", text).casefold())
    words = _WORD.findall(_LEVERAGE.sub(" nx ", plain).replace("%", " percent "))
    return [word for word in words if not word[0].isdigit()]


class Aliases:
    """What people type for short, and the words that stand for it in the index."""

    def __init__(self, aliases: Mapping[str, str]) -> None:
        self._meanings = {" ".join(split(alias)): " ".join(split(meaning)) for alias, meaning in aliases.items()}
        longest_first = sorted(self._meanings, key=lambda alias: (-len(alias), alias))
        self._any = re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b") if aliases else None
        self.words = frozenset(word for alias in self._meanings for word in alias.split())
        """Every word an alias is made of; none of them is a typing slip."""

    def spell_out(self, words: list[str]) -> list[str]:
        """The same words with every alias replaced once, the longest first."""
        if self._any is None:
            return words
        return self._any.sub(lambda match: self._meanings[match[0]], " ".join(words)).split()

"""Words, numbers and marks of a folded message, in order."""

import re
from dataclasses import dataclass

from assistant.understanding.text import Text

_NUMBER = r"""
    \d{1,3}(?:,\d{3})+(?![\d,])(?:\.\d+)?        # 48,250.75
  | \d{1,3}(?:\.\d{3})+,\d+                      # 48.250,75
  | \d{1,3}(?:\.\d{3}){2,}(?![\d.])              # 1.250.000
  | \d{1,3}(?:'\d{3})+(?:\.\d+)?                 # 48'250.75
  | \d{1,3}(?:[ ]\d{3})+,\d+                     # 48 250,75
  | \d{1,3}(?:[ ]\d{3})*[ ]000(?![\d.,])         # 48 000
  | \d+(?:[.,]\d+)?
  | [.,]\d+
"""
_SCAN = re.compile(
    rf"""
    (?P<date>\b\d{{4}}-\d{{2}}-\d{{2}}\b)
  | (?P<times>\bx[ ]?(?=\d))                                      # x20
  | (?P<ratio>(?<![\w.,:])(?:\d{{1,4}}\s?:\s?1|1\s?:\s?\d{{1,4}})(?![\w.,:]))    # 10:1 and 1:10
  | (?P<number>
      (?P<sign>(?<![\w)\]%])[-+](?=[$€£¥₺]?\s?[\d.]))?
      (?P<money>(?<![\w])(?:us)?[$€£¥₺]\s?)?
      (?:(?<![\w])|(?<=\bx))(?:{_NUMBER})
      (?P<exponent>e[+-]?\d{{1,3}}(?![^\W_]))?)
  | (?P<word>[^\W\d_][^\W_]*(?:'[^\W\d_]+)*)
  | (?P<mark>[^\s\w]|_)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number, date, ratio or mark."""

    kind: str
    """word | number | times (the x before a number) | ratio | date | mark"""
    text: str
    start: int
    end: int
    glued: bool
    """Whether it follows the token before it without a space."""


def tokenise(text: Text) -> tuple[Token, ...]:
    """The tokens of a message, left to right; linear in its length."""
    tokens: list[Token] = []
    end = -1
    for found in _SCAN.finditer(text.folded):
        kind = found.lastgroup or "mark"
        if kind in ("sign", "money", "exponent"):
            kind = "number"
        tokens.append(Token(kind, found[0], found.start(), found.end(), found.start() == end))
        end = found.end()
    return tuple(tokens)

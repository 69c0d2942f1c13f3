"""A message made readable for the rules: folded characters, tokens, and where each stood in what was typed."""

import re
import unicodedata
from dataclasses import dataclass

_FOLD = {
    "‘": "'", "’": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"',
    "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "×": "x", "✕": "x", "✖": "x",
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u3000": " ", "，": ",", "：": ":", "？": "?", "！": "!",
    "\t": " ", "\n": "\n", "\r": " ",
}  # fmt: skip
_TAG = re.compile(r"<[^<>]{1,300}>")
_LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Text:
    """What was typed, and the same folded to plain lower case, with the place of every character."""

    raw: str
    folded: str
    places: tuple[int, ...] | None
    """Index into `raw` of every folded character; None where both run in step."""

    def place(self, index: int) -> int:
        """The index in `raw` of a folded index; the end maps to the end."""
        if self.places is None:
            return index
        return self.places[index] if index < len(self.places) else len(self.raw)


def fold(raw: str) -> Text:
    """The message in NFKC lower case: ASCII digits for those of every script, plain quotes, markup and links blank."""
    if raw.isascii():
        folded, places = raw.lower(), None
        if "<" in folded or "://" in folded or "\t" in folded or "\r" in folded or "`" in folded:
            folded = folded.replace("\t", " ").replace("\r", " ").replace("`", "'")
    else:
        characters: list[str] = []
        origins: list[int] = []
        for index, character in enumerate(raw):
            for piece in _piece(character):
                characters.append(piece)
                origins.append(index)
        folded, places = "".join(characters), tuple(origins)
    folded = "".join(c if c.isprintable() or c == "\n" else " " for c in folded) if not folded.isprintable() else folded
    folded = _blank(_LINK, _blank(_TAG, folded))
    return Text(raw, folded, places)


def _blank(pattern: re.Pattern[str], text: str) -> str:
    """The text with every match replaced by as many spaces."""
    return pattern.sub(lambda found: " " * len(found[0]), text)


def _piece(character: str) -> str:
    """What one typed character reads as: nothing for invisible ones, one ASCII digit for a digit of any script."""
    known = _FOLD.get(character)
    if known is not None:
        return known
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if unicodedata.category(character) in ("Cf", "Mn"):
        return ""
    return unicodedata.normalize("NFKC", character).lower()

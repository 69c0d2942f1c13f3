"""A message as a tree of words sees it: spelling mended, single letters joined, words that do not count marked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.dialogue.folding import Words, words
from assistant.dialogue.phrase_files import PhraseFile, phrases
from assistant.dialogue.spelling import Spelling
from assistant.dialogue.word_tree import END, NUMBER, START, WordTree

_SENTENCE = 2
"""How many words the end of a sentence counts for between the words of a gap."""
_FEWEST_LETTERS = 3
_REMEMBERED = 4096
"""Words whose reading is kept: most words of a message were in one before."""


@dataclass(frozen=True, slots=True)
class Line:
    """The words of a message between a mark for the beginning and one for the end; the lists run in step."""

    symbols: list[tuple[str, ...]]
    """What the tree may know each as: itself, stems it begins with, a number."""
    fillers: list[bool]
    """Whether a phrase may skip it."""
    origins: list[int]
    """Index of the typed word each came from, the first where single letters were joined."""
    lasts: list[int]
    """Index of the last typed word each came from."""
    places: list[int]
    """Words that count, before each; one more entry for the end."""

    def typed(self, first: int, last: int) -> tuple[int, int]:
        """The span of typed words that a span of entries comes from."""
        return self.origins[first], self.lasts[last - 1] + 1


class LineReader:
    """Reads messages as one tree of words and the spelling lists of its files want them."""

    __slots__ = ("_fillers", "_known", "_prefixes", "_remembered", "_spelling", "_stem_lengths", "_stems")

    def __init__(self, files: Iterable[PhraseFile], tree: WordTree) -> None:
        files = tuple(files)
        self._fillers = frozenset(_listed(files, "fillers"))
        self._known = tree.words | self._fillers
        self._prefixes = tuple(_listed(files, "prefixes"))
        self._stems = {stem: f"{stem}*" for stem in tree.stems}
        self._stem_lengths = sorted({len(stem) for stem in tree.stems})
        self._spelling = Spelling(
            known=self._known,
            repair=_listed(files, "repair"),
            glue=_listed(files, "glue"),
            pieces=_listed(files, "pieces"),
        )
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._read)

    def read(self, typed: Words) -> Line:
        """The line of a message; linear in its length."""
        symbols: list[tuple[str, ...]] = [(START,)]
        fillers, origins, lasts, places = [False], [0], [0], [0]
        place = 1
        for index, last, form, known in self._mended(typed.forms):
            accented = typed.accented[index]
            filler = form in self._fillers
            if typed.opens[index] and origins[-1] != index:
                place += _SENTENCE
            symbols.append((*known, accented) if accented in self._known else known)
            fillers.append(filler)
            origins.append(index)
            lasts.append(last)
            places.append(place)
            place += not filler
        symbols.append((END,))
        fillers.append(False)
        origins.append(max(len(typed.forms) - 1, 0))
        lasts.append(origins[-1])
        places += [place, place + 1]
        return Line(symbols, fillers, origins, lasts, places)

    def _mended(self, forms: list[str]) -> Iterator[tuple[int, int, str, tuple[str, ...]]]:
        """First and last index, spelling and symbols of every word."""
        index, count = 0, len(forms)
        while index < count:
            last = index
            if len(forms[index]) == 1 and not forms[index].isascii():
                yield index, index, forms[index], self._symbols(forms[index])
                index += 1
                continue
            while last < count and len(forms[last]) == 1 and forms[last].isascii():
                last += 1
            joined = self._spelling.join("".join(forms[index:last])) if last - index >= _FEWEST_LETTERS else None
            if joined:
                yield from ((index, last - 1, piece, self._symbols(piece)) for piece in joined)
            else:
                last = max(last, index + 1)
                for single in range(index, last):
                    yield from ((single, single, form, known) for form, known in self._remembered(forms[single]))
            index = last

    def _read(self, form: str) -> list[tuple[str, tuple[str, ...]]]:
        """The words one typed word stands for, with their symbols."""
        known = self._symbols(form)
        if len(form) == 1 or form in self._fillers or (known and known != (NUMBER,)):
            return [(form, known)]
        if form.startswith(self._prefixes):
            rests = (form[len(prefix) :] for prefix in self._prefixes if form.startswith(prefix))
            rest = next(filter(None, map(self._symbols, filter(None, rests))), None)
            if rest:
                return [(form, rest)]
        if form.isdigit():
            return [(form, known)]
        return [(piece, self._symbols(piece)) for piece in self._spelling.read(form)]

    def _symbols(self, form: str) -> tuple[str, ...]:
        """What the tree may know a word as."""
        if len(form) == 1:
            return (form,) if form in self._known else (NUMBER,) if form.isdigit() else ()
        found = [self._stems[form[:length]] for length in self._stem_lengths if form[:length] in self._stems]
        if form in self._known:
            found.append(form)
        if form[0].isdigit():
            found.append(NUMBER)
        return tuple(found)


def _listed(files: Iterable[PhraseFile], key: str) -> list[str]:
    """The words of one spelling list of all files."""
    return [form for file in files for word in phrases(file.spelling.get(key, "")) for form in words(word).forms]

"""TOML text read strictly: decimals exactly, a mistake as ContentError with its line."""

import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from assistant.errors import ContentError

Toml = Mapping[str, object]

_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def read(text: str, path: Path, *, above: int = 0) -> dict[str, Any]:
    """The tables of a text that stands in `path` below so many other lines."""
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as problem:
        place = _PLACE.search(str(problem))
        line = int(place[1]) if place and place[1] else text.count("\n") + 1
        raise ContentError(file=str(path), line=line + above, rule=_PLACE.sub("", str(problem))) from problem


def line_of(text: str, *words: str) -> int:
    """The number of the first line that holds all the words; 0 where none does, or no word is given."""
    wanted = [word for word in words if word]
    lines = enumerate(text.split("\n"), 1)
    return next((number for number, line in lines if wanted and all(word in line for word in wanted)), 0)

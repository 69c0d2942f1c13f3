"""One language's words: templates, labels and sentences of prompts/<language>/, checked when they are opened."""

import hashlib
import re
from collections.abc import Iterable, Mapping, MutableMapping
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    nodes,
)

from assistant.answers.labels import Labels
from assistant.answers.model import Tone
from assistant.answers.sentences import Sentences
from assistant.errors import ContentError
from assistant.tables import Table, text_of

_ENDING = ".md.j2"
_ARITHMETIC = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow, nodes.Neg, nodes.Pos)
_TAGS = re.compile(r"\{[{%][-+]?(.*?)[-+]?[%}]\}", re.DOTALL)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_SIGNS = re.compile(r"[-+*/%]")
_FILTERS = ("join", "default", "length")
_TESTS = ("defined", "undefined", "in", "eq", "ne", "none", "true", "false")


class Book:
    """Everything one language says. Templates are compiled at first use, or all at once by `compile`."""

    def __init__(self, directory: Path) -> None:
        """ContentError (file, line, rule) for whatever is wrong with tables; templates speak up when compiled."""
        self.language = directory.name
        self._directory = directory
        self.labels = Labels.read(directory / "labels.toml")
        self.assumptions = Sentences.of(Table.read(directory / "assumptions.toml"))
        self.errors = Sentences.of(Table.read(directory / "errors.toml"))
        self.asks = Sentences.of(Table.read(directory / "asks.toml").only(("question", "example")))
        self.suggestions = Sentences.of(Table.read(directory / "suggestions.toml"))
        self.disclaimers: Mapping[Tone, str] = _disclaimers(directory / "disclaimer.md")
        self._environment = Environment(
            loader=_Folder(directory / "answers"),
            undefined=StrictUndefined,
            autoescape=False,  # output is data for typed blocks, never HTML
            optimized=False,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )
        self._environment.globals.clear()
        for kept, known in ((_FILTERS, self._environment.filters), (_TESTS, self._environment.tests)):
            for name in known.keys() - set(kept):
                del known[name]
        self._environment.filters["start"] = start

    @property
    def templates(self) -> tuple[str, ...]:
        """Names of all templates, without their ending, sorted."""
        names = (path.name.removesuffix(_ENDING) for path in (self._directory / "answers").glob(f"*{_ENDING}"))
        return tuple(sorted(names))

    def compile(self, needed: Iterable[str] = ()) -> Self:
        """Itself, with every template compiled; ContentError for a wrong one, or where a needed one is missing."""
        for name in sorted({*needed, *self.templates}):
            self._template(name)
        return self

    def render(self, name: str, context: Mapping[str, object]) -> str:
        """The text of one template; ContentError where it is missing, wrong or names what is not there."""
        try:
            return self._template(name).render(context)
        except TemplateError as problem:
            raise ContentError(file=self._file(name + _ENDING), line=0, rule=str(problem.message)) from problem

    def _template(self, name: str) -> Template:
        try:
            return self._environment.get_template(name + _ENDING)
        except TemplateNotFound as problem:
            raise ContentError(file=self._file(f"{problem.name}"), line=0, rule="this template is missing") from problem

    def _file(self, name: str) -> str:
        return str(self._directory / "answers" / name)

    @cached_property
    def version(self) -> str:
        """Twelve hexadecimal digits that change with every change of this language's files."""
        digest = hashlib.sha256()
        for path in sorted(self._directory.rglob("*")):
            if path.suffix in (".toml", ".md", ".j2"):
                digest.update(path.relative_to(self._directory).as_posix().encode() + b"\0" + path.read_bytes())
        return digest.hexdigest()[:12]


def start(text: str) -> str:
    """The same text with a capital first letter."""
    return text[:1].upper() + text[1:]


class _Folder(BaseLoader):
    """Templates of one directory; arithmetic in one is refused."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def load(self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None) -> Template:  # noqa: A002
        path = self._directory / name
        try:
            source = path.read_text(encoding="utf-8")
        except OSError as problem:
            raise TemplateNotFound(name) from problem
        try:
            tree = environment.parse(source, name, str(path))
            for node in tree.find_all(_ARITHMETIC) if _reckons(source) else ():
                raise ContentError(file=str(path), line=node.lineno, rule="templates hold no arithmetic")
            code = environment.compile(tree, name, str(path))
        except TemplateSyntaxError as problem:
            raise ContentError(file=str(path), line=problem.lineno, rule=str(problem.message)) from problem
        return Template.from_code(environment, code, globals or {})


def _reckons(source: str) -> bool:
    """Whether a sign of arithmetic stands in a tag outside quotes: a cheap look before the tree is searched."""
    return any(_SIGNS.search(_QUOTED.sub("", tag)) for tag in _TAGS.findall(source))


def _disclaimers(path: Path) -> Mapping[Tone, str]:
    """The sections `# plain` and `# gentle`, one paragraph each."""
    found: dict[str, str] = {}
    for section in text_of(path).split("# ")[1:]:
        name, _, text = section.partition("\n")
        found[name.strip()] = " ".join(text.split())
    if found.keys() != set(Tone) or not all(found.values()):
        rule = f"one paragraph each is needed under # {' and # '.join(Tone)}"
        raise ContentError(file=str(path), line=1, rule=rule)
    return {tone: found[tone] for tone in Tone}

"""What an article may claim: numbers that rest on its facts, derivations that come out, and no promise."""

import ast
import operator
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from assistant.articles.markdown import prose
from assistant.articles.model import Article
from assistant.errors import ContentError

_NUMBER = re.compile(r"(?<![\w.,])(\d(?:[\d,]*\d)?(?:\.\d+)?)(?: ?(%)|(x|k|M|m|bn)\b)?(?![\w])")
_PROMISE = re.compile(
    r"(?P<denied>\b(?:no|not|never|nor|nothing|nobody|cannot|without|\w+n't)\s(?:[\w-]+\s){0,3})?"
    r"\b(?P<word>safe(?:ly|r|st|ty)?|guarante\w+|risk[- ]free|you should (?:buy|sell))\b",
    re.IGNORECASE,
)
_OPERATIONS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}

Number = tuple[Decimal, str]
"""A value and what stands behind it: %, x, k, M or nothing."""


Finding = tuple[tuple[str, str], str]
"""A word and the prose it stands in, with the rule they break."""


def findings(article: Article, path: Path) -> tuple[ContentError, ...]:
    """Every claim of an article that breaks a rule, with file and line; empty when all is well."""
    text = path.read_text("utf-8")
    found = [*_uncarried(article), *_promises(article), *_derivations(article)]
    return tuple(ContentError(file=str(path), line=_line(text, *place), rule=rule) for place, rule in found)


def numbers(text: str) -> Iterator[tuple[str, Number]]:
    """The numbers of a text, as written and as value with unit."""
    for match in _NUMBER.finditer(text):
        yield match[0], (Decimal(match[1].replace(",", "")), match[2] or match[3] or "")


def _prose(article: Article) -> Iterable[str]:
    yield article.title
    yield article.short_answer
    yield from (line for block in article.blocks for line in prose(block).split("\n"))
    yield article.misconception.belief
    yield article.misconception.truth


def _uncarried(article: Article) -> Iterator[Finding]:
    carried = {number for fact in article.facts for _, number in numbers(fact.text)}
    for text in _prose(article):
        for written, number in numbers(text):
            if number not in carried:
                yield (written, text), f"the number {written!r} stands in no fact of this article"


def _promises(article: Article) -> Iterator[Finding]:
    for text in (line for line in _prose(article) if line != article.misconception.belief):
        for match in _PROMISE.finditer(text):
            if not match["denied"]:
                yield (match["word"], text), f"{match['word']!r} is a promise or advice"


def _derivations(article: Article) -> Iterator[Finding]:
    for fact in article.facts:
        for part in (fact.derived or "").split(";"):
            if part.strip() and not _comes_out(part):
                yield (part.strip(), part.strip()), f"fact {fact.id}: {part.strip()!r} is no arithmetic that comes out"


def _comes_out(part: str) -> bool:
    """Whether `expression = result` holds to the last digit of the result; a result in % is a hundredth of it."""
    expression, _, result = part.partition("=")
    number = next((number for _, number in numbers(result)), None)
    if number is None:
        return False
    stated, unit = number
    try:
        value = _value(ast.parse(expression.strip(), mode="eval").body)
    except (SyntaxError, ValueError, ArithmeticError):
        return False
    exponent = stated.as_tuple().exponent
    assert isinstance(exponent, int)
    return abs(value * (100 if unit == "%" else 1) - stated) <= Decimal(1).scaleb(exponent) / 2


def _value(node: ast.expr) -> Decimal:
    match node:
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            return Decimal(repr(value))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATIONS:
            result: Decimal = _OPERATIONS[type(op)](_value(left), _value(right))
            return result
    raise ValueError(ast.dump(node))


def _line(text: str, word: str, prose: str) -> int:
    """The line a word of the prose stands in: one within the prose, or around it, else the last with the word."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if word in line]
    near = [number for number, line in lines if line.strip() in prose or prose in line]
    return [0, *(number for number, _ in lines), *near[:1]][-1]

"""Working: an equation in symbols and the same with numbers, which anybody can type into a calculator."""

import re
from collections.abc import Mapping
from decimal import Decimal

from assistant.tools.figures import plain, tidy
from assistant.values import Step

_TOKEN = re.compile(r"[A-Za-z_]+|[0-9.]+|[()+\-/]")


def step(name: str, equation: str, values: Mapping[str, Decimal], value: Decimal, unit: str) -> Step:
    """One line of working; every word of the equation stands in `values`, two things side by side multiply."""
    return Step(name=name, equation=equation, numbers=substituted(equation, values), value=tidy(value), unit=unit)


def substituted(equation: str, values: Mapping[str, Decimal]) -> str:
    """The equation with its symbols replaced by plain digits and its products written out."""
    text, previous = "", ""
    for token in _TOKEN.findall(equation):
        word = _number(values[token]) if token[0].isalpha() else token
        if token in "+-/":
            text += f" {token} "
        elif previous and previous not in "(+-/" and token != ")":
            text += f" × {word}"
        else:
            text += word
        previous = token
    return text


def _number(value: Decimal) -> str:
    """Digits, a negative number in brackets."""
    return f"({plain(value)})" if value < 0 else plain(value)

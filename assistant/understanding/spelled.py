"""Amounts written in words: where they begin and what they are worth."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from assistant.understanding.number_style import NumberStyle
from assistant.understanding.tokens import Token


def spells(tokens: Sequence[Token], at: int, style: NumberStyle, coins: Mapping[str, str]) -> bool:
    """Whether number words begin here; shy ones need a unit, a scale or a coin behind them."""
    token = tokens[at]
    if token.kind != "word":
        return False
    if token.text in style.numbers:
        return True
    if token.text not in style.shy:
        return False
    after = tokens[at + 1].text if at + 1 < len(tokens) else ""
    if style.shy[token.text] < 1:
        while after in ("a", "an", "of") and at + 2 < len(tokens):
            at += 1
            after = tokens[at + 1].text
        return coins.get(after) is not None or (after in style.scales)
    return after in style.scales or (token.text == "one" and coins.get(after) is not None)


def spelled(tokens: Sequence[Token], at: int, style: NumberStyle) -> tuple[Decimal, int]:
    """The value of a run of number words, and the place behind it."""
    total = part = Decimal(0)
    while at < len(tokens) and tokens[at].kind == "word":
        word = tokens[at].text
        if word in style.scales:
            scale = style.scales[word]
            if scale <= 100:
                part = (part or Decimal(1)) * scale
            else:
                total, part = total + (part or Decimal(1)) * scale, Decimal(0)
        elif word in style.numbers or word in style.shy:
            value = style.numbers.get(word, style.shy.get(word, Decimal(0)))
            if not value.is_finite():
                return value, at + 1
            part += value
            if value < 1:
                at += 1
                break
        elif _and_a_half(tokens, at, style):
            part += Decimal("0.5")
            at += 2
        elif word != "and" or at + 1 >= len(tokens) or tokens[at + 1].text not in style.numbers or not (total or part):
            break
        at += 1
        if (
            at < len(tokens)
            and tokens[at].text == "-"
            and at + 1 < len(tokens)
            and tokens[at + 1].text in (*style.numbers, *style.shy)
        ):
            at += 1
    if total + part < 1:
        while at < len(tokens) and tokens[at].text in ("a", "an", "of"):
            at += 1
    return total + part, at


def _and_a_half(tokens: Sequence[Token], at: int, style: NumberStyle) -> bool:
    """Whether "and a half" stands here."""
    words = [token.text for token in tokens[at : at + 3]]
    return len(words) == 3 and words[:2] == ["and", "a"] and style.shy.get(words[2]) == Decimal("0.5")

"""Amounts in a message: digits in any notation, number words, scales and units, as exact decimals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.understanding.literals import literal
from assistant.understanding.number_style import NumberStyle
from assistant.understanding.spelled import spelled, spells
from assistant.understanding.tokens import Token

_DAYS = {
    "days": Decimal(1),
    "weeks": Decimal(7),
    "hours": 1 / Decimal(24),
    "months": Decimal(30),
    "years": Decimal(365),
}


@dataclass(frozen=True, slots=True)
class Amount:
    """One number somebody wrote."""

    value: Decimal
    unit: str
    """plain | leverage | percent | money | contracts | days | coins"""
    start: int
    end: int
    """Character span in the folded text."""
    spelled: bool = False
    """Written in words: counts only where a unit, a cue or a pending question asks for it."""
    scaled: bool = False
    """Had a k, m or million behind it."""
    grouped: Decimal | None = None
    """The other reading of one separator before exactly three digits: 69.500 is 69.5 or 69500."""
    coin: str | None = None
    """The coin it counts, where one stands behind it."""
    plus: bool = False
    """Written with a plus sign: something added."""


@dataclass(frozen=True, slots=True)
class Item:
    """A word, a mark or an amount, as the phrases see it; an amount reads #, #x, #%, #$, #c, #d or #coin."""

    text: str
    start: int
    end: int
    amount: Amount | None = None


_SIGNS = {
    "plain": "#", "leverage": "#x", "percent": "#%", "money": "#$", "contracts": "#c", "days": "#d", "coins": "#coin",
}  # fmt: skip
UNITS = tuple(_SIGNS)
"""What an amount can be of."""
WRITTEN_UNITS = (*UNITS, "basis", *(unit for unit in _DAYS if unit not in _SIGNS))
"""What a word behind a number can mean: these, basis points and spans of time, turned into percent and days."""
_SILENT = frozenset("-\"'()[]{}*_~`")


def read_amounts(tokens: Sequence[Token], style: NumberStyle, coins: Mapping[str, str]) -> tuple[Item, ...]:
    """The message as words, marks and amounts; digits glued to something unknown are left out, never cut short."""
    items: list[Item] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.kind in ("number", "times", "ratio") or spells(tokens, at, style, coins):
            item, at = _amount(tokens, at, style, coins)
            if item is not None:
                items.append(item)
            continue
        if token.kind != "date" and token.text not in _SILENT:
            items.append(Item(token.text, token.start, token.end))
        at += 1
    return tuple(items)


def _amount(tokens: Sequence[Token], at: int, style: NumberStyle, coins: Mapping[str, str]) -> tuple[Item | None, int]:
    """The amount that begins here, or None where its digits belong to something else; and the place behind it."""
    first = tokens[at]
    if first.kind == "times":
        if at + 1 >= len(tokens) or tokens[at + 1].kind != "number":
            return None, at + 1
        item, after = _amount(tokens, at + 1, style, coins)
        if item is None or item.amount is None or item.amount.unit not in ("plain", "leverage"):
            return item, after
        amount = replace(item.amount, unit="leverage", start=first.start)
        return Item("#x", first.start, item.end, amount), after
    if first.kind == "ratio":
        left, right = (Decimal(part.strip()) for part in first.text.split(":"))
        amount = Amount(max(left, right), "leverage", first.start, first.end)
        return Item("#x", first.start, first.end, amount), at + 1
    if first.kind == "word":
        value, at = spelled(tokens, at, style)
        amount = Amount(value, "plain", first.start, tokens[at - 1].end, spelled=True)
        return _with_unit(tokens, at, amount, style, coins)
    value_or_none, grouped = literal(first.text, style.decimal)
    if value_or_none is None:
        return None, _skip_glued(tokens, at + 1)
    if _dated(tokens, at, style):
        return None, at + 1
    unit = "money" if any(sign in first.text for sign in "$€£¥₺") else "plain"
    amount = Amount(value_or_none, unit, first.start, first.end, grouped=grouped, plus="+" in first.text)
    if at and tokens[at - 1].text in style.minus:
        amount = replace(amount, value=-abs(amount.value))
    at += 1
    joined = _spaced(tokens, at, amount, style)
    if joined is not None:
        return _sign(joined), at + 1
    following = tokens[at] if at < len(tokens) else None
    if following is not None and following.glued and following.kind == "word":
        return _glued_word(tokens, at, amount, style, coins)
    if following is not None and following.glued and following.text in ("/", "⁄", ":"):
        return _fraction(tokens, at, amount, style, coins)
    return _with_unit(tokens, at, amount, style, coins)


def _dated(tokens: Sequence[Token], at: int, style: NumberStyle) -> bool:
    """Whether a number is a day of a month or a year: "10 october", "march 2020"."""
    near = {tokens[place].text for place in (at - 1, at + 1) if 0 <= place < len(tokens)}
    return bool(near & style.months.keys()) and tokens[at].text.isdigit()


def _spaced(tokens: Sequence[Token], at: int, amount: Amount, style: NumberStyle) -> Amount | None:
    """The amount whose thousands stand apart (61 700), where no unit behind says that these are two."""
    last = tokens[at] if at < len(tokens) else None
    first = tokens[at - 1]
    if last is None or last.kind != "number" or last.glued or len(last.text) != 3 or not last.text.isdigit():
        return None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    unit = after is not None and (after.text in style.units or after.glued)
    if unit or not first.text.isdigit() or not 2 <= len(first.text) <= 3 or last.start - first.end != 1:
        return None
    return replace(amount, value=amount.value * 1000 + int(last.text), end=last.end)


def _glued_word(
    tokens: Sequence[Token], at: int, amount: Amount, style: NumberStyle, coins: Mapping[str, str]
) -> tuple[Item | None, int]:
    """An amount with letters right behind its digits: a scale, a unit, a coin, several of them, or nothing known."""
    first, word = tokens[at - 1], tokens[at]
    if first.text + word.text in coins:
        return Item(first.text + word.text, first.start, word.end), at + 1
    rest = word.text
    for length in range(min(3, len(rest)), 0, -1):
        scale = style.glued_scales.get(rest[:length])
        tail = rest[length:]
        if scale is not None and (not tail or tail in style.units or tail in style.glue or tail in coins):
            amount = replace(amount, value=amount.value * scale, scaled=True, grouped=None)
            rest = tail
            break
    if rest in style.glue:
        rest = ""
    end = word.end
    amount = replace(amount, end=end)
    if not rest:
        return _with_unit(tokens, at + 1, amount, style, coins)
    if rest in style.scales and len(rest) > 1:
        return _with_unit(
            tokens, at + 1, replace(amount, value=amount.value * style.scales[rest], scaled=True), style, coins
        )
    if rest in style.units:
        return _sign(replace(_in_unit(amount, style.units[rest]), end=end)), at + 1
    if rest in coins:
        return _sign(replace(amount, unit="coins", coin=coins[rest], end=end)), at + 1
    if rest.startswith("x") and (rest[1:] in ("long", "short", "lev", "leverage") or rest[1:] in coins):
        return _sign(replace(amount, unit="leverage", end=end - len(rest) + 1)), at + 1
    return None, _skip_glued(tokens, at + 1)


def _fraction(
    tokens: Sequence[Token], at: int, amount: Amount, style: NumberStyle, coins: Mapping[str, str]
) -> tuple[Item | None, int]:
    """1/2 as one half; any other two numbers with a stroke or colon between them are a word, and no amount."""
    if at + 1 < len(tokens) and tokens[at + 1].kind == "number" and tokens[at + 1].glued:
        below, _ = literal(tokens[at + 1].text, style.decimal)
        if below and tokens[at].text in "/⁄" and 0 < amount.value < below <= 10 and amount.value == int(amount.value):
            whole = replace(amount, value=amount.value / below, end=tokens[at + 1].end, grouped=None)
            return _with_unit(tokens, at + 2, whole, style, coins)
        after = _skip_glued(tokens, at + 2)
        pair = after == at + 2 and tokens[at].text == "/"
        text = "/".join((tokens[at - 1].text, tokens[at + 1].text))
        return (Item(text, amount.start, tokens[at + 1].end) if pair else None), after
    return _with_unit(tokens, at, amount, style, coins)


def _with_unit(
    tokens: Sequence[Token], at: int, amount: Amount, style: NumberStyle, coins: Mapping[str, str]
) -> tuple[Item, int]:
    """The amount with the scale, unit or coin that stands behind it."""
    if at + 1 < len(tokens) and tokens[at].text == "-" and tokens[at + 1].text in style.units:
        at += 1
    word = tokens[at].text if at < len(tokens) else ""
    if at < len(tokens) and tokens[at].kind == "times":
        word = "x" if word.endswith(" ") else ""  # "20 x 60000" has its x, "7.77 x7" has not
    if word in style.ratio and at + 1 < len(tokens) and tokens[at + 1].text in ("1", "one"):
        return _sign(replace(amount, unit="leverage", end=tokens[at + 1].end)), at + 2
    scale = style.scales.get(word) or (style.glued_scales.get(word) if word == "k" or len(word) > 1 else None)
    if scale is not None and not amount.scaled:
        amount = replace(amount, value=amount.value * scale, scaled=True, grouped=None, end=tokens[at].end)
        at += 1
        word = tokens[at].text if at < len(tokens) else ""
    unit = style.units.get(word)
    single = len(word) == 1 and word not in "x%$€£u"
    if unit is not None and not single and not (amount.unit == "money" and unit != "money"):
        return _sign(replace(_in_unit(amount, unit), end=tokens[at].end)), at + 1
    if amount.unit == "plain" and word in coins and not _price_of(amount, coins[word]):
        return _sign(replace(amount, unit="coins", coin=coins[word])), at
    return _sign(amount), at


def _price_of(amount: Amount, coin: str) -> bool:
    """Whether so many of a coin nobody holds: "60k btc" and "3,412 eth" are prices."""
    return coin in ("BTC", "ETH") and (amount.scaled or amount.value >= 1000)


def _in_unit(amount: Amount, unit: str) -> Amount:
    """The amount expressed in the unit the slots use: time in days, basis points in percent."""
    if unit in _DAYS:
        return replace(amount, value=amount.value * _DAYS[unit], unit="days")
    if unit == "basis":
        return replace(amount, value=amount.value / 100, unit="percent")
    return replace(amount, unit=unit)


def _sign(amount: Amount) -> Item:
    """The amount as one item."""
    return Item(_SIGNS[amount.unit], amount.start, amount.end, amount)


def _skip_glued(tokens: Sequence[Token], at: int) -> int:
    """The place behind everything glued to what was just rejected."""
    while at < len(tokens) and tokens[at].glued and tokens[at].kind in ("word", "number"):
        at += 1
    return at

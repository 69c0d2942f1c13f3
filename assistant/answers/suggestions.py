"""What to ask next: short messages that work when they are sent, their numbers taken from the answer."""

from collections.abc import Mapping
from decimal import ROUND_DOWN, Context, Decimal

from assistant.answers.formats import exact
from assistant.answers.shelf import Shelf
from assistant.values import Result, Side, Status

_MOST = 3
_ONE_SIDED = frozenset({"target_liquidation_price", "stated_liquidation_price", "stop_price"})
"""Prices that only fit one side of the entry: the other side cannot be asked for without a new one."""
_ONE_DIGIT = Context(prec=1)
_WHOLE = Decimal(1)
_TWO = Decimal(2)
_FOUR = Decimal(4)
_TEN = Decimal(10)
_THREE = Decimal(3)


def after_result(result: Result, known: Mapping[str, str], shelf: Shelf) -> tuple[str, ...]:
    """What-ifs on this position; after a result without a number, what else can be asked."""
    kind = result.tool if result.status is Status.OK else f"status_{result.status}"
    return offers((f"refused_{result.code}", kind, "other"), {**known, **_numbers(result, shelf)}, shelf)


def after_question(intent: str, missing: tuple[str, ...], shelf: Shelf) -> tuple[str, ...]:
    """Replies to the one question asked, or a whole example where several were."""
    return offers((f"ask_{missing[0]}" if len(missing) == 1 else "", f"ask_{intent}", "ask_other"), {}, shelf)


def offers(kinds: tuple[str, ...], words: Mapping[str, str], shelf: Shelf) -> tuple[str, ...]:
    """The first three fillable sentences of the first of these kinds that has any."""
    for kind in kinds:
        if found := tuple(dict.fromkeys(shelf.book.suggestions.all(kind, words)))[:_MOST]:
            return found
    return ()


def _numbers(result: Result, shelf: Shelf) -> dict[str, str]:
    """`half_leverage`, else `first_leverage`, `third_margin` and `opposite`, where the position has them."""
    style = shelf.book.labels.style
    numbers: dict[str, str] = {}
    leverage = result.arguments.get("leverage")
    if isinstance(leverage, Decimal) and leverage >= _FOUR:
        numbers["half_leverage"] = exact((leverage / _TWO).quantize(_WHOLE, rounding=ROUND_DOWN), style) + "x"
    if leverage is None:
        numbers["first_leverage"] = exact(_TEN, style) + "x"
    margin = next((figure.value for figure in result.figures if figure.name == "initial_margin"), None)
    if margin is not None and margin > 0:
        numbers["third_margin"] = exact(_ONE_DIGIT.plus(margin / _THREE), style)
    side = result.arguments.get("side")
    if isinstance(side, str) and side in set(Side) and not result.arguments.keys() & _ONE_SIDED:
        opposite = Side(side).opposite
        numbers["opposite"] = shelf.book.labels.values.get(opposite, opposite)
    return numbers

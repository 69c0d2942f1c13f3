"""Computed numbers in a reader's words: figures, lines of working, variants of a comparison."""

from decimal import ROUND_CEILING, Decimal

from assistant.answers.book import start
from assistant.answers.formats import Style, inert, leverage, money, percent, price, rate
from assistant.answers.model import FigureItem, StepItem
from assistant.answers.shelf import Shelf
from assistant.values import Figure, Side, Step

_TRIGGERS = frozenset({"liquidation_price", "new_liquidation_price"})
RATES = ("_rate", "_volatility", "_threshold")
"""Endings of names whose values are fractions shown as percentages."""
_SIDES = {**{side.value: side for side in Side}, "below": Side.LONG, "above": Side.SHORT}
"""Variants whose name tells on which side of the price they lie: a price below is rounded as that of a long."""


def quantity(name: str, value: Decimal, unit: str, style: Style, side: Side | None = None) -> str:
    """A computed number, rounded once by what its name says it is, with its unit: `57,228.92 USDT`, `-4.62%`, `20x`."""
    if unit == "%" or name.endswith("_pct"):
        return percent(value, style)
    if unit == "x" or name.endswith("_leverage"):
        return leverage(value, style)
    if name in ("rate", "maintenance_tier") or name.endswith(RATES):
        return rate(value, style)
    if name in _TRIGGERS:
        return f"{price(value, style, side=side)} {unit}".rstrip()
    if name.endswith("_price") or name in ("distance_abs", "shift"):
        return f"{price(value, style)} {unit}".rstrip()
    return money(value, unit, style, **({"rounding": ROUND_CEILING} if name == "required_margin_add" else {}))


class Shown:
    """One figure as templates see it."""

    __slots__ = ("_figure", "_side", "_style", "label", "text")

    def __init__(self, figure: Figure, side: Side | None, shelf: Shelf) -> None:
        labels = shelf.book.labels
        base, _, variant = figure.name.partition("@")
        self._figure = figure
        self._style = labels.style
        self._side = _SIDES.get(variant.rpartition("+")[2], side)
        name = labels.figures.get(base) or inert(base.replace("_", " "))
        self.label = f"{name} ({option(variant, shelf)})" if variant else name
        self.text = quantity(base, figure.value, figure.unit, labels.style, self._side)

    @property
    def magnitude(self) -> str:
        """The text without a sign."""
        figure = self._figure
        return quantity(figure.name.partition("@")[0], abs(figure.value), figure.unit, self._style, self._side)

    @property
    def falls(self) -> bool:
        """Whether the number is below zero: the price has to fall by so much."""
        return self._figure.value < 0

    @property
    def none(self) -> bool:
        """Whether the number is zero."""
        return self._figure.value.is_zero()

    @property
    def item(self) -> FigureItem:
        """The figure as a line of a block."""
        figure = self._figure
        return FigureItem(name=figure.name, label=self.label, value=figure.value, unit=figure.unit, text=self.text)


def option(variant: str, shelf: Shelf) -> str:
    """How a variant of a comparison is called: `20x`, `long`, `isolated margin`, `Binance`."""
    return shelf.book.labels.values.get(variant) or shelf.venue(variant) or inert(variant)


def step(step: Step, side: Side | None, shelf: Shelf) -> StepItem:
    """One line of working with its label and rounded number."""
    labels = shelf.book.labels
    base, _, variant = step.name.partition("@")
    label = labels.steps.get(base) or labels.figures.get(base) or start(inert(base.replace("_", " ")))
    side = _SIDES.get(variant.rpartition("+")[2], side)
    return StepItem(
        name=step.name,
        label=f"{label} ({option(variant, shelf)})" if variant else label,
        equation=step.equation,
        numbers=step.numbers,
        value=step.value,
        unit=step.unit,
        text=quantity(base, step.value, step.unit, labels.style, side),
    )

"""The shelf of the real English words, and hand-made results to write about."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

import pytest

from assistant.answers.book import Book
from assistant.answers.help_lines import HelpLines
from assistant.answers.shelf import Shelf
from assistant.articles import model
from assistant.resources import content
from assistant.values import Arguments, Assumption, Figure, Result, Source, Status, Step


@pytest.fixture(scope="session")
def book() -> Book:
    return Book(content("prompts") / "en").compile()


def _article(name: str, title: str) -> model.Article:
    return model.Article(
        id=name,
        language="en",
        title=title,
        level=model.Level.BEGINNER,
        reviewed=date(2026, 11, 22),
        review_due=date(2027, 5, 22),
        questions=(f"{title}?", "another way to ask"),
        terms=("term",),
        related=("second",),
        misconception=model.Misconception(belief="A **false** belief.", truth="A true answer."),
        tool=None,
        facts=(),
        sources=(SOURCE,),
        short_answer=f"The short answer to `{name}`, see [here](https://example.org/x).",
        blocks=(
            model.Heading(text="More"),
            model.Paragraph(text="Long *text* with 12.5 %."),
            model.Bullets(items=("one", "**two**")),
            model.Table(header=("a", "b"), rows=(("1", "2"),)),
        ),
    )


SOURCE = Source(id="faq", title="Binance: liquidation", url="https://example.org/faq", retrieved=date(2026, 11, 22))

POSITION: Arguments = {
    "venue": "binance",
    "contract": "linear",
    "symbol": "BTC",
    "side": "long",
    "entry_price": Decimal(60000),
    "size": Decimal("0.5"),
    "size_unit": "base",
    "leverage": Decimal(20),
    "margin_mode": "isolated",
}


@pytest.fixture(scope="session")
def shelf(book: Book) -> Shelf:
    return Shelf(
        book=book,
        help_lines=HelpLines.read(content("knowledge") / "help_lines.toml"),
        articles={"first": _article("first", "What is first"), "second": _article("second", "What is second")},
        venues={"binance": "Binance", "binance_usdm": "Binance USDS-M", "okx": "OKX", "generic": "Generic"},
        covered=("Binance", "OKX"),
    )


def figures(values: Mapping[str, tuple[str, str]]) -> tuple[Figure, ...]:
    return tuple(Figure(name=name, value=Decimal(value), unit=unit) for name, (value, unit) in values.items())


Make = Callable[..., Result]


@pytest.fixture
def result() -> Make:
    """A result of `liquidation_price`, or of whatever is asked for."""

    def make(**changes: object) -> Result:
        given: dict[str, object] = {
            "tool": "liquidation_price",
            "arguments": POSITION,
            "status": Status.OK,
            "figures": figures(
                {
                    "liquidation_price": ("57228.91566", "USDT"),
                    "distance_pct": ("-4.618473896", "%"),
                    "distance_abs": ("2771.08434", "USDT"),
                    "bankruptcy_price": ("57000", "USDT"),
                    "notional": ("30000", "USDT"),
                    "initial_margin": ("1500", "USDT"),
                    "maintenance_margin_rate": ("0.004", ""),
                }
            ),
            "working": (
                Step(name="notional", equation="q E", numbers="0.5 × 60000", value=Decimal(30000), unit="USDT"),
                Step(
                    name="liquidation_price",
                    equation="(q E - M) / (q (1 - m))",
                    numbers="(0.5 × 60000 - 1500) / (0.5 × (1 - 0.004))",
                    value=Decimal("57228.91566"),
                    unit="USDT",
                ),
            ),
            "assumptions": (Assumption(code="distance_from_entry"),),
            "sources": (SOURCE,),
            "rules_as_of": date(2024, 3, 4),
            "rulebook": "binance_usdm",
        }
        return Result(**{**given, **changes})  # type: ignore[arg-type]

    return make

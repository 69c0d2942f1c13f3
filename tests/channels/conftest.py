"""Answers of every kind, sealed, with hostile text wherever a user or page can put some."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from assistant.answers.book import Book
from assistant.answers.compose import DECLINES, SAYINGS, compose, problem
from assistant.answers.disclaimer import seal
from assistant.answers.help_lines import HelpLines
from assistant.answers.model import SealedAnswer
from assistant.answers.shelf import Shelf
from assistant.resources import content
from assistant.values import (
    AskFor,
    Assumption,
    CallTool,
    Decline,
    Figure,
    OfferChoices,
    Result,
    Say,
    Source,
    Status,
    Step,
    Support,
)

HOSTILE = (
    "<img src=x onerror=alert(1)> @everyone {{7*7}} [x](javascript:alert(1)) **b** `c` https://evil.example\u202e\x00"
)
SLOTS = {"side": "long", "symbol": HOSTILE, "entry_price": Decimal("60000.00"), "leverages": (Decimal(10), Decimal(20))}


@pytest.fixture(scope="session")
def shelf() -> Shelf:
    return Shelf(
        book=Book(content("prompts") / "en"),
        help_lines=HelpLines.read(content("knowledge") / "help_lines.toml"),
        covered=("Binance", "OKX"),
    )


def _figure(name: str, value: str, unit: str) -> Figure:
    return Figure(name=name, value=Decimal(value), unit=unit)


def _result(tool: str, figures: tuple[Figure, ...], **changes: object) -> Result:
    given: dict[str, object] = {
        "tool": tool,
        "arguments": {**SLOTS, "venue": HOSTILE, "as_of": date(2026, 11, 22)},
        "status": Status.OK,
        "figures": figures,
        "working": (
            Step(name="notional", equation="q E", numbers="0.5 × 60000", value=Decimal("3E+4"), unit="USDT"),
            Step(name="distance", equation="100 (P - E) / E", numbers="-4.6", value=Decimal("-4.618473896"), unit="%"),
        ),
        "assumptions": (
            Assumption(code="generic_rules", data={"rate": Decimal("0.005")}),
            Assumption(code="from_context", data={"name": "symbol", "value": HOSTILE}),
        ),
        "sources": (Source(id="faq", title="A page", url="https://example.org/a", retrieved=date(2026, 11, 22)),),
        "rules_as_of": date(2024, 3, 4),
        "rulebook": "binance_usdm",
    }
    return Result(**{**given, **changes})  # type: ignore[arg-type]


PRICE = _figure("liquidation_price", "57228.91566", "USDT")
DISTANCE = _figure("distance_pct", "-4.618473896", "%")
RESULTS = {
    "price": _result("liquidation_price", (PRICE, DISTANCE, _figure("notional", "3E+4", "USDT"))),
    "buffer": _result("margin_buffer", (DISTANCE, PRICE, _figure("margin_buffer", "260.5", "USDT"))),
    "percent": _result(
        "margin_buffer", (_figure("distance_pct@long", "-4.5", "%"), _figure("distance_pct@short", "4.4", "%"))
    ),
    "added": _result("add_margin", (PRICE, _figure("new_liquidation_price", "56224.899", "USDT"))),
    "needed": _result("add_margin", (_figure("required_margin_add", "3600.001", "USDT"),)),
    "leverage": _result("max_leverage", (_figure("max_leverage", "5.8139", "x"), DISTANCE)),
    "size": _result(
        "position_size", (_figure("position_size_base", "7.5", "SOL"), _figure("position_size_quote", "1125", "USDT"))
    ),
    "stop": _result("stop_loss", (_figure("stop_price", "174", "USDT"), PRICE)),
    "compare": _result(
        "compare",
        (_figure("liquidation_price@10x", "54216.867", "USDT"), _figure("liquidation_price@20x", "57228.915", "USDT")),
    ),
    "cascade": _result(
        "cascade_explain", (_figure("distance_pct@2x", "-49.7", "%"), _figure("distance_pct@50x", "-1.5", "%"))
    ),
    "none": _result("liquidation_price", (), status=Status.NOT_LIQUIDATABLE, code="collateral_covers"),
    "gone": _result("liquidation_price", (), status=Status.BEYOND_MAINTENANCE, code="beyond_maintenance"),
    "refused": _result(
        "liquidation_price", (), status=Status.REFUSED, code="unknown_venue", data={"venue": HOSTILE}, working=()
    ),
    "gap": _result(
        "liquidation_price", (), status=Status.UNDERDETERMINED, code="underdetermined", missing=("side",), working=()
    ),
}


@pytest.fixture(scope="session")
def answers(shelf: Shelf) -> Mapping[str, SealedAnswer]:
    data = {
        "name": HOSTILE,
        "argument": "symbol",
        "reason": HOSTILE,
        "value": HOSTILE,
        "languages": (HOSTILE,),
        "amounts": (HOSTILE,),
        "names": (HOSTILE,),
        "stated_liquidation_price": HOSTILE,
    }
    decisions = {
        **{f"say {key}": Say(intent="clarify", key=key, data=data) for key in SAYINGS},
        **{f"decline {key}": Decline(intent="out_of_scope", key=key) for key in DECLINES},
        **{f"support {level}": Support(level=level) for level in "ABCD"},
        "ask": AskFor(intent="liquidation_price", missing=("side", "leverage")),
        "choices": OfferChoices(),
    }
    made = {name: compose((decision,), (), shelf=shelf, slots=SLOTS) for name, decision in decisions.items()}
    for name, result in RESULTS.items():
        call = CallTool(intent=result.tool, tool=result.tool, arguments=result.arguments)
        made[name] = compose((call,), (result,), shelf=shelf, slots=SLOTS)
    made["problem"] = problem("not_found", shelf)
    return {name: seal(answer, shelf.book) for name, answer in made.items()}

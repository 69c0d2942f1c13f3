"""Every worked example of cases/*.toml, run through its rulebook; a `never` is a published number we must not give."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import AssistantError
from assistant.margin.quantities import significant
from assistant.margin.request import PositionRequest
from assistant.values import Contract, MarginMode, Side
from assistant.venues.catalogue import Rulebooks
from assistant.verification.measure import Found, measure
from assistant.verification.vector import WHOLE, Other, OwnTier, Subject

CASES = Path(__file__).parent / "cases"
CASE_KEYS = {"name", "as_of", "kind", "source", "note", "tolerance", "digits", "tick", "fee_to_close_rate"}
CASE_KEYS |= {"given", "others", "tiers", "expect", "never"}
WORDS = {"symbol": str, "contract": Contract, "side": Side, "margin_mode": MarginMode}


def cases() -> Iterator[Any]:
    for file in sorted(CASES.glob("*.toml")):
        for case in tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)["cases"]:
            yield pytest.param(file.stem, case, id=f"{file.stem}: {case['name']}")


def found(rulebooks: Rulebooks, identity: str, case: Mapping[str, Any]) -> Mapping[str, Found]:
    """The figures the case names, by the product's own names for them."""
    given = {"contract": "linear"} | case["given"]
    subject = Subject(
        rulebook=identity,
        request=PositionRequest(**{key: WORDS.get(key, Decimal)(value) for key, value in given.items()}),
        others=tuple(Other(side=Side(other["side"]), **decimals(other)) for other in case.get("others", [])),
        tiers=tuple(OwnTier(**decimals(tier)) for tier in case.get("tiers", [])),
        tick=case.get("tick"),
        fee_to_close_rate=case.get("fee_to_close_rate"),
    )
    names = {"liquidation_price" if name == "error" else name for name in (*case["expect"], *case.get("never", ()))}
    return measure(subject, names, rulebooks, case["as_of"])


def decimals(given: Mapping[str, Any]) -> dict[str, Decimal]:
    return {key: Decimal(value) for key, value in given.items() if key != "side"}


@pytest.mark.parametrize(("identity", "case"), tuple(cases()))
def test_the_rulebook_gives_what_the_source_says(rulebooks: Rulebooks, identity: str, case: Mapping[str, Any]) -> None:
    expected = dict(case["expect"])
    if "error" in expected:
        with pytest.raises(AssistantError) as error:
            found(rulebooks, identity, case)
        assert error.value.code == expected["error"]
        return
    figures = found(rulebooks, identity, case)
    if "digits" in case:
        figures = {**figures, "liquidation_price": significant(figures["liquidation_price"], case["digits"])}
    for name, value in expected.items():
        if isinstance(value, str):
            assert figures[name] == value
        else:
            allowed = 0 if name in WHOLE else case["tolerance"]
            assert abs(figures[name] - value) <= allowed, (name, figures[name])
    for name, value in case.get("never", {}).items():
        assert abs(figures[name] - value) > 2 * case["tolerance"], name


@pytest.mark.parametrize(("identity", "case"), tuple(cases()))
def test_a_case_says_where_it_is_from(identity: str, case: Mapping[str, Any]) -> None:
    assert set(case) <= CASE_KEYS
    assert case["kind"] and case["source"] and isinstance(case["as_of"], date)
    assert ("reproduce" not in case["kind"]) or (case["note"] and case["never"])
    assert identity in {file.stem for file in CASES.iterdir()}

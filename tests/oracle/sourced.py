"""The sourced vectors: every worked example of the cases that somebody else published and we give too."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

CASES = Path(__file__).parents[1] / "venues" / "cases"
PUBLISHED = Path(__file__).parents[1] / "tools" / "published.toml"
OURS = "computed here"
ASIDE = ("contract", "margin_mode", "side")


def sourced() -> Iterator[dict[str, Any]]:
    """Every line of sourced.jsonl."""
    for file in sorted(CASES.glob("*.toml")):
        for case in read(file):
            if case["kind"] != OURS and "not reproduce" not in case["kind"]:
                yield _line(file.stem, case, {"rulebook": file.stem} | _position(case))
    for case in read(PUBLISHED):
        yield _line(case["tool"], case, {"tool": case["tool"], "inputs": _written(case["arguments"])})


def read(file: Path) -> list[dict[str, Any]]:
    """The cases of a file."""
    return tomllib.loads(file.read_text("utf-8"), parse_float=Decimal)["cases"]


def _position(case: Mapping[str, Any]) -> dict[str, Any]:
    """What a case asks a rulebook about."""
    given = case["given"]
    inputs = {name: _written(value) for name, value in given.items() if name not in ASIDE}
    inputs |= {name: _written(case[name]) for name in ("others", "tiers", "tick", "fee_to_close_rate") if name in case}
    return {
        "contract": given.get("contract", "linear"),
        "margin_mode": given.get("margin_mode", "isolated"),
        "side": given["side"],
        "inputs": inputs,
    }


def _line(subject: str, case: Mapping[str, Any], asked: Mapping[str, Any]) -> dict[str, Any]:
    line = {
        "id": f"{subject}-{'-'.join(re.findall('[a-z0-9]+', case['name'].lower().replace(chr(39), '')))}",
        **asked,
        "as_of": str(case["as_of"]),
        "expected": _written(case["expect"]),
        "tolerance": _written(case.get("tolerance", 0)),
        "kind": case["kind"],
        "source": case["source"],
    }
    return line | ({"note": " ".join(case["note"].split())} if "note" in case else {})


def _written(value: Any) -> Any:
    """A value of a case as JSON: numbers as strings."""
    if isinstance(value, dict):
        return {name: _written(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_written(one) for one in value]
    return value if isinstance(value, str) else f"{Decimal(value):f}"

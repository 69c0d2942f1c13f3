"""Given values in a reader's words: arguments, slots and the data of codes."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from assistant.answers.book import start
from assistant.answers.figures import RATES, option
from assistant.answers.formats import Style, brief, exact, inert
from assistant.answers.labels import Labels
from assistant.answers.sentences import Sentences
from assistant.answers.shelf import Shelf
from assistant.values import ArgumentValue, SizeUnit

_SPAN = re.compile(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)?")
GENERIC = "generic"
"""Id of the rulebook that counts without a venue; the assumptions say so."""


def said(name: str, value: ArgumentValue, shelf: Shelf) -> str:
    """A value as it was given, in words and with every digit: `20x`, `0.4%`, `60,000`, `isolated margin`, `Binance`."""
    labels = shelf.book.labels
    style = labels.style
    if isinstance(value, Decimal):
        return _given(name, value, style)
    if isinstance(value, date):
        return style.day(value)
    if isinstance(value, tuple):
        return style.enumerate([text for item in value if (text := said(name, item, shelf))])
    if isinstance(value, Mapping):
        return " ".join(said(part, value[part], shelf) for part in ("side", "symbol") if part in value)
    if isinstance(value, str):
        if name in ("argument", "name"):
            return labels.arguments.get(value) or inert(value.replace("_", " "))
        if name in ("venue", "venues", "rulebook"):
            return labels.values[GENERIC] if value == GENERIC else shelf.venue(value) or inert(value)
        if name == "variant":
            return option(value, shelf)
        if name == "known":
            return _spans(value, labels)
        return labels.values.get(value) or inert(value)
    return ""


def _spans(known: str, labels: Labels) -> str:
    """The dates rules are held for: `2021-01-01..2024-03-04, 2024-03-04..` in words."""
    spans: list[str] = []
    for first, last in _SPAN.findall(known):
        days = {"first": labels.style.day(date.fromisoformat(first))}
        if last:
            days["last"] = labels.style.day(date.fromisoformat(last))
        spans.append(labels.headings["from_to" if last else "from_on"].format_map(days))
    return labels.style.enumerate(spans) or inert(known)


def _given(name: str, value: Decimal, style: Style) -> str:
    if not value.is_finite():
        return exact(value, style)
    if name in ("leverage", "leverages", "cap", "uncapped") or name.endswith("_leverage"):
        return exact(value, style) + "x"
    if name.endswith("_pct") or name == "riskpct_of_margin":
        return exact(value, style) + "%"
    if name == "rate" or name.endswith(RATES):
        return exact(value.scaleb(2), style) + "%"
    return exact(value, style)


def sentence(sentences: Sentences, code: str, data: Mapping[str, ArgumentValue], shelf: Shelf) -> str:
    """What a code says of its data: first the more particular `code.reason`; `other` stands in for an unknown code.

    `value` and `bound` are written the way their argument is; a code among the data is `reason`, its own sentence.
    """
    subject = data.get("argument", data.get("name"))
    kind = subject if isinstance(subject, str) else ""
    words = {
        name: said(
            kind if name in ("value", "bound") else name, brief(value) if isinstance(value, Decimal) else value, shelf
        )
        for name, value in data.items()
    }
    if isinstance(within := data.get("code"), str):
        words["reason"] = sentence(shelf.book.errors, within, {}, shelf)
    particular = f"{code}.{data.get('reason', 'other')}"
    found = next((known for known in (particular, f"{code}.other", code) if known in sentences), "other")
    return start(sentences.say(found, {"code": inert(code.replace("_", " ")), **words}))


def position(arguments: Mapping[str, ArgumentValue], shelf: Shelf, units: Mapping[str, str]) -> dict[str, str]:
    """Arguments or slots in words, with the units known for them.

    A `size` carries what it counts, and where that is not coins it stands as `worth` too; margin taken out is
    `withdrawn_margin`; the generic rules are no venue.
    """
    known = {name: said(name, value, shelf) for name, value in arguments.items()}
    if "size" in known:
        kind = str(arguments.get("size_unit", "base"))
        counted = {"base": known.get("symbol"), "quote": units.get("unit")}.get(kind)
        values = shelf.book.labels.values
        unnamed = values.get(f"{kind}_{arguments.get('account_type')}") or values.get(f"{kind}_unnamed", "")
        known["size"] = f"{known['size']} {counted or unnamed}".rstrip()
        if kind != SizeUnit.BASE:
            known["worth"] = known["size"]
    added = arguments.get("added_margin")
    if isinstance(added, Decimal) and added < 0:
        del known["added_margin"]
        known["withdrawn_margin"] = said("added_margin", -added, shelf)
    if known.get("venue") == said("venue", GENERIC, shelf):
        del known["venue"]
    return {**{name: text for name, text in known.items() if text}, **units}


def inputs(known: Mapping[str, str], labels: Labels) -> str:
    """A position in one line: `long 0.5 BTC, entry 60,000 USDT, 20x, isolated margin, Binance`."""
    phrases = (
        next((text.format_map(known) for text, needed in group if needed <= known.keys()), "")
        for group in labels.inputs
    )
    return labels.style.comma.join(filter(None, phrases))

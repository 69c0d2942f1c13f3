"""Digits in any notation as exact decimals."""

import re
from decimal import Decimal

_DIGITS = re.compile(r"[^\d.,']")


def literal(text: str, decimal: str) -> tuple[Decimal | None, Decimal | None]:
    """The decimal a literal stands for and, where one separator stands before three digits, its other reading."""
    sign = -1 if "-" in text else 1
    mantissa, _, exponent = text.partition("e") if re.search(r"\de[+-]?\d", text) else (text, "", "")
    digits = _DIGITS.sub("", mantissa)
    if not digits.strip(".,'"):
        return None, None
    separators = [c for c in digits if not c.isdigit()]
    kinds = set(separators)
    other: Decimal | None = None
    if len(kinds) == 2:
        point = separators[-1]
        plain = "".join(c if c.isdigit() else "." if c == point else "" for c in digits)
        if separators.count(point) > 1:
            return None, None
    elif not kinds:
        plain = digits
    else:
        mark = separators[0]
        whole, _, last = digits.rpartition(mark)
        grouping = (
            len(last) == 3 and 1 <= len(whole.split(mark)[0]) <= 3 and whole.split(mark)[0] != "0" and whole != ""
        )
        if len(separators) > 1 or mark == "'":
            plain = digits.replace(mark, "")
        elif grouping and mark != decimal:
            plain = digits.replace(mark, "")
            if mark != ",":
                other = Decimal(digits.replace(mark, "."))
        else:
            plain = digits.replace(",", ".")
            if grouping:
                other = Decimal(digits.replace(mark, "")) * sign
    value = Decimal(plain) * sign
    if exponent:
        value = value.scaleb(int(exponent))
    return value, other

"""The second question in a message that also asks for a number: "… and what is ADL?"."""

import re

_JOINT = re.compile(
    r"[?.;!\n]+\s*|,?\s+and (?=what|why|how|can|could|does|do|is|explain|also)|,\s*(?=what is|what's|explain|why)",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_ASKING = re.compile(r"\b(what|what's|whats|why|how|explain|does|can|define|difference)\b", re.IGNORECASE)


def aside(text: str) -> str | None:
    """The last clause that asks something without a number, where the message has other clauses too; else None."""
    clauses = [clause.strip() for clause in _JOINT.split(text) if clause.strip()]
    asking = [clause for clause in clauses if _ASKING.search(clause) and not _DIGIT.search(clause)]
    return asking[-1] if asking and len(clauses) > 1 and len(asking[-1].split()) >= 2 else None

"""How a tool ends early: something is missing, or there is no right answer."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from assistant.errors import CannotAnswer
from assistant.tools.figures import tidy
from assistant.values import Arguments, Result, Status

_SAID_DIGITS = 15


class Gap(Exception):
    """Raised where inputs are missing; carries all of them at once, in the order they are asked for."""

    def __init__(self, *missing: str) -> None:
        self.missing = tuple(dict.fromkeys(missing))
        super().__init__(*self.missing)


class Refusal(Exception):
    """Raised where a number would be wrong; a code of prompts/<language>/errors.toml and what its sentence needs."""

    def __init__(self, code: str, **data: str | Decimal | date) -> None:
        self.code = code
        self.data = data
        super().__init__(code)


def underdetermined(tool: str, arguments: Arguments, gap: Gap) -> Result:
    """The result that names every gap."""
    return Result(
        tool=tool, arguments=arguments, status=Status.UNDERDETERMINED, code="underdetermined", missing=gap.missing
    )


def refused(tool: str, arguments: Arguments, reason: Refusal | CannotAnswer) -> Result:
    """The result that says why there is no number."""
    return Result(tool=tool, arguments=arguments, status=Status.REFUSED, code=reason.code, data=plain_data(reason.data))


def plain_data(data: Mapping[str, object]) -> dict[str, str | Decimal | date]:
    """Data of an error in the types a result may hold; a number with more digits than anybody types is cut to ten."""
    plain: dict[str, str | Decimal | date] = {}
    for name, value in data.items():
        if isinstance(value, Decimal) and value.is_finite() and len(value.as_tuple().digits) > _SAID_DIGITS:
            plain[name] = tidy(value)
        elif value is not None:
            plain[name] = value if isinstance(value, str | Decimal | date) else str(value)
    return plain

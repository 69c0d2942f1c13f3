"""Every setting, read once from the environment: the name of a field in capitals behind ASSISTANT_."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from assistant.errors import SettingError

PREFIX = "ASSISTANT_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What may differ between two installations; the contract's own limits are no settings."""

    database: Path
    """The SQLite file that keeps conversations; left out: one in the user's data folder."""
    host: str = "127.0.0.1"
    port: int = 8000
    """0 picks a free one."""
    log_level: str = "info"
    database_timeout_s: Decimal = Decimal(2)
    """How long a turn waits for a locked database before it is refused with 503."""
    shutdown_s: Decimal = Decimal(2)
    """How long open requests may run on after SIGTERM."""
    ping_s: Decimal = Decimal(15)
    """Silence on an event stream after which a ping is sent."""


def read(environment: Mapping[str, str], **overrides: str | int | None) -> Settings:
    """The settings of an environment, then of a command line (None: not given); SettingError names what cannot be."""
    given = {name: environment[variable(name)] for name in _READERS if environment.get(variable(name))}
    given |= {name: str(value) for name, value in overrides.items() if value is not None}
    values: dict[str, Any] = {name: _READERS[name](name, text) for name, text in given.items()}
    values.setdefault("database", _data_folder(environment) / "liquidation-assistant" / "conversations.sqlite3")
    return Settings(**values)


def unknown(environment: Mapping[str, str]) -> tuple[str, ...]:
    """The variables that carry the prefix but are no setting: a slip of the pen, most likely."""
    known = {variable(name) for name in _READERS}
    return tuple(sorted(name for name in environment if name.startswith(PREFIX) and name not in known))


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return PREFIX + name.upper()


def _data_folder(environment: Mapping[str, str]) -> Path:
    folder = environment.get("XDG_DATA_HOME", "")
    if folder.startswith("/"):
        return Path(folder)
    try:
        return Path("~/.local/share").expanduser()
    except RuntimeError as no_home:
        raise SettingError(name=variable("database"), rule="must be set where the user has no home folder") from no_home


def _path(_name: str, text: str) -> Path:
    return Path(text).expanduser()


def _text(_name: str, text: str) -> str:
    return text


def _port(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= 65535):
        raise SettingError(name=variable(name), rule="a whole number from 0 to 65535")
    return int(text)


def _log_level(name: str, text: str) -> str:
    levels = ("critical", "error", "warning", "info", "debug")
    if text.lower() not in levels:
        raise SettingError(name=variable(name), rule="one of " + ", ".join(levels))
    return text.lower()


def _seconds(name: str, text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not (value.is_finite() and 0 < value <= 60):
        raise SettingError(name=variable(name), rule="seconds, more than 0 and at most 60")
    return value


_READERS: Mapping[str, Callable[[str, str], object]] = {
    "database": _path,
    "host": _text,
    "port": _port,
    "log_level": _log_level,
    "database_timeout_s": _seconds,
    "shutdown_s": _seconds,
    "ping_s": _seconds,
}

"""`doctor`: checks settings, content and store, and says what to mend; changes nothing."""

import argparse
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from assistant import settings, wiring
from assistant.errors import AssistantError, SettingError
from assistant.lint import lint
from assistant.resources import content

_LOW_SPACE = 200 * 2**20
_OLDEST_SQLITE = (3, 24, 0)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    part: str
    state: str
    """fine, warning or wrong."""
    text: str


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The arguments of the command."""
    parser = commands.add_parser("doctor", help="check settings, content and store, and say what to mend")
    parser.add_argument("--json", action="store_true", help="one JSON object a finding")


def run(parsed: argparse.Namespace) -> int:
    """0 when a server would start and keep what it is told, 1 when something must be mended first."""
    findings = [*_program(), *_settings(), *_content()]
    for finding in findings:
        print(json.dumps(asdict(finding)) if parsed.json else f"{finding.state:8}{finding.part}: {finding.text}")
    return 1 if any(finding.state == "wrong" for finding in findings) else 0


def _program() -> Iterator[Finding]:
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        oldest = ".".join(map(str, _OLDEST_SQLITE))
        yield Finding("program", "wrong", f"SQLite {sqlite3.sqlite_version} is too old: install {oldest} or newer")
    else:
        yield Finding("program", "fine", f"SQLite {sqlite3.sqlite_version}")


def _settings() -> Iterator[Finding]:
    for name in settings.unknown(os.environ):
        yield Finding("settings", "warning", f"{name} is no setting and has no effect: correct or remove it")
    try:
        chosen = settings.read(os.environ)
    except SettingError as error:
        yield Finding("settings", "wrong", f"{error}: correct or remove it")
        return
    yield Finding(
        "settings", "fine", f"listens on {chosen.host}:{chosen.port}, keeps conversations in {chosen.database}"
    )
    yield from _store(chosen)


def _store(chosen: settings.Settings) -> Iterator[Finding]:
    found = wiring.examine_store(chosen)
    for error in found:
        yield Finding("store", "wrong", str(error))
    if not found:
        there = "is sound" if chosen.database.exists() else "will be made by the first `serve`"
        yield Finding("store", "fine", f"{chosen.database} {there}")
    folder = next((parent for parent in chosen.database.absolute().parents if parent.is_dir()), None)
    free = shutil.disk_usage(folder).free if folder else _LOW_SPACE
    if free < _LOW_SPACE:
        yield Finding("store", "warning", f"only {free // 2**20} MiB are free in {folder}: make room")


def _content() -> Iterator[Finding]:
    try:
        found = lint(prompts=content("prompts"), knowledge=content("knowledge"))
        web = content("web")
    except (AssistantError, FileNotFoundError) as error:
        yield Finding("content", "wrong", f"{error}: install the program again")
        return
    yield from (Finding("content", "wrong", str(finding)) for finding in found)
    if not found:
        yield Finding("content", "fine", "prompts and knowledge fit the code")
    for page in ("index.html.j2", "docs.html.j2", "verify.html.j2"):
        if not (web / "pages" / page).is_file():
            yield Finding("content", "wrong", f"web/pages/{page} is missing: install the program again")

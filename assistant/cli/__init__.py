"""The command line: one module a command, each with `add` (its arguments) and `run` (its exit status)."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from assistant import __version__
from assistant.errors import AssistantError

COMMANDS = ("ask", "chat", "serve", "bulk", "lint", "doctor", "tiers", "verify")
"""Every command; a module of this package each, imported only when it is the one called."""


def main(argv: Sequence[str] | None = None) -> int:
    """The exit status of one command: 0 done, 1 findings or no answer, 2 wrong usage."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    parser = argparse.ArgumentParser(
        prog="liquidation-assistant", description="Answers questions about liquidation in leveraged trading."
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    called = next((word for word in arguments if not word.startswith("-")), None)
    modules = {
        name: import_module(f"assistant.cli.{name}") for name in COMMANDS if called not in COMMANDS or name == called
    }
    for module in modules.values():
        module.add(commands)
    parsed = parser.parse_args(arguments)
    try:
        return int(modules[parsed.command].run(parsed))
    except AssistantError as error:
        print(f"liquidation-assistant: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130

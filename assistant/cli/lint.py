"""`lint`: checks prompts/ and knowledge/ against the code and prints every finding."""

import argparse
import json

from assistant.lint import lint
from assistant.resources import content


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The arguments of the command."""
    parser = commands.add_parser("lint", help="check the content files; exit status 1 with findings")
    parser.add_argument("--json", action="store_true", help="one JSON object a finding")


def run(parsed: argparse.Namespace) -> int:
    """0 without findings, 1 with some."""
    findings = lint(prompts=content("prompts"), knowledge=content("knowledge"))
    for finding in findings:
        print(json.dumps(dict(finding.data), default=str) if parsed.json else str(finding))
    if not parsed.json:
        print(f"{len(findings)} findings" if findings else "content is sound")
    return 1 if findings else 0

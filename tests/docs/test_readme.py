"""What the README says is true: its code runs, its table is the data, its links lead somewhere."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.cli import COMMANDS
from assistant.resources import content
from assistant.venues import catalogue

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, re.DOTALL)
LINES = [
    line
    for kind, block in BLOCKS
    if kind == "sh"
    for line in block.splitlines()
    if line.startswith("liquidation-assistant ")
]


def test_the_python_example_runs():
    for program in (block for kind, block in BLOCKS if kind == "python"):
        exec(compile(program, "README.md", "exec"), {})


@pytest.mark.slow
@pytest.mark.parametrize("line", LINES)
def test_the_command_line_example_runs(line, tmp_path, monkeypatch):
    monkeypatch.setenv("ASSISTANT_DATABASE", str(tmp_path / "store.sqlite3"))
    arguments = shlex.split(line)[1:]
    assert arguments[0] in COMMANDS
    done = subprocess.run(
        [sys.executable, "-m", "assistant", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_venue_table_is_what_the_data_says():
    rulebooks = catalogue.load(content("knowledge") / "venues")
    rows = [
        f"| {book.name} | {', '.join(book.contracts)} | {', '.join(book.modes)} | {book.level} |" for book in rulebooks
    ]
    table = README.split("|---|---|---|---|\n")[1].split("\n\n")[0].splitlines()
    assert table == rows


def test_every_linked_file_exists():
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists() or target.startswith("http"), target


def test_every_folder_on_the_map_exists():
    for folder in re.findall(r"`((?:assistant|prompts|knowledge|web|tests|bench|docs)/[a-z_/]*)`", README):
        assert (ROOT / folder).is_dir(), folder


def test_make_has_the_commands_the_readme_names():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"make (\w+)", README):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target

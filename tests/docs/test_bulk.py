"""What docs/bulk.md says is true: its program and its command run, its limits and columns are the code's."""

import re
import shlex
from pathlib import Path

from assistant.api.limits import BULK_BODY_BYTES, BULK_ROWS
from assistant.cli import main
from assistant.cli.row_files import PIECE
from assistant.tools.columns import NOT_TAKEN, RESULTS

PAGE = (Path(__file__).parents[2] / "docs" / "bulk.md").read_text("utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)


def test_the_program_runs():
    (program,) = (block for kind, block in BLOCKS if kind == "python")
    exec(compile(program, "bulk.md", "exec"), {})


def test_the_command_runs(tmp_path, monkeypatch):
    (command,) = (block for kind, block in BLOCKS if kind == "sh")
    monkeypatch.chdir(tmp_path)
    Path("positions.csv").write_text("venue,symbol,side,entry_price,size,leverage\nbinance,BTC,long,60000,0.5,20\n")
    assert main(shlex.split(command)[1:]) == 0
    assert "57228.91566" in Path("priced.csv").read_text()


def test_the_columns_that_are_written_are_the_table():
    table = PAGE.split("| written | meaning |")[1].split("\n\n")[0]
    assert tuple(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == RESULTS


def test_the_arguments_that_no_cell_takes_are_named():
    assert all(f"`{name}`" in PAGE for name in NOT_TAKEN)


def test_the_limits_are_those_of_the_code():
    assert f"{BULK_ROWS:,} rows" in PAGE
    assert f"{BULK_BODY_BYTES // 2**20} MiB" in PAGE
    assert f"{PIECE:,} rows" in PAGE

"""NumPy is paid for by those who use it only."""

import subprocess
import sys

import pytest

ASKED = """
import sys
from assistant.cli import main
main(["ask", "--as-of", "2026-11-22", "long 0.5 btc at 60k 20x isolated on binance, where is my liq?"])
"""
SERVED = """
import sys
import assistant.content, assistant.api.app, assistant.cli.serve
"""
SAY = "\nprint('numpy' in sys.modules)"


@pytest.mark.slow
@pytest.mark.parametrize("program", [ASKED, SERVED], ids=["asking a question", "starting a server"])
def test_it_does_not_import_numpy(program):
    done = subprocess.run([sys.executable, "-c", program + SAY], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"


@pytest.mark.slow
def test_bulk_does():
    program = "import sys, assistant.tools.many" + SAY
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "True"

"""The import contracts of pyproject.toml are kept, and each of them notices a breach."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BREACHES = tomllib.loads((Path(__file__).parent / "breaches.toml").read_text("utf-8"))
CONTRACTS = {
    contract["id"]: contract["name"]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
}


def check(root: Path, contract: str) -> subprocess.CompletedProcess[str]:
    program = "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command as run; run()"
    command = [sys.executable, "-c", program, "--no-cache", "--contract", contract]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def test_every_contract_has_its_breach():
    assert CONTRACTS.keys() == BREACHES.keys()


@pytest.mark.slow
@pytest.mark.parametrize("contract", CONTRACTS)
def test_a_breach_of_the_contract_is_noticed_and_the_house_as_it_is_keeps_it(contract, tmp_path):
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "assistant", tmp_path / "assistant", ignore=shutil.ignore_patterns("__pycache__"))
    kept = check(tmp_path, contract)
    assert f"{CONTRACTS[contract]} KEPT" in kept.stdout, kept.stdout + kept.stderr
    module = tmp_path / "assistant" / BREACHES[contract]["module"]
    module.write_text(f"{module.read_text('utf-8')}\n{BREACHES[contract]['line']}\n", "utf-8")
    broken = check(tmp_path, contract)
    assert f"{CONTRACTS[contract]} BROKEN" in broken.stdout, broken.stdout + broken.stderr

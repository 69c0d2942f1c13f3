"""The wheel carries its content: built from the sdist, installed elsewhere, it answers from another folder."""

import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COPIED = (
    "assistant",
    "prompts",
    "knowledge",
    "web",
    "pyproject.toml",
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
    ".gitignore",
)


def run(*command, cwd):
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("build")
    source = folder / "source"
    source.mkdir()
    for name in COPIED:
        path = ROOT / name
        if path.is_dir():
            shutil.copytree(path, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(path, source / name)
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder / "dist", source, cwd=folder)
    (built,) = (folder / "dist").glob("*.whl")
    return built


@pytest.mark.slow
def test_the_wheel_holds_prompts_knowledge_and_web(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for content in (
        "prompts/en/disclaimer.md",
        "knowledge/venues/binance_usdm.toml",
        "knowledge/vectors/generated.jsonl",
        "web/widget.js",
    ):
        assert f"assistant/_content/{content}" in names


@pytest.mark.slow
def test_the_installed_wheel_answers_from_another_folder(wheel, tmp_path):
    venv.create(tmp_path / "env", with_pip=False, system_site_packages=False)
    python = tmp_path / "env" / "bin" / "python"
    (site,) = (tmp_path / "env" / "lib").glob("python3*/site-packages")
    run(
        sys.executable,
        "-m",
        "pip",
        "install",
        "--no-deps",
        "--no-index",
        "--quiet",
        "--target",
        site,
        wheel,
        cwd=tmp_path,
    )
    (site / "dependencies.pth").write_text(
        "\n".join(path for path in sys.path if path.endswith("site-packages")), "utf-8"
    )
    assert "    0" in run(python, "-m", "assistant", "verify", "--sourced", cwd=tmp_path)
    question = "long 0.5 btc at 60k 20x isolated on binance, where is my liq?"
    where = run(python, "-c", "import assistant; print(assistant.__file__)", cwd=tmp_path)
    assert str(site) in where
    said = run(python, "-m", "assistant", "ask", "--as-of", "2026-11-22", question, cwd=tmp_path)
    assert "57,228.92" in said
    assert "not financial advice" in said.rsplit("\n\n", 1)[1]

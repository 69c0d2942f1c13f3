"""`python -m tests.oracle`: writes knowledge/vectors/ again."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tests.oracle.generated import generated
from tests.oracle.sourced import sourced

VECTORS = Path(__file__).parents[2] / "knowledge" / "vectors"


def text(lines: Iterable[Mapping[str, Any]]) -> str:
    """The lines as they stand in a file."""
    return "".join(f"{json.dumps(line, ensure_ascii=False, separators=(',', ':'))}\n" for line in lines)


def main() -> None:
    """Writes both files."""
    VECTORS.mkdir(exist_ok=True)
    for name, lines in (("sourced.jsonl", sourced()), ("generated.jsonl", generated())):
        written = text(lines)
        (VECTORS / name).write_text(written, "utf-8")
        print(f"{name}: {written.count(chr(10))} vectors, {len(written.encode()) // 1000} kB")


if __name__ == "__main__":
    main()

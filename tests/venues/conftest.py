from pathlib import Path

import pytest

from assistant.resources import content
from assistant.venues.catalogue import Rulebooks, load


@pytest.fixture(scope="session")
def directory() -> Path:
    return content("knowledge") / "venues"


@pytest.fixture(scope="session")
def rulebooks(directory: Path) -> Rulebooks:
    return load(directory)

"""The reader over the real content, opened once."""

from pathlib import Path

import pytest

from assistant.resources import content
from assistant.understanding.load import load_understanding
from assistant.understanding.recognise import Understanding
from assistant.understanding.vocabulary import load_names
from assistant.venues import catalogue


@pytest.fixture(scope="session")
def understanding() -> Understanding:
    knowledge: Path = content("knowledge")
    venues = catalogue.load(knowledge / "venues").names()
    return load_understanding(
        content("prompts"), load_names(knowledge / "symbols.toml", venues, knowledge / "other_venues.toml")
    )

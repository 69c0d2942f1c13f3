"""The phrases the dialogue looks for, loaded once."""

import pytest

from assistant.dialogue import boundaries, distress
from assistant.dialogue.boundaries import BoundaryPhrases
from assistant.dialogue.distress import DistressPhrases
from assistant.resources import content


@pytest.fixture(scope="session")
def cries() -> DistressPhrases:
    return distress.load(content("prompts") / "distress")


@pytest.fixture(scope="session")
def limits() -> BoundaryPhrases:
    return boundaries.load(content("prompts") / "en" / "boundaries.toml")

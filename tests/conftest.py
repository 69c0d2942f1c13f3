"""The assistant over the real content, opened once for every test that talks."""

import pytest

from assistant.content import open_assistant
from assistant.resources import content
from assistant.turn import Assistant


@pytest.fixture(scope="session")
def assistant() -> Assistant:
    return open_assistant(prompts=content("prompts"), knowledge=content("knowledge"))

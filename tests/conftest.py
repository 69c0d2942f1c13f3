"""The assistant over the real content and its vectors, opened once for every test that needs them."""

import pytest

from assistant.content import open_assistant
from assistant.resources import content
from assistant.turn import Assistant
from assistant.verification import vector_file
from assistant.verification.vector import Vector


@pytest.fixture(scope="session")
def assistant() -> Assistant:
    return open_assistant(prompts=content("prompts"), knowledge=content("knowledge"))


@pytest.fixture(scope="session")
def vectors(assistant: Assistant) -> tuple[Vector, ...]:
    return vector_file.load(content("knowledge") / "vectors", rulebooks=tuple(assistant.rulebooks.books))

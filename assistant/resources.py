"""Where prompts/, knowledge/ and web/ are: inside the installed wheel, or beside the package in a checkout."""

from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).parent


def content(name: Literal["prompts", "knowledge", "web"]) -> Path:
    """The directory of one kind of content, the wheel's copy before the checkout's; FileNotFoundError if neither."""
    for root in (_PACKAGE / "_content", _PACKAGE.parent):
        directory = root / name
        if directory.is_dir():
            return directory
    raise FileNotFoundError(name)

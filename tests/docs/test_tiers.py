"""docs/tiers.md names every page a table is read from, and the bounds the review keeps."""

from pathlib import Path

import pytest

from assistant.adapters.tiers.client import Limits
from assistant.adapters.tiers.venues import VENUES
from assistant.venues.tier_review import CAP_FACTOR, RATE_FACTOR, VANISHED

PAGE = (Path(__file__).parents[2] / "docs" / "tiers.md").read_text("utf-8")


@pytest.mark.parametrize("name", VENUES)
def test_every_page_is_named(name):
    assert f"({VENUES[name].documentation})" in PAGE


@pytest.mark.parametrize(
    "bound",
    [
        f"more than {RATE_FACTOR} times the old one",
        f"a cap more than {CAP_FACTOR} times",
        f"more than {100 * VANISHED:.0f} % of the symbols",
        f"{Limits().read_s:.0f} s of silence or {Limits().whole_s:.0f} s in all",
        f"more than {Limits().most_bytes // 2**20} MiB",
    ],
)
def test_every_bound_is_the_one_that_is_kept(bound):
    assert bound in PAGE

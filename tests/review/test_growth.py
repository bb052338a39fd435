"""No page gets dearer as the archive grows: ten times the letters, less than twice the CPU."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from typing import Any

import pytest

from bench.grown_archive import fill
from bench.growth import PAGES
from bench.page_costs import least_costs, pages_over
from storage.database.archive import open_archive

SIZES = (500, 5000)
MOST = (
    2.0  # times; 1.5 for the letters of a state, of which the small archive has less than a page
)
LEAST = 2.0  # ms, below which a clock says little
ROUNDS, TRIES = 4, 3
Apps = list[Any]


@pytest.fixture(scope="module")
def apps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Apps]:
    """Yield the pages over a small archive and over one with ten times its letters."""
    folder, now = tmp_path_factory.mktemp("grown"), datetime(2026, 11, 24, tzinfo=UTC)
    with ExitStack() as opened:
        made = []
        for letters in SIZES:
            archive = open_archive(f"sqlite:///{folder}/{letters}.db", create=True)
            opened.enter_context(closing(archive))
            made.append(pages_over(archive, fill(archive, letters, now, templates=20)))
        yield made


@pytest.mark.parametrize("name", PAGES)
def test_a_page_over_ten_times_the_letters_is_not_twice_as_dear(apps: Apps, name: str) -> None:
    """A busy machine makes a measurement dearer, never cheaper: the least of several counts."""
    ratios = (_ratio(apps, PAGES[name]) for _ in range(TRIES))
    assert any(ratio < MOST for ratio in ratios)


def _ratio(apps: Apps, page: str) -> float:
    small, large = (max(each, LEAST) for each in least_costs(apps, page, ROUNDS))
    return large / small

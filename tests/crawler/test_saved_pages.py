"""Each family of sites reads the pages that were saved of it as their golden files say."""

from pathlib import Path

import pytest

from crawler.sites import FAMILIES
from tests.crawler.saved_pages import PAGES, assert_golden


@pytest.mark.parametrize(
    "saved", sorted(PAGES.glob("*/*.html")), ids=lambda saved: f"{saved.parent.name}/{saved.stem}"
)
def test_a_saved_page_is_read_as_its_golden_file_says(saved: Path) -> None:
    assert_golden(saved)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("kind", ["directory", "letter"])
def test_each_family_has_saved_pages(family: str, kind: str) -> None:
    assert list((PAGES / family).glob(f"{kind}*.html"))


def test_each_folder_of_saved_pages_is_a_family_s() -> None:
    assert {folder.name for folder in PAGES.iterdir()} == set(FAMILIES)

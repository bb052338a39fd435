"""Saved pages are read as their golden files say; each family of sites has some."""

from pathlib import Path

import pytest

from crawler.sites import FAMILIES
from fuhan.probe.saved_pages import is_page
from tests.crawler.saved_pages import PAGES, assert_golden

SAVED = sorted(page for page in PAGES.glob("*/*.html") if is_page(page.name))


@pytest.mark.parametrize("saved", SAVED, ids=lambda saved: f"{saved.parent.name}/{saved.stem}")
def test_a_saved_page_is_read_as_its_golden_file_says(saved: Path) -> None:
    assert_golden(saved)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("kind", ["directory", "letter"])
def test_each_family_has_saved_pages(family: str, kind: str) -> None:
    assert list((PAGES / family).glob(f"{kind}*.html"))

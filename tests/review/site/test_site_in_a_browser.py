"""The public site as a browser opens it from a folder: styled, searchable, inert."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page

from letters.review import ReviewState
from review.site.write_site import SiteOptions, write_site
from storage.database.archive import open_archive
from storage.schema.tables import letters
from tests.archive_copy import archive_url, copy_archive
from tests.review.browser import chromium, needs_chromium
from tests.review.conftest import ZONE

ATTACK = "</script><script>window.owned=1</script><img src=x onerror=window.owned=1>"
pytestmark = needs_chromium


@pytest.fixture(scope="module")
def site(two_nights: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site of letters whose subjects all hold a script."""
    folder = tmp_path_factory.mktemp("browsed")
    copy_archive(two_nights / "fuhan.db", folder / "fuhan.db")
    with closing(open_archive(archive_url(folder / "fuhan.db"), create=False)) as archive:
        with archive.writing() as connection:
            connection.execute(letters.update().values(subject=ATTACK + letters.c.subject))
        write_site(archive, folder / "site", SiteOptions(ReviewState.OPEN, ZONE))
    return folder / "site"


@pytest.fixture(scope="module")
def phone() -> Iterator[Page]:
    with chromium() as browser:
        yield browser.new_page(viewport={"width": 390, "height": 844})


def test_a_search_shows_what_has_all_words_without_a_server(site: Path, phone: Page) -> None:
    phone.goto((site / "search.html").as_uri())
    phone.fill("#words", "力争 确保")
    phone.wait_for_selector("#hits li")
    assert "确保 → 力争" in phone.inner_text("#hits")
    assert phone.inner_text("#found") == f"符合 {phone.locator('#hits li').count()} 条"
    assert set(phone.locator("#hits mark").all_inner_texts()) == {"确保", "力争"}
    with phone.expect_navigation():
        phone.click("#hits a")
    assert "/changes/" in phone.url
    phone.go_back()
    assert phone.input_value("#words") == "力争 确保"
    phone.fill("#words", "没有这样的字样")
    phone.wait_for_selector("text=没有符合的变更。")
    assert phone.locator("#hits li").count() == 0


@pytest.mark.parametrize("name", ["index.html", "search.html#owned", "en/sources/demo.html"])
def test_a_page_fits_a_phone_and_runs_nothing_of_a_letter(
    site: Path, phone: Page, name: str
) -> None:
    phone.goto(f"{site.as_uri()}/{name}")
    phone.wait_for_selector("main :text('window.owned')")
    assert phone.evaluate("window.owned") is None
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert phone.evaluate("getComputedStyle(document.body).maxWidth") == "1088px"

"""The pages of letters and changes in a real browser: on a phone, in print, in the dark, read aloud."""

import base64
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from review.app import create_app
from review.settings import ReviewSettings
from storage import queries
from storage.database.archive import Archive
from tests.review.browser import chromium, needs_chromium, serving
from tests.review.conftest import SOURCE, ZONE, ServiceBeside

pytestmark = [needs_chromium, pytest.mark.sqlite("a browser is shown the same pages")]
STYLE = files("review").joinpath("static/review.css").read_text("utf-8")
DARK_PIXELS = """async picture => {
    const bytes = Uint8Array.from(atob(picture), each => each.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    canvas.drawImage(bitmap, 0, 0);
    const {data} = canvas.getImageData(0, 0, bitmap.width, bitmap.height);
    const isDark = at => data[at] + data[at + 1] + data[at + 2] < 480;
    return Array.from({length: bitmap.height}, (_, y) =>
        Array.from({length: bitmap.width}, (_, x) => isDark(4 * (y * bitmap.width + x)))
            .filter(Boolean).length);
}"""


@pytest.fixture(scope="module", name="chromium")
def start_chromium(demo_folder: Path) -> Iterator[Browser]:
    assert demo_folder.is_dir()  # made before: no crawl can be run beside a loop of Playwright's
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def shown(archive: Archive) -> dict[str, str]:
    """Return the paths of the pages by what they show."""
    with archive.reading() as connection:
        changes = list(queries.changes(connection, queries.ChangeFilter()))
    edited = next(each for each in changes if each.kind == "edited" and each.to_version == 2)
    long = max(changes, key=lambda each: sum(len(edit.old or "") for edit in each.edits))
    gone = next(each for each in changes if each.kind == "withdrawn")
    letter = edited.letter.id
    return {
        "letter": f"/letters/{letter}",
        "letter withdrawn": f"/letters/{gone.letter.id}",
        "old version": f"/letters/{letter}/versions/1",
        "page as served": f"/letters/{letter}/versions/1/served",
        "inline": f"/letters/{long.letter.id}/diff/1..2",
        "sides": f"/letters/{long.letter.id}/diff/1..2?view=sides",
        "change": f"/changes/{long.id}",
        "change withdrawn": f"/changes/{gone.id}",
    }


@pytest.fixture(scope="module")
def served(archive: Archive) -> Iterator[str]:
    settings = ReviewSettings(sources=(SOURCE,), timezone=ZONE)
    with serving(create_app(archive, settings, ServiceBeside())) as base:
        yield base


def test_on_a_phone_a_paragraph_that_stayed_is_shown_once(
    served: str, shown: dict[str, str], chromium: Browser
) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 800})
    page.goto(f"{served}{shown['sides']}")
    same = page.locator(".sides .same")
    assert same.count() > 0
    for row in same.all():
        assert sum(cell.is_visible() for cell in row.locator("td").all()) <= 1
    page.context.close()


def test_what_is_gone_and_what_came_is_said_to_who_can_t_see_it(
    served: str, shown: dict[str, str], chromium: Browser
) -> None:
    page = chromium.new_page()
    for language, said in (("zh", "【删】"), ("en", "[deleted]")):
        page.goto(f"{served}{shown['inline']}?lang={language}")
        told = page.locator(".inline").aria_snapshot()
        assert said in told
        assert told.index(said) < told.index("- deletion")
    page.context.close()


def test_in_print_there_is_no_navigation_and_the_withdrawn_text_stands_once(
    served: str, shown: dict[str, str], chromium: Browser, archive: Archive
) -> None:
    page = chromium.new_page()
    page.goto(f"{served}{shown['change withdrawn']}")
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible()
    page.goto(f"{served}{shown['letter']}")
    assert page.locator("form").count() == 1
    assert not page.locator("form").is_visible()
    page.goto(f"{served}{shown['change withdrawn']}")
    with archive.reading() as connection:
        change = next(
            each
            for each in queries.changes(connection, queries.ChangeFilter())
            if each.kind == "withdrawn"
        )
        version = queries.version(connection, change.letter.id, change.from_version or 1)
    assert version
    longest = max((block.text for block in version.letter.body), key=len)
    assert page.inner_text("body").count(longest) == 1
    page.goto(f"{served}{shown['inline']}")
    page.emulate_media(media="print")
    folded = page.locator("details.fold .row").first
    assert folded.bounding_box() is not None
    page.context.close()


@pytest.mark.parametrize("path", ["/changes", "/letters", "/review"])
def test_filters_are_folded_on_a_phone_and_open_on_a_desktop_without_script(
    served: str, chromium: Browser, path: str
) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page.goto(f"{served}{path}")
    source = page.locator("details.folding [name=source]")
    folded = page.locator("details.folding > summary")
    assert page.locator("details.folding").get_attribute("open") is None
    folded.click()
    assert page.locator("details.folding").get_attribute("open") is not None
    page.set_viewport_size({"width": 1280, "height": 844})
    page.goto(f"{served}{path}")
    assert not folded.is_visible()
    if path != "/review":  # where it is under a fold of its own
        assert source.is_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{served}{path}?source=demo")
    if path != "/review":
        assert source.is_visible()  # what is set is to be seen
    page.context.close()


def test_on_paper_the_page_for_decisions_has_no_controls(served: str, chromium: Browser) -> None:
    page = chromium.new_page(viewport={"width": 700, "height": 900})  # narrow, as paper is
    page.goto(f"{served}/review")
    page.emulate_media(media="print")
    controls = page.locator("main :is(form, button, .to-filters, .bar, aside)")
    assert controls.count() > 0
    assert [each.inner_text() for each in controls.all() if each.is_visible()] == []
    page.context.close()


def test_pictures_are_dark_where_the_page_is(served: str, chromium: Browser) -> None:
    for is_dark in (False, True):
        page = chromium.new_page(color_scheme="dark" if is_dark else "light")
        page.goto(f"{served}/")
        page.locator(".picture img").evaluate(
            "each => { each.loading = 'eager'; return each.decode(); }"
        )
        picture = base64.b64encode(page.locator(".picture img").screenshot()).decode()
        dark: list[int] = page.evaluate(DARK_PIXELS, picture)
        box = page.locator(".picture img").bounding_box()
        assert box
        assert (sum(dark) > box["width"] * box["height"] / 2) is is_dark
        page.context.close()


def test_a_gone_character_can_be_read(chromium: Browser) -> None:
    page = chromium.new_page(device_scale_factor=2)
    for char in "一二三工王且":
        plain, struck = (_ink(page, char, style) for style in ("text-decoration: none", ""))
        glyph = [row for row, count in enumerate(plain) if count]
        assert [struck[row] for row in glyph] == [plain[row] for row in glyph], (
            char
        )  # no line meets it
        assert any(struck[glyph[-1] + 1 :]), char  # but there is one
    page.context.close()


def _ink(page: Page, char: str, style: str) -> list[int]:
    """Return how many dark pixels a row of a gone character has, by row."""
    page.set_content(
        f"<style>{STYLE} p {{ margin: 40px }} del {{ font-size: 40px; {style} }}</style>"
        f"<p class=inline><del>{char}</del></p>"
    )
    picture = base64.b64encode(page.locator("p").screenshot()).decode()
    counts: list[int] = page.evaluate(DARK_PIXELS, picture)
    return counts

"""The pages of a letter and of a change in a real browser: a stranger's page is inert, and anybody can read them."""

import base64
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Frame, Page, sync_playwright
from sqlalchemy import select, update
from starlette.testclient import TestClient

from review.app import create_app
from review.settings import ReviewSettings
from storage import queries
from storage.database.archive import Archive, open_archive
from storage.facts.evidence import store_evidence
from storage.schema.tables import snapshots, versions
from tests.archive_copy import archive_url, copy_archive
from tests.review.browser import CHROMIUM, Canary, canary, needs_chromium, serving
from tests.review.conftest import SOURCE, ZONE, ServiceBeside

pytestmark = [needs_chromium, pytest.mark.sqlite("a browser is shown the same pages")]
TRAPS = ("#send", "#link", "#blank", "#script")
SETTLED = 700  # ms in which a page that would connect does so
HOSTILE = """<!doctype html><html manifest="{at}/manifest"><head><base href="{at}/base/" target=_top>
<meta http-equiv=refresh content="0;url={at}/refresh"><META HTTP-EQUIV='Refresh' content='0;url={at}/again'>
<link rel=preconnect href={at}><LINK rel=dns-prefetch href={at}><link rel=prefetch href={at}/prefetch>
<link rel=preload as=image href={at}/preload><link rel=modulepreload href={at}/module><link rel=prerender href={at}/p>
<link rel=stylesheet href={at}/sheet.css><link rel=icon href={at}/icon.ico>
<style>@import url({at}/imported.css); body {{ background: url({at}/ground.png) }}
@font-face {{ font-family: far; src: url({at}/font.woff) }} p {{ font-family: far }}</style>
<script>window.owned = 1; top.owned = 1; top.location = '{at}/top'; fetch('{at}/fetch')</script>
<script src={at}/script.js></script><script type=speculationrules>{{"prefetch":[{{"urls":["{at}/rules"]}}]}}</script></head>
<body onload="top.owned = 1; location = '{at}/loaded'"><p id=text style="background-image:url({at}/inline.png)">复函全文</p>
<img src={at}/a.png srcset="{at}/b.png 2x" onerror="top.owned = 1"><picture><source srcset={at}/c.png><img></picture>
<svg><image href={at}/d.png /><use href={at}/e.svg#x /><script>top.owned = 1</script></svg>
<object data={at}/object></object><embed src={at}/embed><iframe src={at}/frame></iframe>
<iframe srcdoc="&lt;link rel=preconnect href={at}&gt;&lt;img src={at}/within&gt;&lt;script&gt;top.owned = 1&lt;/script&gt;"></iframe>
<video poster={at}/poster src={at}/video autoplay></video><audio src={at}/audio autoplay></audio><track src={at}/track>
<form id=form action={at}/form><input name=q autofocus onfocus="form.submit()"><button id=send formaction={at}/sent>x</button></form>
<input type=image src={at}/button.png><a id=link href={at}/link ping={at}/ping>x</a>
<a id=blank target=_blank href={at}/blank>x</a><a id=script href="javascript:top.owned=1">x</a></body></html>"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def port() -> Iterator[Canary]:
    with canary() as port:
        yield port


@pytest.fixture
def archive_with_page(demo_folder: Path, tmp_path: Path) -> Iterator[Callable[[bytes], Archive]]:
    """Return what puts a page in the place of the one from which letter 1 was read first."""
    copy_archive(demo_folder / "fuhan.db", tmp_path / "fuhan.db")
    with closing(open_archive(archive_url(tmp_path / "fuhan.db"), create=False)) as archive:

        def put(body: bytes) -> Archive:
            first = select(versions.c.snapshot_id).where(
                versions.c.letter_id == 1, versions.c.number == 1
            )
            with archive.writing() as connection:
                sha256 = store_evidence(connection, body)
                connection.execute(
                    update(snapshots)
                    .where(snapshots.c.id == first.scalar_subquery())
                    .values(sha256=sha256, headers={"content-type": "text/html"})
                )
            return archive

        yield put


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
Visitor = Callable[..., TestClient]
Put = Callable[[bytes], Archive]


def app_of(visitor: Visitor, archive: Archive) -> Any:
    return visitor(over=archive).app


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_page_full_of_traps_is_drawn_and_reaches_nobody(
    visitor: Visitor, archive_with_page: Put, chromium: Browser, port: Canary, encoding: str
) -> None:
    trap = HOSTILE.format(at=port.url).replace("<head>", f"<head><meta charset={encoding}>")
    archive = archive_with_page(trap.encode(encoding))
    with serving(app_of(visitor, archive)) as base:
        page = chromium.new_page()
        page.goto(f"{base}/letters/1/versions/1/served")
        page.wait_for_timeout(SETTLED)
        (frame,) = (each for each in page.frames if each.parent_frame == page.main_frame)
        if encoding != "utf-16":  # whose declaration no browser can read: it shows characters
            assert frame.inner_text("#text") == "复函全文"
            for trapped in TRAPS:
                _click(frame, trapped)
            page.wait_for_timeout(SETTLED)
        assert page.url.partition("?")[0] == f"{base}/letters/1/versions/1/served"
        assert page.evaluate("window.owned") is None
        assert len(page.context.pages) == 1
        page.context.close()
    assert port.reached == 0


def _click(frame: Frame, selector: str) -> None:
    frame.locator(selector).dispatch_event("click")
    frame.locator(selector).click(timeout=3000)


def test_the_same_page_opened_by_itself_reaches_nobody(
    visitor: Visitor, archive_with_page: Put, chromium: Browser, port: Canary
) -> None:
    archive = archive_with_page(HOSTILE.format(at=port.url).encode())
    with serving(app_of(visitor, archive)) as base:
        page = chromium.new_page()
        page.goto(f"{base}/letters/1/versions/1/page")
        for trap in TRAPS:
            _click(page.main_frame, trap)
        page.wait_for_timeout(SETTLED)
        assert page.url == f"{base}/letters/1/versions/1/page"
        page.context.close()
    assert port.reached == 0


def test_without_our_policy_the_traps_would_spring(chromium: Browser, port: Canary) -> None:
    page = chromium.new_page()
    page.route(
        "http://trap.test/",
        lambda route: route.fulfill(body=HOSTILE.format(at=port.url), content_type="text/html"),
    )
    page.goto("http://trap.test/", wait_until="commit")
    page.wait_for_timeout(SETTLED)
    page.context.close()
    assert port.reached > 0


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
        "not known": f"/letters/{letter}/versions/9",
    }


@pytest.fixture(scope="module")
def served(archive: Archive) -> Iterator[str]:
    settings = ReviewSettings(sources=(SOURCE,), timezone=ZONE)
    with serving(create_app(archive, settings, ServiceBeside())) as base:
        yield base


@pytest.mark.parametrize(
    ("language", "scheme"), [("zh", "light"), ("en", "light"), ("zh", "dark")]
)
def test_axe_finds_nothing_serious(
    served: str, shown: dict[str, str], chromium: Browser, language: str, scheme: Any
) -> None:
    page = chromium.new_page(color_scheme=scheme)
    found = {}
    for name, path in shown.items():
        page.goto(f"{served}{path}{'&' if '?' in path else '?'}lang={language}")
        violations = Axe().run(page, options={"iframes": False}).response["violations"]
        found[name] = [
            (each["id"], [node["html"][:200] for node in each["nodes"]][:3])
            for each in violations
            if each["impact"] in {"serious", "critical"}
        ]
    page.context.close()
    assert {name: each for name, each in found.items() if each} == {}
    assert found.keys() == shown.keys()


@pytest.mark.parametrize("width", [390, 320])
def test_a_phone_needs_no_scrolling_sideways(
    served: str, shown: dict[str, str], chromium: Browser, width: int
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 800}, is_mobile=True)
    wide = {}
    for name, path in shown.items():
        page.goto(f"{served}{path}")
        wide[name] = page.evaluate("document.documentElement.scrollWidth")
    page.context.close()
    assert wide == dict.fromkeys(shown, width)


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

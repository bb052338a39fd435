"""A stranger's page as served, in a real browser: it is drawn, runs nothing and reaches nobody."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame
from sqlalchemy import select, update
from starlette.testclient import TestClient

from storage.database.archive import Archive, open_archive
from storage.facts.evidence import store_evidence
from storage.schema.tables import snapshots, versions
from tests.archive_copy import archive_url, copy_archive
from tests.review.browser import PATIENCE_MS, Canary, canary, chromium, needs_chromium, serving

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


@pytest.fixture(scope="module", name="chromium")
def start_chromium(demo_folder: Path) -> Iterator[Browser]:
    assert demo_folder.is_dir()  # made before: no crawl can be run beside a loop of Playwright's
    with chromium() as browser:
        yield browser


@pytest.fixture
def port() -> Iterator[Canary]:
    with canary() as port:
        yield port


@pytest.fixture
def archive_with_page(two_nights: Path, tmp_path: Path) -> Iterator[Callable[[bytes], Archive]]:
    """Return what puts a page in the place of the one from which letter 1 was read first."""
    copy_archive(two_nights / "fuhan.db", tmp_path / "fuhan.db")
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
    frame.locator(selector).click(timeout=PATIENCE_MS)


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
    until = time.monotonic() + PATIENCE_MS / 1000
    while not port.reached and time.monotonic() < until:
        page.wait_for_timeout(20)
    page.context.close()
    assert port.reached > 0

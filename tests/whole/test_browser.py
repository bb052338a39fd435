"""A letter full of scripts, read by a real browser on every page that shows it.

Only a browser shows that no script runs, and what its reader sees of a page: each test starts one.
"""

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from replica.document import File
from tests.crawler.page.visibility.test_visible_text import HIDDEN, SEEN, SHOWN
from tests.review.browser import chromium, needs_chromium
from tests.whole.serving import serving

ATTACK = "<script>window.owned=1</script><img src=x onerror=window.owned=1>"
pytestmark = needs_chromium


@pytest.fixture
def page() -> Iterator[Page]:
    with chromium() as browser:
        yield browser.new_page(locale="zh-CN")


@pytest.fixture
def served(small: Any, tmp_path: Path) -> Iterator[tuple[str, Any]]:
    """Serve an archive in which a letter with a script in each of its fields was edited."""
    replica, project = small
    victim = replica.directory.of("proposal")[0]
    victim.title += ATTACK
    for name in ("reviewer", "phone", "contact", "postcode", "signed_on_raw", "subject"):
        victim.replace(victim.fields[name], victim.fields[name] + ATTACK)
    victim.replace(victim.fields["addressees"][0], ATTACK + victim.fields["addressees"][0])
    victim.files.append(File(ATTACK + ".pdf", "P0.pdf", b"%PDF-1.4", scripted=True))
    project.crawl()
    victim.replace("二、", f"二、{ATTACK}")
    victim.title += ATTACK
    project.crawl()
    project.run("report", "-o", "report.html")
    with (tmp_path / "config.yaml").open("a") as config:
        config.write("review: {port: 0}\n")
    service, base = serving(project)
    yield base, project
    service.send_signal(signal.SIGTERM)
    service.communicate(timeout=600)


def test_a_letter_full_of_scripts_is_inert_on_every_page(
    page: Page, served: Any, tmp_path: Path
) -> None:
    base, project = served
    change = next(each for each in project.changes() if each["kind"] == "edited")
    letter = change["letter"]["id"]
    said: list[str] = []
    asked: list[str] = []
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    paths = ["/", "/changes", "/letters", f"/letters/{letter}", f"/changes/{change['id']}"]
    paths += ["/review", f"/review?at={change['id']}"]
    paths += [f"/letters/{letter}/diff/1..2?view={view}" for view in ("sides", "inline")]
    paths += [f"/letters/{letter}/versions/{number}" for number in (1, 2)]
    for url in [*(f"{base}{path}" for path in paths), (tmp_path / "report.html").as_uri()]:
        page.goto(url)
        assert "window.owned=1" in page.inner_text("body"), url  # it stands there, as text
        assert page.evaluate("window.owned") is None
        active = "script:not([src='/static/desk.js']), img:not([src*='/pictures/']), iframe, object, embed"
        assert page.locator(active).count() == 0
    assert said == []  # the policy had nothing to refuse
    assert {url.partition("?")[0] for url in asked if not url.startswith(f"{base}/")} == {
        (tmp_path / "report.html").as_uri()
    }


def draws(page: Page, html: str, char: str) -> bool:
    """Return whether a browser draws a character: a blank of its size in its place looks else."""
    drawn = []
    for shown in (html, html.replace(char, "\u3000")):
        page.set_content(f"<!DOCTYPE html><body style='margin:150px;background:#fff'>{shown}")
        drawn.append(page.screenshot(full_page="8600px" in html))
    return drawn[0] != drawn[1]


def test_a_browser_draws_just_what_is_read(page: Page) -> None:
    page.set_viewport_size({"width": 1400, "height": 500})
    hidden = [f"<div style='{style}'>藏</div>" for style in HIDDEN.values()]
    assert [html for html in hidden if draws(page, html, "藏")] == []
    shown = [f"<span style='{style}'>见</span>" for style in SHOWN.values()]
    assert [html for html in shown if not draws(page, html, "见")] == []
    for name, (html, left) in SEEN.items():
        chars = {"藏", "见", "闻"} & {*html} if "<details" not in html else set()
        assert {char for char in chars if draws(page, html, char)} == chars & {*left}, name

"""List pages rendered in real Chromium: it asks the site alone, and only as we ask."""

import asyncio
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler.directory.browser import ListRenderer
from crawler.directory.rendered_walk import walk_rendered
from crawler.http.fetch import UnreachedError
from crawler.http.snapshot import Snapshot
from crawler.interfaces.interface import InterfaceRequest

pytestmark = pytest.mark.skipif(
    not (shutil.which("chromium") or shutil.which("chromium-browser")),
    reason="Chromium is not installed",
)
Rendered = Callable[..., list[str]]
URL = "http://gov.example/list/"
ROWS = "[{'url': './1.html', 'title': '关于第0001号提案的复函'}]".replace("'", '"')
BROKEN = "500"
FILLED = '<a href="./1.html">关于第0001号提案的复函</a>'
FILL = """fetch('/rows.json', {method: 'POST', body: 'page=1'}).then(r => r.json()).then(rows => {
  for (const row of rows) {
    const a = document.createElement('a');
    a.setAttribute('href', row.url); a.textContent = row.title;
    document.querySelector('ul').append(a);
  }
});"""


def answer(url: str, body: str, content_type: str = "text/html; charset=utf-8") -> Snapshot:
    headers = {"content-type": content_type}
    return Snapshot(url, url, 200, headers, body.encode(), datetime(2026, 11, 28, tzinfo=UTC))


class Site:
    """What answers a page's requests, and remembers them."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        self.answers = answers
        self.requests: list[tuple[str, str, str]] = []

    async def send(self, request: InterfaceRequest) -> Snapshot:
        path = request.url.removeprefix("http://gov.example")
        self.requests.append((request.method, path, request.body))
        if path not in self.answers:
            raise UnreachedError("disallowed by robots.txt")
        served = answer(request.url, self.answers[path], "text/javascript")
        return replace(served, status=500) if self.answers[path] == BROKEN else served


@pytest.fixture(scope="module")
def browser() -> Iterator[Rendered]:
    """Return what renders pages of a site in one browser: what a reader sees of each."""
    sites: list[Site] = []

    async def send(request: InterfaceRequest) -> Snapshot:
        return await sites[-1].send(request)

    renderer = ListRenderer(send, "fuhan (test)", stays=0.2)

    def rendered(site: Site, *pages: str) -> list[str]:
        sites.append(site)
        return [runner.run(renderer.render(answer(URL, page))).body.decode() for page in pages]

    with asyncio.Runner() as runner:
        yield rendered
        runner.run(renderer.close())


def test_rows_that_a_script_fills_in_are_there(browser: Rendered) -> None:
    site = Site({"/fill.js": FILL, "/rows.json": ROWS})
    (page,) = browser(site, '<ul></ul><script src="/fill.js"></script>')
    assert FILLED in page
    assert site.requests == [("GET", "/fill.js", ""), ("POST", "/rows.json", "page=1")]


def test_a_window_that_a_page_opens_is_no_part_of_it(browser: Rendered) -> None:
    site = Site({"/rows.json": ROWS})
    (page,) = browser(site, f"<ul></ul><script>window.open('/notice.html');{FILL}</script>")
    assert FILLED in page
    assert [path for _, path, _ in site.requests] == ["/rows.json"]


def test_a_list_that_comes_late_is_waited_for() -> None:
    site = Site({"/rows.json": ROWS})
    late = f"<ul></ul><script>setTimeout(() => {{ {FILL} }}, 600)</script>"

    async def rendered() -> str:
        renderer = ListRenderer(site.send, "fuhan (test)", stays=2)
        try:
            return (await renderer.render(answer(URL, late))).body.decode()
        finally:
            await renderer.close()

    assert FILLED in asyncio.run(rendered())


def test_a_script_that_pages_share_is_requested_once(browser: Rendered) -> None:
    site = Site({"/other.js": FILL, "/rows.json": ROWS})
    browser(site, *['<ul></ul><script src="/other.js"></script>'] * 2)
    assert [path for _, path, _ in site.requests].count("/other.js") == 1


@pytest.mark.parametrize(
    "page",
    [
        pytest.param('<img src="/logo.png"><link rel=stylesheet href="/a.css">', id="decoration"),
        pytest.param(
            '<script src="http://ads.example/a.js"></script>', id="another site's script"
        ),
        pytest.param("<script>fetch('http://ads.example/a')</script>", id="its interface"),
        pytest.param("<iframe src='/frame.html'></iframe>", id="a frame"),
        pytest.param("<script>new WebSocket('ws://gov.example/a')</script>", id="a socket"),
        pytest.param("<script>navigator.sendBeacon('/seen', '1')</script>", id="a beacon"),
    ],
)
def test_nothing_is_requested_but_what_may_fill_a_list(browser: Rendered, page: str) -> None:
    site = Site({})
    browser(site, f"<ul></ul>{page}")
    assert site.requests == []


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        pytest.param("location.href = '/elsewhere.html'", "leads on", id="another page instead"),
        pytest.param(
            "if (!document.cookie) { document.cookie = 'clear=1'; location.reload() }",
            "leads on",
            id="a challenge: a cookie, and the page again",
        ),
        pytest.param("fetch('/secret.json')", "disallowed by robots", id="an interface refused"),
        pytest.param("fetch('/broken.json')", "HTTP 500", id="an interface that fails"),
        pytest.param(
            "for (let n = 0; n < 70; n++) fetch('/rows.json?' + n)", "more than 60", id="too many"
        ),
    ],
)
def test_a_page_that_got_no_answer_is_not_taken_as_rendered(
    browser: Rendered, script: str, reason: str
) -> None:
    rows = {f"/rows.json?{number}": ROWS for number in range(70)}
    site = Site(rows | {"/broken.json": BROKEN})
    with pytest.raises(UnreachedError, match=reason):
        browser(site, f"<ul></ul><script>{script}</script>")


def test_another_site_of_which_a_list_is_asked_is_named() -> None:
    page = "<ul></ul><script>fetch('https://search.example/rows')</script>"

    async def ask(request: InterfaceRequest) -> Snapshot:
        return answer(request.url, page)

    walked = asyncio.run(walk_rendered((ask, URL, "fuhan (test)"), lambda _: None))
    assert walked.failed
    assert walked.errors[0].reason.endswith("which is not asked: search.example")

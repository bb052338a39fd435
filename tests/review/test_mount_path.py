"""Behind a proxy that serves them under a path, all links lead to where they should."""

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from review.path_prefix import clean_path

Visitor = Callable[..., TestClient]
HEADER = "X-Forwarded-Prefix"
BASE = "/data/fuhan"
TOKEN = "牡丹-7"  # noqa: S105 - the lock of a test
PAGES = [
    "/", "/changes", "/changes?baseline=1&cursor=last", "/changes?kind=edited&lang=en", "/letters",
    "/letters?cursor=last", "/letters/1", "/crawls", "/nowhere", "/changes?kind=eaten",
    "/static/nothing.css", "/changes/0",
]  # fmt: skip


class Links(HTMLParser):
    """What a page leads to: links, forms, files."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag
        self.addresses += [
            value or "" for name, value in attrs if name in ("href", "action", "src")
        ]


class Behind:
    """A proxy that serves under a path what stands behind it."""

    def __init__(self, browser: TestClient, *, strips: bool, says: bool) -> None:
        self.browser = browser
        self.strips, self.says = strips, says

    def get(self, address: str, **options: Any) -> Any:
        return self.ask("GET", address, **options)

    def ask(self, method: str, address: str, **options: Any) -> Any:
        parts = urlsplit(address)
        assert parts.path == BASE or parts.path.startswith(f"{BASE}/"), f"{address} is not ours"
        path = parts.path.removeprefix(BASE) if self.strips else parts.path
        query = f"?{parts.query}" if parts.query else ""
        headers = {HEADER: BASE} if self.says else {}
        all_headers = headers | options.pop("headers", {})
        return self.browser.request(method, (path or "/") + query, headers=all_headers, **options)


PROXIES = [
    pytest.param(("/", True, True), id="takes the path off and says so"),
    pytest.param(("/", False, True), id="leaves the path and says so"),
    pytest.param((BASE, True, False), id="takes the path off, the configuration says so"),
    pytest.param((f"{BASE}/", False, False), id="leaves the path, the configuration says so"),
    pytest.param(("/another", True, True), id="says something else than the configuration"),
]


@pytest.fixture(params=PROXIES)
def proxy(request: pytest.FixtureRequest, visitor: Visitor) -> Behind:
    base, strips, says = request.param
    return Behind(visitor(base=base), strips=strips, says=says)


def led_to(page: str) -> Iterator[str]:
    """Yield what a page leads to within the service."""
    for address in Links(page).addresses:
        parts = urlsplit(address)
        if not parts.netloc and not address.startswith("#"):
            yield address


def test_every_link_of_every_page_stands_under_the_path(proxy: Behind) -> None:
    change = proxy.get(f"{BASE}/api/changes?kind=edited").json()[0]
    letter = change["letter"]["id"]
    paths = [*PAGES, f"/changes/{change['id']}?view=inline", f"/letters/{letter}"]
    paths += [f"/letters/{letter}/diff/1..2"]
    leading: dict[str, str] = {}
    for path in paths:
        page = proxy.get(BASE + path)
        assert page.headers["content-type"].startswith("text/html"), path
        leading |= {urljoin(BASE + path, address): path for address in led_to(page.text)}
    assert len(leading) > 100
    for address, path in leading.items():
        answer = proxy.get(address)
        expected = {200, 404} if "nowhere" in address or "nothing" in address else {200}
        expected |= {404, 400} if path in PAGES[-4:] else set()
        assert answer.status_code in expected, f"{path} leads to {address}"


def test_the_root_of_the_path_leads_to_the_first_page(proxy: Behind) -> None:
    answer = proxy.get(BASE, follow_redirects=False)
    if answer.status_code != 200:
        assert urlsplit(answer.headers["Location"]).path == f"{BASE}/"
    assert proxy.get(f"{BASE}/").status_code == 200


@pytest.mark.parametrize("path", ["/changes/", "/letters/1/", "/api/letters/"])
def test_a_redirect_stays_under_the_path(proxy: Behind, path: str) -> None:
    answer = proxy.get(BASE + path, follow_redirects=False)
    assert answer.status_code == 307
    assert urlsplit(answer.headers["Location"]).path == BASE + path.rstrip("/")


def test_the_next_rows_of_the_api_stand_under_the_path(proxy: Behind) -> None:
    address, seen = f"{BASE}/api/letters?limit=20", 0
    while address:
        answer = proxy.get(address)
        seen += len(answer.json())
        link = re.match(r'<(.+)>; rel="next"', answer.headers.get("Link", ""))
        address = link[1].removeprefix("http://127.0.0.1:8321") if link else ""
    assert seen == 60


def test_the_document_of_the_api_names_the_path(proxy: Behind) -> None:
    document = proxy.get(f"{BASE}/api/openapi.json").json()
    assert document["servers"] == [{"url": BASE}]


def test_every_link_of_the_feed_stands_under_the_path(
    proxy: Behind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("review.feed.ENTRIES", 4)
    document = ET.fromstring(proxy.get(f"{BASE}/feed.atom?kind=edited").content)  # noqa: S314 - ours
    addresses = [
        each.get("href", "") for each in document.iter("{http://www.w3.org/2005/Atom}link")
    ]
    assert len(addresses) > 6
    for address in addresses:
        assert address.startswith(f"http://127.0.0.1:8321{BASE}/")
        assert proxy.get(address.removeprefix("http://127.0.0.1:8321")).status_code == 200


def test_cookies_are_of_the_path(visitor: Visitor) -> None:
    proxy = Behind(visitor(token=TOKEN), strips=True, says=True)
    form = {"token": TOKEN, "next": f"{BASE}/changes"}
    answers = (
        proxy.ask("POST", f"{BASE}/login", data=form, follow_redirects=False),
        proxy.get(f"{BASE}/changes?lang=en"),
    )
    cookies = [each.headers["set-cookie"] for each in answers]
    assert all(f"path={BASE}" in re.split("; ?", cookie.lower()) for cookie in cookies)


def test_the_page_that_asks_for_a_token_leads_back(visitor: Visitor) -> None:
    proxy = Behind(visitor(token=TOKEN), strips=True, says=True)
    page = proxy.get(f"{BASE}/letters/1")
    assert page.status_code == 401
    assert f'action="{BASE}/login"' in page.text
    assert f'name="next" value="{BASE}/letters/1"' in page.text


def test_what_needs_no_token_needs_none_under_a_path(visitor: Visitor) -> None:
    for strips in (True, False):
        proxy = Behind(visitor(token=TOKEN, base=BASE), strips=strips, says=False)
        assert proxy.get(f"{BASE}/healthz").status_code == 200
        asked = proxy.get(f"{BASE}/api/letters")
        assert (asked.status_code, asked.json()["error"]) == (401, "a token is asked for")


UNCLEAN = [
    "//evil.example", "/fuhan//x", "fuhan", "http://evil.example", "/a b", "/a\\b", "/<script>",
    "/a/../b", "/..", "/./a", "/a?b", "/a#b", "/fuhan, /other", "/%2e%2e", "/复函", '/"><b>', "",
    "/a;b", "/a@b", "/a:b", "/\n", "javascript:alert(1)",
]  # fmt: skip


@pytest.mark.parametrize("prefix", UNCLEAN)
def test_what_is_no_clean_path_is_passed_over(visitor: Visitor, prefix: str) -> None:
    assert clean_path(prefix) is None
    sent = prefix.encode().replace(b"\n", b" ")
    for base, expected in (("/", ""), (BASE, BASE)):
        page = visitor(base=base).get("/changes", headers={HEADER: sent})
        assert page.status_code == 200
        assert all(address.startswith(f"{expected}/") for address in led_to(page.text))
        assert "evil" not in page.text


@pytest.mark.parametrize(
    ("prefix", "path"),
    [("/", ""), ("/fuhan", "/fuhan"), ("/fuhan/", "/fuhan"), ("/a/b_c/~d.e-f", "/a/b_c/~d.e-f")],
)
def test_a_clean_path_has_no_slash_at_its_end(prefix: str, path: str) -> None:
    assert clean_path(prefix) == path


@given(st.text())
def test_no_path_that_is_taken_leads_to_another_host_or_upwards(prefix: str) -> None:
    path = clean_path(prefix)
    if path is not None:
        assert (
            urljoin("http://here.example/x/y", f"{path}/changes")
            == f"http://here.example{path}/changes"
        )


def test_a_path_that_begins_alike_is_another(visitor: Visitor) -> None:
    """Of /fuhan, /fuhanese is no part."""
    page = visitor(base="/chan").get("/changes")
    assert page.status_code == 200
    assert 'href="/chan/changes"' in page.text


@pytest.mark.parametrize("path", ["//evil.example/", "//evil.example/changes", "/\\evil.example"])
def test_no_link_of_a_page_that_is_not_there_leads_to_another_host(
    browser: TestClient, path: str
) -> None:
    page = browser.request("GET", f"http://127.0.0.1:8321{path}")
    assert page.status_code == 404
    for address in Links(page.text).addresses:
        assert not urlsplit(address).netloc
        assert not address.startswith(("//", "/\\"))


def test_without_a_proxy_links_begin_at_the_root(browser: TestClient) -> None:
    assert 'href="/changes"' in browser.get("/").text
    assert browser.get("/api/openapi.json").json()["servers"] == [{"url": "/"}]
    cookie = browser.get("/?lang=en").headers["set-cookie"].lower()
    assert "path=/" in re.split("; ?", cookie)


def test_an_answer_says_that_it_depends_on_what_a_proxy_says(browser: TestClient) -> None:
    for path in ("/", "/feed.atom", "/api/openapi.json"):
        assert HEADER in browser.get(path).headers["Vary"]

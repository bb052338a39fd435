from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

Visitor = Callable[..., TestClient]
PAGES = [
    "/",
    "/changes",
    "/changes/1",
    "/letters",
    "/letters/1",
    "/crawls",
    "/sources",
    "/alarms",
    "/nowhere",
]
TOKEN = "牡丹-7"  # noqa: S105 - the lock of a test


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.0.2.7", "a:b:c"])
def test_a_foreign_host_is_misdirected(visitor: Visitor, host: str) -> None:
    answer = visitor().get("/letters", headers={"Host": host})
    assert answer.status_code == 421
    assert "复函" not in answer.text


@pytest.mark.parametrize("host", ["localhost:9", "127.0.0.1", "127.8.8.8", "[::1]:8321"])
def test_loopback_is_always_served(visitor: Visitor, host: str) -> None:
    assert visitor(at="example.org").get("/", headers={"Host": host}).status_code == 200


def test_the_names_that_are_set_are_served(visitor: Visitor) -> None:
    settings: dict[str, Any] = {"host": "10.0.0.3", "hosts": ("Fuhan.Example",)}
    for host in ("10.0.0.3:8321", "fuhan.example", "FUHAN.example:443"):
        assert visitor(**settings).get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("page", [*PAGES, "/feed.atom", "/api/letters", "/metrics", "/healthz"])
def test_each_answer_carries_a_policy_without_any_script(browser: TestClient, page: str) -> None:
    answer = browser.get(page)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("page", PAGES)
def test_pages_hold_neither_script_nor_inline_style(browser: TestClient, page: str) -> None:
    text = browser.get(page).text
    for word in ("<script", "<style", " style=", " onclick=", "javascript:"):
        assert word not in text


@pytest.mark.parametrize("page", [*PAGES, "/feed.atom", "/api/letters", "/metrics"])
def test_a_token_that_is_set_is_asked_for(visitor: Visitor, page: str) -> None:
    guarded = visitor(token=TOKEN)
    refused = guarded.get(page)
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"] == "Bearer"
    bearer = {"Authorization": f"Bearer {TOKEN}".encode()}
    assert guarded.get(page, headers=bearer).status_code != 401
    wrong = {"Authorization": b"Bearer other"}
    assert guarded.get(page, headers=wrong).status_code == 401


@pytest.mark.parametrize("path", ["/healthz", "/static/review.css", "/static/desk.js"])
def test_monitors_and_the_page_that_asks_need_no_token(visitor: Visitor, path: str) -> None:
    assert visitor(token=TOKEN).get(path).status_code == 200

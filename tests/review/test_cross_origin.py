"""Pages of other origins read nothing, or what is configured, and never with cookies."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

Visitor = Callable[..., TestClient]
ORIGIN = "https://example.org"
TOKEN = "peony 7"  # noqa: S105 - of a test
READABLE = ["/api/letters", "/api/changes/1", "/api/openapi.json", "/feed.atom"]
NEVER = ["/", "/review", "/changes", "/letters/1", "/metrics", "/healthz", "/apiary"]


def preflight(
    browser: TestClient, path: str, origin: str = ORIGIN, method: str = "GET"
) -> dict[str, str]:
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": "authorization, if-none-match",
    }
    answer = browser.options(path, headers=asked)
    return {"status": str(answer.status_code), **cross_origin_headers(answer.headers)}


def cross_origin_headers(headers: object) -> dict[str, str]:
    given = dict(headers)  # type: ignore[call-overload]
    return {name: value for name, value in given.items() if name.startswith("access-control-")}


@pytest.mark.parametrize("path", [*READABLE, *NEVER])
def test_without_configuration_no_answer_has_a_header(visitor: Visitor, path: str) -> None:
    answer = visitor().get(path, headers={"Origin": ORIGIN})
    assert cross_origin_headers(answer.headers) == {}
    assert preflight(visitor(), path)["status"] != "200"


@pytest.mark.parametrize("path", READABLE)
def test_a_configured_origin_may_read(visitor: Visitor, path: str) -> None:
    browser = visitor(cors=("https://other.example", ORIGIN))
    answer = browser.get(path, headers={"Origin": ORIGIN})
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert "Origin" in answer.headers["Vary"]
    assert "Access-Control-Allow-Credentials" not in answer.headers
    known = {"Origin": ORIGIN, "If-None-Match": answer.headers["ETag"]}
    again = browser.get(path, headers=known)
    assert (again.status_code, again.headers["Access-Control-Allow-Origin"]) == (304, ORIGIN)


@pytest.mark.parametrize("path", READABLE)
@pytest.mark.parametrize("origin", ["https://evil.example", "null", f"{ORIGIN}.evil.example"])
def test_another_origin_may_not(visitor: Visitor, path: str, origin: str) -> None:
    browser = visitor(cors=(ORIGIN,))
    answer = browser.get(path, headers={"Origin": origin})
    assert "Access-Control-Allow-Origin" not in answer.headers
    asked = preflight(browser, path, origin)
    assert asked["status"] == "400"
    assert "access-control-allow-origin" not in asked


@pytest.mark.parametrize("path", NEVER)
def test_pages_are_nobody_elses(visitor: Visitor, path: str) -> None:
    browser = visitor(cors=(ORIGIN,))
    answer = browser.get(path, headers={"Origin": ORIGIN})
    assert cross_origin_headers(answer.headers) == {}
    assert preflight(browser, path)["status"] != "200"


@pytest.mark.parametrize("base", ["/", "/fuhan"])
def test_a_browser_that_asks_first_needs_no_token_yet(visitor: Visitor, base: str) -> None:
    browser = visitor(cors=(ORIGIN,), token=TOKEN, base=base)
    asked = preflight(browser, f"{base.rstrip('/')}/api/letters")
    assert (asked["status"], asked["access-control-allow-origin"]) == ("200", ORIGIN)
    assert asked["access-control-allow-methods"] == "GET"
    assert "access-control-allow-credentials" not in asked
    refused = browser.get("/api/letters", headers={"Origin": ORIGIN})
    assert refused.status_code == 401
    bearer = {"Origin": ORIGIN, "Authorization": f"Bearer {TOKEN}"}
    assert browser.get("/api/letters", headers=bearer).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_is_written_from_elsewhere(visitor: Visitor, method: str) -> None:
    assert preflight(visitor(cors=(ORIGIN,)), "/api/changes", method=method)["status"] == "400"

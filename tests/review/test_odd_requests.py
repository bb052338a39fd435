"""What nobody can mean is refused, in the API, on pages and in the feed; never an error of ours."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from storage.database.archive import Archive

Visitor = Callable[..., TestClient]
DIGITS = "9" * 5000  # more than Python reads as a number
SURROGATE = "%ED%A0%80"
NUL = "%00"


@pytest.fixture
def sender(visitor: Visitor, archive: Archive) -> TestClient:
    """Return a client that is answered 500 where the application fails."""
    return TestClient(
        visitor(over=archive).app, "http://127.0.0.1:8321", raise_server_exceptions=False
    )


@pytest.mark.parametrize("ending", [NUL, SURROGATE, "-1", "1e3", "%D9%A1", "１", "2147483648"])
@pytest.mark.parametrize(
    "path",
    [
        "/api/letters/{}", "/api/changes/{}", "/api/letters/1/versions/{}", "/api/letters/1/diff/1..{}",
        "/letters/{}", "/changes/{}", "/changes/{}/evidence.zip", "/letters/1/versions/{}",
        "/letters/1/versions/{}/served", "/letters/1/versions/{}/page", "/letters/1/diff/1..{}",
        "/letters/1/files/{}", "/pictures/coverage/{}.svg", "/pictures/sessions/{}.svg",
        "/pictures/letters/{}.svg", "/static/{}",
    ],
)  # fmt: skip
def test_a_path_to_nothing_is_not_found(sender: TestClient, path: str, ending: str) -> None:
    assert sender.get(path.format(ending)).status_code == 404


@pytest.mark.parametrize(
    "path", ["/api/letters/{}", "/letters/{}", "/changes/{}/evidence.zip", "/static/{}"]
)
def test_a_path_that_is_too_long_is_refused(sender: TestClient, path: str) -> None:
    assert sender.get(path.format(DIGITS)).status_code == 414


@pytest.mark.parametrize("value", [NUL, "-1", DIGITS, "%D9%A1", "1.5", "0x1", "%20"])
@pytest.mark.parametrize(
    "query",
    [
        "/api/letters?limit={}", "/api/changes?letter={}", "/api/changes?after_id={}", "/api/crawls?limit={}",
        "/changes?letter={}", "/letters?limit={}", "/review?at={}", "/feed.atom?letter={}", "/feed.atom?before={}",
        "/feed.atom?after={}", "/letters/1/diff?a={}&b=1", "/api/letters?cursor={}", "/api/changes?cursor=older~{}~1~x",
    ],
)  # fmt: skip
def test_a_number_that_is_none_is_refused(sender: TestClient, query: str, value: str) -> None:
    if (query, value) == ("/letters/1/diff?a={}&b=1", "-1"):
        pytest.skip("the number of an imported version")
    assert sender.get(query.format(value)).status_code == 400


@pytest.mark.parametrize("value", [NUL, "a" * 201])
@pytest.mark.parametrize(
    "query",
    [
        "/api/letters?source={}", "/api/changes?source={}", "/api/crawls?source={}", "/letters?source={}",
        "/changes?text={}", "/crawls?source={}", "/review?tag={}", "/feed.atom?source={}", "/feed.atom?text={}",
    ],
)  # fmt: skip
def test_a_text_that_no_row_can_say_is_refused(sender: TestClient, query: str, value: str) -> None:
    assert sender.get(query.format(value)).status_code == 400


@pytest.mark.parametrize("path", ["/api/letters", "/api/changes", "/letters", "/feed.atom"])
def test_half_a_character_matches_nothing(sender: TestClient, path: str) -> None:
    query = f"?source={SURROGATE}&search={SURROGATE}&text={SURROGATE}"
    assert sender.get(path + query).status_code == 200


def test_a_place_in_the_feed_that_no_database_has_is_before_or_after_all(
    sender: TestClient,
) -> None:
    for name in ("before", "after"):
        answer = sender.get(f"/feed.atom?{name}=9999999999999999-9999999999")
        assert answer.status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_the_api_is_read_alone(sender: TestClient, method: str) -> None:
    answer = sender.request(method, "/api/changes/1")
    assert answer.status_code == 405
    assert {*answer.headers["Allow"].split(", ")} == {"GET", "HEAD"}
    assert answer.json() == {"error": "Method Not Allowed"}


@pytest.mark.parametrize("sent", [{}, {"Authorization": "Bearer wrong"}])
def test_the_api_asks_for_a_token_in_json(visitor: Visitor, sent: dict[str, str]) -> None:
    answer = visitor(token="peony 7").get("/api/letters", headers=sent)  # noqa: S106 - of a test
    assert (answer.status_code, answer.json()) == (401, {"error": "a token is asked for"})
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.headers["Cache-Control"] == "no-store"

"""The API sends nobody again what they have, and everybody what they have not."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from letters.review import Decision, ReviewState
from storage import queries
from storage.database.archive import Archive, open_archive
from storage.facts.reviews import add_review
from tests.archive_copy import archive_url, copy_archive

PATHS = [
    "/api/letters",
    "/api/letters/1",
    "/api/changes",
    "/api/changes/1",
    "/api/crawls",
    "/api/openapi.json",
]
# Each is another answer, or another place in a list.
DISTINCT = [
    *PATHS,
    "/api/letters?limit=1",
    "/api/letters?limit=2",
    "/api/letters?limit=1&cursor=last",
    "/api/changes?baseline=1&limit=2",
    "/api/changes?kind=edited&limit=1",
]


@pytest.fixture
def copy(two_nights: Path, tmp_path: Path) -> Iterator[Archive]:
    copy_archive(two_nights / "fuhan.db", tmp_path / "fuhan.db")
    with closing(open_archive(archive_url(tmp_path / "fuhan.db"), create=False)) as opened:
        yield opened


@pytest.mark.parametrize(
    "tags",
    [
        pytest.param("{tag}", id="the tag"),
        pytest.param("{strong}", id="the tag as a strong one"),
        pytest.param('"other", {tag}', id="one of several"),
        pytest.param("*", id="any"),
    ],
)
@pytest.mark.parametrize("path", PATHS)
def test_who_has_an_answer_is_not_sent_it_again(browser: TestClient, path: str, tags: str) -> None:
    whole = browser.get(path)
    tag = whole.headers["ETag"]
    named = tags.format(tag=tag, strong=tag.removeprefix("W/"))
    for method in ("GET", "HEAD"):
        answer = browser.request(method, path, headers={"If-None-Match": named})
        assert (answer.status_code, answer.content) == (304, b"")
        for name in ("ETag", "Cache-Control", "Link", "X-Total-Count"):
            assert answer.headers.get(name) == whole.headers.get(name)


def test_several_headers_are_one_list(browser: TestClient) -> None:
    tag = browser.get("/api/letters").headers["ETag"]
    headers = [("If-None-Match", '"other"'), ("If-None-Match", tag)]
    assert browser.get("/api/letters", headers=headers).status_code == 304


@pytest.mark.parametrize("tags", ['"other"', 'W/"other"', "", "nonsense", '"*"'])
def test_who_has_another_answer_is_sent_this_one(browser: TestClient, tags: str) -> None:
    answer = browser.get("/api/letters", headers={"If-None-Match": tags})
    assert (answer.status_code, answer.json()) == (200, browser.get("/api/letters").json())


def test_different_answers_have_different_tags(browser: TestClient) -> None:
    tags = [browser.get(path).headers["ETag"] for path in DISTINCT]
    assert len(set(tags)) == len(DISTINCT)


def test_the_tag_counts_what_the_headers_of_a_list_say(browser: TestClient) -> None:
    everything = browser.get("/api/changes?source=none")
    counted = browser.get("/api/changes?source=none&since=2d")
    assert everything.json() == counted.json() == []
    assert everything.headers["X-Total-Count"] == "0"
    assert "X-Total-Count" not in counted.headers
    assert everything.headers["ETag"] != counted.headers["ETag"]


def test_a_decision_makes_another_answer(
    visitor: Callable[..., TestClient], copy: Archive
) -> None:
    reader = visitor(over=copy)
    with copy.reading() as connection:
        change_id = next(queries.changes(connection, queries.ChangeFilter())).id
    paths = [f"/api/changes/{change_id}", "/api/changes?baseline=1"]
    had = {path: reader.get(path).headers["ETag"] for path in paths}
    with copy.writing() as connection:
        accepted = Decision(ReviewState.ACCEPTED)
        add_review(connection, change_id, accepted, "李雷", datetime.now(UTC))
    for path, tag in had.items():
        assert reader.get(path, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("path", ["/api/letters?limit=x", "/api/changes/99999", "/api/nowhere"])
def test_a_refusal_is_never_not_modified(browser: TestClient, path: str) -> None:
    answer = browser.get(path, headers={"If-None-Match": "*"})
    assert answer.status_code in (400, 404)
    assert "ETag" not in answer.headers


def test_shared_caches_keep_no_answer(browser: TestClient) -> None:
    for path in PATHS:
        assert browser.get(path).headers["Cache-Control"] == "private, no-cache"

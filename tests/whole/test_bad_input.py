"""Hostile and broken directories: the crawl ends by itself, names each page and keeps the rest."""

from pathlib import Path
from typing import Any

import pytest

from replica import faults
from replica.compose import compose
from replica.faults import Send
from replica.server import Replica

BAD_PAGES = [
    pytest.param(faults.status(500), "HTTP 500", id="an error of the server"),
    pytest.param(faults.status(412), "HTTP 412", id="a challenge by status"),
    pytest.param(faults.page(faults.CHALLENGE), "challenge", id="a challenge under 200"),
    pytest.param(faults.page(faults.LOGIN), "login", id="a login page"),
    pytest.param(faults.page(faults.MAINTENANCE), "维护", id="a maintenance page"),
    pytest.param(faults.page(b""), "empty", id="an empty page"),
    pytest.param(faults.redirect("http://localhost:9/x"), "another site", id="another host"),
    pytest.param(faults.redirect("t20220526_10749853.html"), "redirect", id="a redirect loop"),
    pytest.param(faults.huge(90_000_000), "larger than", id="a page of 90 MB"),
    pytest.param(faults.gzip_bomb(200_000_000), "larger than", id="a gzip bomb"),
    pytest.param(faults.truncated(500, 9000), "truncated", id="a truncated body"),
    pytest.param(faults.reset(), "", id="a reset connection"),
]


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory, watch: Any) -> Any:
    """A project that holds the letters of a replica, both to be used again by each case."""
    with Replica(compose(letters=6, suggestions=0)) as replica:
        folder = tmp_path_factory.mktemp("bad")
        project = watch(folder, replica.listing("proposal"))
        project.crawl()
        yield replica, project


@pytest.mark.parametrize(("send", "reason"), BAD_PAGES)
def test_a_bad_page_is_named_and_changes_nothing(held: Any, send: Send, reason: str) -> None:
    replica, project = held
    before = project.changes("--baseline")
    replica.faults.add("t20220526_10749853", send)
    crawl = project.crawl("--full", code=3)
    replica.faults.clear()
    assert crawl["outcome"] == "partial"
    assert [error["url"] for error in crawl["errors"]] == [
        replica.url + replica.directory.documents[-1].path
    ]
    assert reason in crawl["errors"][0]["reason"]
    assert crawl["unchanged"] == 5
    assert project.changes("--baseline") == before


def test_a_page_that_never_comes_is_named_and_changes_nothing(held: Any) -> None:
    replica, project = held
    before = project.changes("--baseline")
    letter = replica.url + replica.directory.documents[-1].path
    replica.faults.add("t20220526_10749853", faults.stall())
    with project.altered("timeout: 2m", "timeout: 5s"):  # of this page alone: others may be late
        crawl = project.crawl("--url", letter, code=3)
    replica.faults.clear()
    assert [error["url"] for error in crawl["errors"]] == [letter]
    assert "timed out" in crawl["errors"][0]["reason"]
    assert project.changes("--baseline") == before


def test_an_endless_pager_ends(tmp_path: Path, watch: Any) -> None:
    with Replica(compose(letters=20, suggestions=0)) as replica:
        replica.faults.pages = 999_999_999
        project = watch(tmp_path, replica.listing("proposal"))
        crawl = project.crawl(code=3)
    assert crawl["published"] == 20
    assert any("999999999 pages" in error["reason"] for error in crawl["errors"])


def test_a_directory_that_answers_with_an_error_fails_the_crawl(
    tmp_path: Path, watch: Any
) -> None:
    with Replica(compose(letters=3, suggestions=0)) as replica:
        replica.faults.add("tagk_53512/$", faults.status(503))
        project = watch(tmp_path, replica.listing("proposal"))
        crawl = project.crawl(code=3)
    assert crawl["outcome"] == "failed"
    assert crawl["errors"][0]["reason"] == "HTTP 503"


def test_a_failing_page_of_the_directory_withdraws_and_delists_nothing(
    tmp_path: Path, watch: Any
) -> None:
    with Replica(compose(letters=40, suggestions=0)) as replica:
        project = watch(tmp_path, replica.listing("proposal"))
        project.crawl()
        replica.faults.add("index_1.html", faults.status(404))
        crawls = [project.crawl(code=3) for _ in range(3)]
    assert [crawl["outcome"] for crawl in crawls] == ["partial"] * 3
    assert project.changes() == []
    assert {change["kind"] for change in project.changes("--baseline")} == {"published"}


def test_no_request_leaves_the_site(tmp_path: Path, watch: Any) -> None:
    with (
        Replica(compose(letters=3, suggestions=0)) as other,
        Replica(compose(letters=3, suggestions=0)) as replica,
    ):
        replica.faults.add("t20220526_", faults.redirect(other.url + "/"))
        project = watch(tmp_path, replica.listing("proposal"))
        project.crawl(code=3)
        assert other.log == []

"""What the web side says when the database can't be read any more."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from storage.database.archive import open_archive

pytestmark = pytest.mark.sqlite("a file became garbage")

Visitor = Callable[..., TestClient]


@pytest.fixture
def browser(visitor: Visitor, two_nights: Path, tmp_path: Path) -> Iterator[TestClient]:
    """Return a browser of an archive whose file became garbage while it was served."""
    file = tmp_path / "fuhan.db"
    shutil.copy(two_nights / "fuhan.db", file)
    with closing(open_archive(f"sqlite:///{file}", create=False)) as archive:
        for each in tmp_path.glob("fuhan.db*"):
            each.write_bytes(b"garbage" * 1000)
        yield visitor(reason="the database can't be read", over=archive)


@pytest.mark.parametrize("path", ["letters", "letters/1", "changes", "changes/1", "crawls"])
def test_programs_and_people_are_told_why(browser: TestClient, path: str) -> None:
    answer = browser.get(f"/api/{path}")
    assert answer.status_code == 503
    assert answer.json()["error"].startswith("the database can't be read: ")
    assert "SELECT" not in answer.text
    page = browser.get(f"/{path}", headers={"Accept-Language": "en"})
    assert page.status_code == 503
    assert "be read: " in page.text
    assert page.headers["content-type"].startswith("text/html")


def test_metrics_say_that_it_is_down_and_nothing_else(browser: TestClient) -> None:
    answer = browser.get("/metrics")
    assert answer.status_code == 200
    assert [line for line in answer.text.splitlines() if line[0] != "#"] == ["fuhan_up 0"]


def test_a_feed_is_refused(browser: TestClient) -> None:
    assert browser.get("/feed.atom").status_code == 503

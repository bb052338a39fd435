"""What the web side says of a letter that was packed with a dictionary which is lost."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import delete, select
from starlette.testclient import TestClient

from storage.database.archive import open_archive
from storage.facts.dictionaries import forget_dictionaries
from storage.facts.evidence import forget_earlier_pages
from storage.schema.tables import dictionaries
from tests.archive_copy import archive_url, copy_archive


@pytest.fixture
def browser(
    visitor: Callable[..., TestClient], two_nights: Path, tmp_path: Path
) -> Iterator[TestClient]:
    """Return a browser of an archive that has lost all its dictionaries."""
    copy_archive(two_nights / "fuhan.db", tmp_path / "fuhan.db")
    with closing(open_archive(archive_url(tmp_path / "fuhan.db"), create=False)) as archive:
        with archive.writing() as connection:
            assert connection.execute(select(dictionaries.c.name)).first()
            connection.execute(delete(dictionaries))
        _forget()
        yield visitor(over=archive)
    _forget()


def _forget() -> None:
    """Let this process read from its archive what it may have of another one."""
    forget_dictionaries()
    forget_earlier_pages()


@pytest.mark.parametrize("path", ["letters/1", "letters/1/versions/1", "letters/1/diff/1..2"])
def test_programs_and_people_are_told_why(browser: TestClient, path: str) -> None:
    answer = browser.get(f"/api/{path}")
    assert answer.status_code == 503
    assert answer.json()["error"].startswith("it can't be read: ")
    assert " is lost" in answer.json()["error"]
    page = browser.get(f"/{path}", headers={"Accept-Language": "en"})
    assert page.status_code == 503
    assert "it can&#39;t be read: " in page.text
    assert " is lost" in page.text
    assert page.headers["content-type"].startswith("text/html")


def test_a_page_as_served_is_refused(browser: TestClient) -> None:
    page = browser.get("/letters/1/versions/1/page?lang=en")
    assert page.status_code == 503
    assert " is lost" in page.text


@pytest.mark.parametrize("path", ["letters", "changes", "api/letters", "api/changes", "metrics"])
def test_what_needs_no_letter_is_answered(browser: TestClient, path: str) -> None:
    assert browser.get(f"/{path}").status_code == 200

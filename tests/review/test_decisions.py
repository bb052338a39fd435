"""What people and alarms say of a source and its changes, as readers see it."""

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

NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)


@pytest.fixture
def copy(two_nights: Path, tmp_path: Path) -> Iterator[Archive]:
    copy_archive(two_nights / "fuhan.db", tmp_path / "fuhan.db")
    with closing(open_archive(archive_url(tmp_path / "fuhan.db"), create=False)) as opened:
        yield opened


@pytest.fixture
def reader(visitor: Callable[..., TestClient], copy: Archive) -> TestClient:
    return visitor(over=copy)


def newest_edit(archive: Archive) -> int:
    with archive.reading() as connection:
        return next(each.id for each in queries.changes(connection, queries.ChangeFilter()))


def decide(archive: Archive, change_id: int, state: ReviewState, note: str | None = None) -> None:
    with archive.writing() as connection:
        add_review(connection, change_id, Decision(state, note), "editor", NOW)


def test_a_dismissed_change_is_announced_no_more_and_says_who_decided(
    copy: Archive, reader: TestClient
) -> None:
    change_id = newest_edit(copy)
    name = f"urn:fuhan:demo:change:{change_id}<"
    assert name in reader.get("/feed.atom").text
    decide(copy, change_id, ReviewState.DISMISSED, "same <b>text</b>")
    assert name not in reader.get("/feed.atom").text
    shown = reader.get(f"/changes/{change_id}?lang=en").text
    assert "dismissed" in shown
    assert "editor" in shown
    assert "same &lt;b&gt;text&lt;/b&gt;" in shown
    decide(copy, change_id, ReviewState.ACCEPTED)
    assert name in reader.get("/feed.atom").text

"""The letters of a first crawl stay out of what is asked, and cost nothing there."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Select, text

from letters.change import ChangeKind
from storage import changes as asked
from storage.archive import Archive
from storage.insert import insert
from storage.queries import ChangeFilter, changes, count_changes, moments
from storage.tables import addresses, crawls, letters
from storage.tables import changes as changes_table

FIRST, MANY, FEW = datetime(2026, 11, 1, tzinfo=UTC), 100_000, 50
NEWS = ChangeFilter(baseline=False)


@pytest.fixture
def flooded(archive: Archive) -> Archive:
    """Return an archive of many letters of a first crawl, among them few changes."""
    with archive.writing() as connection:
        _letter(connection)
        for many, baseline in ((MANY - FEW, True), (FEW, False)):
            _changes(connection, many, baseline=baseline)
        connection.exec_driver_sql("ANALYZE")
    return archive


def _letter(connection: Connection) -> None:
    insert(connection, addresses, {"source": "s", "key": "k", "url": "u", "letter_id": None})
    row = {"source": "s", "mode": "normal", "started_at": FIRST, "counts": {}, "errors": []}
    insert(connection, crawls, row)
    row = {"source": "s", "address_id": 1, "status": "published", "version": 1, "digest": ""}
    row |= {"title": "", "words": "", "first_seen": FIRST, "last_seen": FIRST}
    insert(connection, letters, row)


def _changes(connection: Connection, many: int, *, baseline: bool) -> None:
    row = {"letter_id": 1, "crawl_id": 1, "source": "s", "kind": "published", "reason": ""}
    row |= {"baseline": baseline, "significance": "minor", "held": False, "edits": []}
    row |= {"detected_at": FIRST, "before": FIRST, "announced_at": FIRST, "differ": "1"}
    rows = [row | {"detected_at": FIRST + timedelta(seconds=each)} for each in range(many)]
    connection.execute(changes_table.insert(), rows)


def plan(connection: Connection, query: Select[Any]) -> str:
    """Return how the database means to answer."""
    told = query.compile(connection, compile_kwargs={"literal_binds": True})
    form = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
    return "\n".join(str(row) for row in connection.execute(text(f"{form} {told}")))


def test_the_newest_changes_are_found_past_a_first_crawl_without_a_scan(flooded: Archive) -> None:
    with flooded.reading() as connection:
        newest = plan(connection, asked.newest_first(NEWS).limit(10))
        assert "changes_news" in newest
        assert "sort" not in newest.lower()
        assert "temp b-tree" not in newest.lower()
        # Either of the indexes that hold the few alone.
        of_few = re.compile("changes_(news|announced)")
        for few in (NEWS, replace(NEWS, source="s"), replace(NEWS, kind=ChangeKind.EDITED)):
            assert of_few.search(plan(connection, asked.count_query(few)))


def test_what_is_left_out_is_what_is_asked_for_apart(flooded: Archive) -> None:
    with flooded.reading() as connection:
        counts = [count_changes(connection, ChangeFilter(baseline=each)) for each in (True, False)]
        assert counts == [MANY - FEW, FEW]
        assert count_changes(connection, ChangeFilter()) == MANY
        assert all(not each.baseline for each in changes(connection, NEWS))
        assert len(list(moments(connection, FIRST))) == FEW
        published = ChangeFilter(kind=ChangeKind.PUBLISHED, baseline=False)
        assert count_changes(connection, published) == FEW

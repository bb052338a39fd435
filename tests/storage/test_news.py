"""The letters of a first crawl stay out of what is asked, and cost nothing there."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event

from letters.change import ChangeKind
from storage.database.archive import Archive, open_archive
from storage.database.insert import insert
from storage.derived.news_by_time import news_by_time
from storage.queries import (
    ChangeFilter,
    Cut,
    FeedPosition,
    announced,
    change_page,
    changes,
    count_changes,
)
from storage.schema.tables import addresses, crawls, letters
from storage.schema.tables import changes as changes_table

FIRST, MANY, FEW = datetime(2026, 11, 1, tzinfo=UTC), 20_000, 50
NEWS = ChangeFilter(baseline=False)
EDITED = ChangeKind.EDITED
OLDEST = Cut(None, towards_newer=True)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def flooded(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Archive]:
    """Yield an archive of many letters of a first crawl, among them few changes."""
    url = f"sqlite:///{tmp_path_factory.mktemp('flood')}/fuhan.db"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres")
    with closing(open_archive(url, create=True)) as archive:
        with archive.writing() as connection:
            _letter(connection)
            for many, baseline in ((MANY - FEW, True), (FEW, False)):
                _changes(connection, many, baseline=baseline)
            if request.param == "postgresql":  # which counts by itself, and SQLite does not
                connection.exec_driver_sql("ANALYZE")
        yield archive


def _letter(connection: Connection) -> None:
    insert(connection, addresses, {"source": "s", "key": "k", "url": "u", "letter_id": None})
    row = {"source": "s", "mode": "normal", "started_at": FIRST, "counts": {}, "errors": []}
    insert(connection, crawls, row)
    row = {"source": "s", "address_id": 1, "status": "published", "version": 1, "digest": ""}
    row |= {"title": "", "first_seen": FIRST, "last_seen": FIRST}
    insert(connection, letters, row)


def _changes(connection: Connection, many: int, *, baseline: bool) -> None:
    row = {"letter_id": 1, "crawl_id": 1, "source": "s", "kind": "published", "reason": ""}
    row |= {"baseline": baseline, "significance": "minor", "held": False, "edits": []}
    row |= {"before": FIRST, "differ": "1"}
    moments = (FIRST + timedelta(seconds=each) for each in range(many))
    rows = [row | {"detected_at": at, "announced_at": at} for at in moments]
    connection.execute(changes_table.insert(), rows)


def plans(archive: Archive, ask: Callable[[Connection], object]) -> list[str]:
    """Return how the database means to answer each query that `ask` puts to it."""
    asked: list[tuple[str, Any]] = []

    def listen(_connection: Any, _cursor: Any, words: str, given: Any, *_: Any) -> None:
        asked.append((words, given))

    with archive.reading() as connection:
        event.listen(connection, "before_cursor_execute", listen)
        ask(connection)
    with archive.reading() as connection:
        form = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
        return [
            "\n".join(map(str, connection.exec_driver_sql(f"{form} {words}", given)))
            for words, given in asked
            if words.startswith("SELECT")
        ]


PLACE = FeedPosition(FIRST + timedelta(seconds=30), 30)


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda at: change_page(at, NEWS, Cut(), 10), id="newest"),
        pytest.param(lambda at: change_page(at, NEWS, Cut((FIRST, 9)), 10), id="older"),
        pytest.param(lambda at: change_page(at, NEWS, OLDEST, 10), id="oldest"),
        pytest.param(lambda at: change_page(at, replace(NEWS, source="s"), Cut(), 9), id="source"),
        pytest.param(lambda at: change_page(at, replace(NEWS, kind=EDITED), Cut(), 9), id="kind"),
        pytest.param(lambda at: count_changes(at, replace(NEWS, since=FIRST)), id="how many"),
        pytest.param(lambda at: list(news_by_time(at, FIRST)), id="of some days"),
        pytest.param(lambda at: announced(at, NEWS, 10), id="announced"),
        pytest.param(lambda at: announced(at, NEWS, 10, before=PLACE), id="announced before"),
        pytest.param(lambda at: announced(at, NEWS, 10, after=PLACE), id="announced after"),
    ],
)
def test_few_changes_among_many_first_letters_are_found_without_a_scan(
    flooded: Archive, ask: Callable[[Connection], object]
) -> None:
    for plan in plans(flooded, ask):
        assert re.search(r"\bnews|changes_announced", plan), plan  # the indexes of the few
        assert "sort" not in plan.lower()
        assert "temp b-tree for order" not in plan.lower()


def test_what_is_left_out_is_what_is_asked_for_apart(flooded: Archive) -> None:
    with flooded.reading() as connection:
        counts = [count_changes(connection, ChangeFilter(baseline=each)) for each in (True, False)]
        assert counts == [MANY - FEW, FEW]
        assert count_changes(connection, ChangeFilter()) == MANY
        assert all(not each.baseline for each in changes(connection, NEWS))
        assert sum(count for *_, count in news_by_time(connection, FIRST)) == FEW
        published = ChangeFilter(kind=ChangeKind.PUBLISHED, baseline=False)
        assert count_changes(connection, published) == FEW

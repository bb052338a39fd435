"""No page walks a table: each query of each page names an index, and pages ask few queries.

A page whose query became a scan fails with the page and the query. On PostgreSQL scans, sorts and joins
of whole tables are made so dear that it plans them only where no index serves; SQLite plans the same at
any size.
"""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event
from starlette.testclient import TestClient

from bench.grown_archive import fill, source_name
from letters.letter import Form, Kind, Letter
from review.app import create_app
from review.settings import ReviewSettings, WatchedSource
from storage.database.archive import Archive, open_archive
from storage.derived.moved_letters import find_same_paper
from tests.review.conftest import ServiceBeside

LETTERS, SOURCE = 420, source_name(1)
QUERIES = 14  # of one page, at most; none for each row
PAGES = [
    "/",
    "/letters",
    "/letters?cursor=last",
    f"/letters?source={SOURCE}",
    f"/letters?source={SOURCE}&cursor=last",
    "/letters?status=delisted",
    f"/letters?source={SOURCE}&status=published",
    "/changes",
    "/changes?cursor=last",
    "/changes?baseline=1",
    "/changes?baseline=1&cursor=last",
    f"/changes?baseline=1&source={SOURCE}&kind=published",
    "/changes?since=30d",
    "/changes?state=open",
    "/changes?state=accepted&cursor=last",
    "/api/changes?state=open&significance=minor",
    "/changes?since=100d&until=30d&kind=edited",
    *(
        f"/changes?{'&'.join(chosen)}"
        for chosen in (
            [f"source={SOURCE}"],
            ["kind=edited"],
            ["significance=substantive"],
            [f"source={SOURCE}", "kind=edited"],
            [f"source={SOURCE}", "significance=substantive"],
            ["kind=edited", "significance=substantive"],
            [f"source={SOURCE}", "kind=edited", "significance=substantive"],
        )
    ),
    "/review",
    "/review?at=3",
    "/review?state=accepted&limit=100",
    f"/review?source={SOURCE}&at=3",
    "/review?kind=edited&significance=minor&since=30d",
    "/review?category=figure&text=建议&tag=甲",
    "/review?category=commitment&detail=weakened&at=3",
    "/alarms",
    f"/alarms?source={SOURCE}",
    "/alarms?state=ended",
    "/api/alarms?state=standing&limit=20",
    "/crawls",
    f"/crawls?source={SOURCE}",
    f"/crawls?source={SOURCE}&cursor=last",
    *(
        f"/letters?search={words}{rest}"
        for words in ("的", "建议", "建议 委员", "0", "囧", "的建议的建议")
        for rest in ("", "&cursor=last", f"&source={SOURCE}", "&status=delisted")
    ),
    "/api/letters?search=建议&limit=20",
    "/letters/2",
    "/letters/2/diff/1..2",
    "/changes/3",
    "/feed.atom",
    "/api/letters?limit=20",
    "/api/letters?cursor=last&limit=20",
    "/api/letters/2",
    "/api/changes?limit=20",
    "/api/crawls?limit=20",
    "/api/changes?after_id=30&limit=20",
    f"/api/changes?after_id=30&source={SOURCE}&state=open&kind=edited&significance=minor",
    "/api/changes?after_id=30&category=figure&text=建议&tag=甲&since=30d",
    "/api/changes?category=figure&text=建议&tag=甲",
    "/changes?category=commitment&detail=weakened&cursor=last",
    f"/changes?text=建议&source={SOURCE}&baseline=1&since=30d",
    "/metrics",
]
# Tables that are no bigger than there are sources, what a query makes itself, and lists in one row.
SMALL = "letter_counts|change_counts|alert_channels|alembic_version|sources|named|anon_1|CONSTANT ROW|CTE"
SMALL += "|(edit|tag) VIRTUAL TABLE"
# FTS5 by words, in the order of places: M, and 32 where the order is descending.
MATCHED = r"SCAN search_index VIRTUAL TABLE INDEX \d+:[^ ]*M"
# Indexes of few rows: what is open, held, not ended, decided by a person, or waits to be sent.
FEW = "alarms_open|alarms_standing|changes_held|crawls_unfinished|reviews_by_change|reviews_pkey|outbox_waiting"


@dataclass
class Asked:
    """The queries that one engine was asked, while it is heard."""

    queries: list[tuple[str, Any]] = field(default_factory=list)

    def hear(self, _connection: Any, _cursor: Any, words: str, given: Any, *_: Any) -> None:
        if words.lstrip().startswith(("SELECT", "WITH")) and "pg_catalog" not in words:
            self.queries.append((words, given))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def grown(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Archive]:
    """Yield an archive of some sources with letters, versions, visits and changes."""
    url = f"sqlite:///{tmp_path_factory.mktemp('grown')}/fuhan.db"
    if request.param == "postgresql":
        url = request.getfixturevalue("empty_postgres")
    with closing(open_archive(url, create=True)) as archive:
        fill(archive, LETTERS, datetime.now(UTC), templates=12)
        if request.param == "postgresql":
            with archive.writing() as connection:
                connection.exec_driver_sql("ANALYZE")
        yield archive


@pytest.fixture(scope="module")
def browser(grown: Archive) -> TestClient:
    names = [source_name(place) for place in range(-(-LETTERS // 200))]
    sources = tuple(
        WatchedSource(each, "局", "proposal", "https://gov.example/") for each in names
    )
    app = create_app(grown, ReviewSettings(sources=sources, token="one"), ServiceBeside())  # noqa: S106 - of a test
    bearer = {"Authorization": "Bearer one"}
    return TestClient(app, base_url="http://127.0.0.1:8321", headers=bearer)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_few_queries_and_each_by_an_index(
    grown: Archive, browser: TestClient, path: str
) -> None:
    asked = Asked()
    event.listen(Engine, "before_cursor_execute", asked.hear)
    try:
        assert browser.get(path).status_code == 200
    finally:
        event.remove(Engine, "before_cursor_execute", asked.hear)
    assert 0 < len(asked.queries) <= QUERIES, asked.queries
    with grown.reading() as connection:
        for words, given in asked.queries:
            for fault in faults(connection, words, given):
                pytest.fail(f"{path}: {fault}\n{words}")


@contextmanager
def heard_by_driver(connection: Connection, asked: Asked) -> Iterator[None]:
    """Let what is run by SQLite's driver be heard, too: each query with its values in it."""
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        driver.set_trace_callback(lambda words: asked.hear(None, None, words, ()))
    yield
    if connection.dialect.name == "sqlite":
        driver.set_trace_callback(None)


@pytest.mark.parametrize("path", ["/changes", "/api/changes", "/feed.atom"])
def test_the_few_changes_of_a_letter_are_found_by_it_and_sorted(
    grown: Archive, browser: TestClient, path: str
) -> None:
    if grown.url.drivername.startswith("postgresql"):
        pytest.skip("PostgreSQL plans by how many there are")
    asked = Asked()
    event.listen(Engine, "before_cursor_execute", asked.hear)
    try:
        assert browser.get(f"{path}?letter=3").status_code == 200
    finally:
        event.remove(Engine, "before_cursor_execute", asked.hear)
    plans = []
    with grown.reading() as connection:
        for words, given in asked.queries:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", given)
            plans.append(" ".join(row.detail for row in plan))
    of_changes = [plan for plan in plans if re.search(r"(SEARCH|SCAN) changes ", plan)]
    assert of_changes
    assert all("changes_by_letter" in plan for plan in of_changes)


def faults(connection: Connection, words: str, given: Any) -> list[str]:
    """Return the lines of the plan of a query that walk a table or sort what they walked."""
    if connection.dialect.name == "sqlite":
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", given)
        return [row.detail for row in plan if is_walk_of_sqlite(row.detail, words)]
    for setting in ("seqscan", "sort", "mergejoin", "hashjoin"):
        connection.exec_driver_sql(f"SET LOCAL enable_{setting} = off")
    rows = connection.exec_driver_sql(f"EXPLAIN {words}", given).scalars().all()
    return [
        row
        for row, next_row in zip(rows, [*rows[1:], ""], strict=True)
        if is_walk(row, next_row, words)
    ]


def is_walk_of_sqlite(line: str, words: str) -> bool:
    if re.search(MATCHED, line):
        return False
    if line.startswith("SCAN") and not re.search(SMALL, line):
        is_in_order = "USING" in line or re.search(r"ORDER BY \w+\.id DESC\s+LIMIT", words)
        is_cut_off = is_in_order and "LIMIT" in words
        return not (is_cut_off or re.search(FEW, line))
    return line.startswith("USE TEMP B-TREE FOR ORDER BY") and "LIMIT" in words


def is_walk(line: str, next_line: str, words: str) -> bool:
    if re.search(SMALL, line):
        return False
    if "Seq Scan on" in line:
        return True
    if "Index Scan" in line or "Index Only Scan" in line:
        is_cut_off = "Index Cond" in next_line or "LIMIT" in words
        return not (is_cut_off or re.search(FEW, line))
    # What GIN yields has no order; it is sorted by places alone, before anything is read. What an
    # index yields by days may be sorted within each: no further than it is read.
    is_sort = "Sort  (" in line and "Incremental Sort" not in line
    return is_sort and "LIMIT" in words and "ORDER BY found.place" not in words


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("SELECT * FROM letters WHERE title = ''", id="by a column without an index"),
        pytest.param(
            "SELECT id FROM letters ORDER BY title LIMIT 1", id="in an order without one"
        ),
        pytest.param("SELECT count(*) FROM changes", id="a count"),
    ],
)
def test_a_walk_is_recognised(grown: Archive, words: str) -> None:
    with grown.reading() as connection:
        assert faults(connection, words, ())


@pytest.mark.parametrize(
    ("number", "session", "subject"),
    [
        pytest.param("17", "十四届二次", None, id="named"),
        pytest.param("17", None, "关于修路的建议", id="without a session"),
        pytest.param("17", None, None, id="by its number alone"),
        pytest.param(None, None, "关于修路的建议", id="by its subject alone"),
    ],
)
def test_letters_that_may_be_the_same_paper_are_found_by_an_index(
    grown: Archive, number: str | None, session: str | None, subject: str | None
) -> None:
    asked = Asked()
    page = "https://gov.example/1.html", Kind.PROPOSAL, Form.REPLY, "复函"
    letter = Letter(*page, number=number, session=session, subject=subject)
    event.listen(Engine, "before_cursor_execute", asked.hear)
    try:
        with grown.reading() as connection, heard_by_driver(connection, asked):
            find_same_paper(connection, SOURCE, letter)
    finally:
        event.remove(Engine, "before_cursor_execute", asked.hear)
    ((words, given),) = asked.queries
    with grown.reading() as connection:
        assert faults(connection, words, given) == []
        explain = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
        plan = str(connection.exec_driver_sql(f"{explain} {words}", given).all())
    assert "letters_by_identity" in plan

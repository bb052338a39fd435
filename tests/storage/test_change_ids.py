"""The id of a change names that change for ever, also once it was retracted."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from crawler.reprocess import reparse
from fuhan.archive_audit import audit
from letters.change import Change
from letters.review import Decision, ReviewState
from storage.database.archive import Archive, open_archive
from storage.database.insert import insert
from storage.facts.reviews import add_review, reviews
from storage.schema.tables import changes, metadata
from tests.archive_copy import new_archive
from tests.crawler.record.source import LONG, ComposedSource, page_of, url_of
from tests.storage.old_archive import DAYS, Old

URL = url_of("0001")
BEFORE, AFTER = {URL: page_of("0001")}, {URL: page_of("0001", LONG.format(900))}


def source_named(name: str, archive: Archive) -> ComposedSource:
    source = ComposedSource(archive)
    source.job = replace(source.job, source=replace(source.job.source, name=name))
    return source


def dismiss(source: ComposedSource, change: Change) -> None:
    with source.archive.writing() as connection:
        add_review(
            connection, change.id, Decision(ReviewState.DISMISSED), "reader", source.clock()
        )


def retract(source: ComposedSource, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a differ that sees no edit compare again."""
    with monkeypatch.context() as patched:
        patched.setattr(reparse, "compare", lambda *_: ())
        watched = source.job.source
        done = reparse.reparse(source.archive, watched.name, watched.site, dry_run=False)
    assert done["retracted"] == 1


@pytest.fixture(params=["another", "the same"])
def retracted(
    request: pytest.FixtureRequest, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> tuple[Change, ComposedSource]:
    """Return the newest change, dismissed and then retracted, and the source that is next."""
    source = source_named("mine", archive)
    other = source_named("other", archive)
    for pages in (BEFORE, AFTER):
        source.crawl(pages)
    change = source.changes()[-1]
    dismiss(source, change)
    retract(source, monkeypatch)
    return change, other if request.param == "another" else source


def test_the_change_after_a_retracted_one_has_a_new_id_and_no_review(
    retracted: tuple[Change, ComposedSource],
) -> None:
    change, source = retracted
    source.crawl(BEFORE)
    next_change = source.changes()[-1]
    with source.archive.reading() as connection:
        assert list(reviews(connection, next_change.id)) == []
        assert len(list(reviews(connection, change.id))) == 1
    assert next_change.id > change.id
    assert audit(source.archive).damages == []


@pytest.mark.parametrize("names", [("first", "second"), ("second", "first")])
def test_an_id_that_was_given_again_in_the_past_is_no_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: tuple[str, str]
) -> None:
    with closing(new_archive(tmp_path / "fuhan.db")) as archive:
        source, next_source = (source_named(name, archive) for name in names)
        for pages in (BEFORE, AFTER):
            source.crawl(pages)
        retracted = source.changes()[-1]
        retract(source, monkeypatch)
        with archive.writing() as connection:  # as archives counted before schema 0007
            connection.exec_driver_sql("UPDATE sqlite_sequence SET seq = seq - 1")
        next_source.crawl(BEFORE)
        assert next_source.changes()[-1].id == retracted.id
        assert audit(archive).damages == []


@pytest.fixture
def old(tmp_path: Path) -> Old:
    """Return an archive of SQLite, of a schema that gave ids again, with two changes."""
    archive = Old(f"sqlite:///{tmp_path}/fuhan.db")
    archive.crawl(0)
    for _ in range(2):
        archive.letter(1, archive.address(0))
    return archive


@contextmanager
def brought_forward(old: Old) -> Iterator[Connection]:
    """Open an archive of before with today's code, and read it."""
    with closing(open_archive(old.url, create=False)) as archive, archive.reading() as connection:
        yield connection


def next_id(old: Old) -> int:
    """Bring an archive forward and return the id that it gives to the next change."""
    open_archive(old.url, create=False).close()
    row = {"letter_id": 1, "crawl_id": 1, "source": "s", "kind": "edited", "reason": ""}
    row |= {"significance": "minor", "held": False, "edits": [], "differ": "1"}
    row |= {"detected_at": DAYS[1], "before": DAYS[1]}
    with old.engine.begin() as connection:
        return insert(connection, changes, row)


NAMED = {
    "a change that is there": [],
    "a review": ["INSERT INTO reviews VALUES (1, 7, 'flagged', NULL, 'reader', '2026-11-01 00:00:00.000000')"],
    "a retraction": ["""INSERT INTO ledger VALUES (1, 's', 1, '{"retracted":7}', '')"""],
    "a retraction of another source": ["""INSERT INTO ledger VALUES (9, 't', 1, '{"retracted":7}', '')"""],
}  # fmt: skip


@pytest.mark.parametrize("statements", NAMED.values(), ids=NAMED)
def test_ids_go_on_above_the_highest_that_anything_names(old: Old, statements: list[str]) -> None:
    execute(old, *statements)
    assert next_id(old) == (8 if statements else 3)


def test_ids_go_on_above_a_retracted_one_where_no_change_is_left(old: Old) -> None:
    execute(old, *NAMED["a retraction"], "DELETE FROM changes")
    assert next_id(old) == 8


def test_a_retraction_that_was_altered_keeps_no_archive_from_being_opened(old: Old) -> None:
    execute(old, """INSERT INTO ledger VALUES (1, 's', 1, '{"retracted":"x', '')""")
    assert next_id(old) == 3


BESIDE = [
    "CREATE INDEX own_index ON changes (kind) WHERE kind = 'edited'",
    "CREATE TRIGGER own_trigger AFTER INSERT ON changes BEGIN SELECT 1; END",
    "CREATE VIEW own_view AS SELECT id, kind FROM changes",
    "CREATE TRIGGER other_trigger AFTER INSERT ON reviews BEGIN UPDATE changes SET held = 0 WHERE id = NEW.change_id; END",
]


def test_rows_and_what_belongs_to_the_table_stay_as_they_were(old: Old) -> None:
    execute(old, *BESIDE, "UPDATE changes SET edits = '[ {\"odd\":1.50} ]' WHERE id = 2")
    with old.engine.connect() as connection:
        schema = set(connection.execute(_BESIDE))
        rows = connection.execute(_ROWS).all()
        keys = set(connection.execute(_KEYS))
    with brought_forward(old) as connection:
        replaced = {row for row in schema if row.name in REPLACED}
        assert set(connection.execute(_BESIDE)) >= schema - replaced
        assert connection.execute(_ROWS).all() == rows
        assert set(connection.execute(_KEYS)) == keys
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []


REPLACED = ("changes_by_time", "crawls_by_source", "letters_by_source", "reviews_by_change")
_BESIDE = text("SELECT name, sql FROM sqlite_master WHERE type != 'table' AND sql IS NOT NULL")
_ROWS = text(
    "SELECT id, letter_id, crawl_id, source, kind, significance, reason, held, from_version,"
    ' to_version, detected_at, "after", "before", edits, differ FROM changes'
)
_KEYS = text('SELECT "table", "from", "to" FROM pragma_foreign_key_list(\'changes\')')


def test_the_migrations_count_ids_where_the_code_says_so(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/fuhan.db"
    query = text("SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'")
    with closing(open_archive(url, create=True)) as archive, archive.reading() as connection:
        counted = set(connection.execute(query).scalars())
    said = {each.name for each in metadata.sorted_tables if each.kwargs.get(_AUTOINCREMENT)}
    assert counted == said == {"changes"}


_AUTOINCREMENT = "sqlite_autoincrement"


def execute(old: Old, *statements: str) -> None:
    with old.engine.begin() as connection:
        for each in statements:
            connection.exec_driver_sql(each)

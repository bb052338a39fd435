"""A service knows whether its archive can be read, and reads it again once it was written."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from scheduler.read_watch import ReadWatch
from storage.database.archive import Archive, open_archive
from storage.database.preflight import set_schema_revision
from storage.migrations.run import HEAD
from tests.archive_copy import archive_url, new_archive
from tests.storage.test_page_plans import Asked


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    new_archive(tmp_path / "fuhan.db").close()
    with closing(open_archive(archive_url(tmp_path / "fuhan.db"), create=False)) as opened:
        yield opened


def test_an_archive_is_well_until_its_schema_is_another_one_and_again_after(
    archive: Archive,
) -> None:
    watch = ReadWatch(archive)
    assert watch.problem() is None
    for schema, problem in (("9999", True), (HEAD, False)):
        with archive.writing() as connection:
            set_schema_revision(connection, schema)
        assert [bool(watch.problem()), bool(watch.problem())] == [problem, problem]


@pytest.mark.sqlite("a server numbers transactions of other archives, too")
def test_an_archive_that_nobody_wrote_is_not_read_again(archive: Archive) -> None:
    watch, asked = ReadWatch(archive), Asked()
    assert watch.problem() is None
    event.listen(Engine, "before_cursor_execute", asked.hear)
    try:
        assert watch.problem() is None
    finally:
        event.remove(Engine, "before_cursor_execute", asked.hear)
    assert asked.queries == []


@pytest.mark.sqlite("its file is damaged")
def test_an_archive_that_is_damaged_meanwhile_can_not_be_read(
    archive: Archive, tmp_path: Path
) -> None:
    watch = ReadWatch(archive)
    assert watch.problem() is None
    (tmp_path / "fuhan.db").write_bytes(b"else" * 4096)
    problem = watch.problem() or ""
    assert problem.startswith("the database can't be read: ")

"""What is handed to SQLite's driver is what SQLAlchemy would have given it."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Select, Table, bindparam, select, type_coerce, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.types import NullType

from storage.database.archive import Archive
from storage.database.insert import insert, insert_once, upsert
from storage.database.prepared import fetch, run
from storage.schema.tables import addresses, crawls, letters
from tests.archive_copy import new_archive

AT = datetime(2026, 11, 28, 8, 30, 0, 250, tzinfo=UTC)
ADDRESS = {"source": "s", "key": "k", "url": "u", "listed_on": date(2022, 6, 7)}
LETTER = {
    "source": "s",
    "address_id": 1,
    "status": "published",
    "version": 1,
    "digest": "d",
    "title": "复函",
    "first_seen": AT,
    "last_seen": AT,
}
CRAWL = {"source": "s", "mode": "normal", "started_at": AT, "counts": {"listed": 2}, "errors": []}
KEYS = select(addresses.c.id, addresses.c.key).where(addresses.c.source == bindparam("of"))
TITLED = update(addresses).where(addresses.c.id == bindparam("at")).values(listed_title="复函")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with closing(new_archive(tmp_path / "fuhan.db")) as opened:
        yield opened


def as_stored(table: Table) -> Select[Any]:
    """Return the query of a table's values as SQLite has them."""
    return select(*(type_coerce(column, NullType()) for column in table.c))


@pytest.mark.parametrize(
    ("table", "row"),
    [
        pytest.param(addresses, ADDRESS, id="a day, and columns without a value"),
        pytest.param(letters, LETTER, id="moments, and numbers by default"),
        pytest.param(crawls, CRAWL, id="JSON"),
    ],
)
def test_an_inserted_row_is_as_sqlalchemy_writes_it(
    archive: Archive, table: Table, row: dict[str, Any]
) -> None:
    with archive.writing() as connection:
        connection.execute(table.insert(), row)
        by_core = connection.execute(as_stored(table)).one()
        connection.execute(table.delete())
        row_id = insert(connection, table, row)
        by_driver = connection.execute(as_stored(table)).one()
    assert by_driver == (row_id, *by_core[1:])


def test_an_update_says_how_many_rows_it_met(archive: Archive) -> None:
    with archive.writing() as connection:
        row_id = insert(connection, addresses, ADDRESS)
        met = [run(connection, TITLED, {"at": each}).rowcount for each in (row_id, row_id + 1)]
        assert connection.execute(select(addresses.c.listed_title)).scalar() == "复函"
    assert met == [1, 0]


def test_what_is_fetched_first_is_of_the_state_that_is_read_later(archive: Archive) -> None:
    with archive.reading() as connection:
        assert fetch(connection, KEYS, {"of": "s"}) == []
        with archive.writing() as other:
            row_id = insert(other, addresses, ADDRESS)
        assert connection.execute(KEYS, {"of": "s"}).all() == []
    with archive.reading() as connection:
        assert fetch(connection, KEYS, {"of": "s"}) == [(row_id, "k")]


def test_a_value_that_is_not_given_is_an_error_and_no_null(archive: Archive) -> None:
    with archive.writing() as connection, pytest.raises(KeyError, match="at"):
        run(connection, TITLED, {})


def test_a_row_that_is_there_is_left_or_replaced_or_refused(archive: Archive) -> None:
    with archive.writing() as connection:
        row_id = insert(connection, addresses, ADDRESS)
        insert_once(connection, addresses, ADDRESS | {"url": "other"})
        assert connection.execute(select(addresses.c.url)).scalars().all() == ["u"]
        upsert(connection, addresses, "id", ADDRESS | {"id": row_id, "url": "newer"})
        assert connection.execute(select(addresses.c.url)).scalars().all() == ["newer"]
    with pytest.raises(IntegrityError), archive.writing() as connection:
        insert(connection, addresses, ADDRESS)

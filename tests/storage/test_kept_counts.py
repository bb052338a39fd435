"""Counts follow the rows that they count, whoever writes; a wrong one is named and counted anew."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, Table, delete, func, select, update

from bench.grown_archive import fill, source_name
from storage.audit.kept_counts import check_counts
from storage.database.archive import Archive
from storage.derived.kept_counts import recount
from storage.schema.tables import change_counts, changes, letter_counts, letters


@pytest.fixture
def filled(archive: Archive) -> Archive:
    fill(archive, 60, datetime.now(UTC), templates=3)
    return archive


def total(connection: Connection) -> tuple[int, int]:
    counted = [
        connection.execute(select(func.sum(each.c.count))).scalar_one()
        for each in (letter_counts, change_counts)
    ]
    return int(counted[0]), int(counted[1])


def test_counts_follow_what_is_added_turned_and_deleted(filled: Archive) -> None:
    with filled.writing() as connection:
        assert list(check_counts(connection)) == []
        before = total(connection)
        connection.execute(update(letters).values(status="suspect"))
        connection.execute(update(changes).where(changes.c.id % 2 == 0).values(baseline=False))
        connection.execute(delete(changes).where(changes.c.id == 1))
        assert list(check_counts(connection)) == []
        assert total(connection) == (before[0], before[1] - 1)


@pytest.mark.parametrize("counts", [letter_counts, change_counts], ids=lambda each: each.name)
def test_a_count_that_is_wrong_is_named_until_it_is_counted_anew(
    filled: Archive, counts: Table
) -> None:
    with filled.writing() as connection:
        connection.execute(update(counts).values(count=counts.c.count + 1))
        damages = [str(each) for each in check_counts(connection)]
        assert damages
        assert all("it is not how many there are" in each for each in damages)
        recount(connection, source_name(0))
        assert list(check_counts(connection)) == []

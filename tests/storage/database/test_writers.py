"""Who writes at once waits in turn, and who reads meanwhile sees one state, in either database."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from bench.grown_archive import fill, source_name
from letters.review import Decision, ReviewState
from storage.audit.search import check_search
from storage.database.archive import Archive
from storage.database.lock import crawl_lock
from storage.derived.search_rebuild import write_search_index
from storage.derived.search_texts import move_search_texts
from storage.facts import ledger
from storage.facts.entries import UnknownEntry
from storage.facts.reviews import add_review
from storage.schema.tables import changes, letters, reviews
from storage.schema.tables import ledger as ledger_table
from tests.at_once import at_once

NOW = datetime(2026, 6, 1, tzinfo=UTC)
SOURCE = source_name(0)
TIMES = 25


@pytest.fixture
def filled(archive: Archive) -> Archive:
    fill(archive, 40, NOW, templates=3)
    return archive


def test_a_crawl_and_two_reviewers_give_each_entry_a_number_of_its_own(filled: Archive) -> None:
    before = chain(filled)

    def review() -> None:
        for _ in range(TIMES):
            with filled.writing() as connection:
                add_review(
                    connection, of_source(filled), Decision(ReviewState.FLAGGED), "ann", NOW
                )

    def crawl() -> None:
        with crawl_lock(filled, SOURCE) as locked:
            for number in range(TIMES):
                with locked.writing() as connection:
                    ledger.append(connection, SOURCE, UnknownEntry({"n": number}))

    at_once(review, review, crawl)
    after = chain(filled)
    assert [seq for seq, _, _ in after] == list(range(1, len(before) + 3 * TIMES + 1))
    previous = ledger.START
    for _, facts, told in after:
        assert told == ledger.link(previous, facts)
        previous = told


def test_a_change_that_two_accept_at_once_is_released_once(filled: Archive) -> None:
    change_id = of_source(filled)
    with filled.writing() as connection:
        connection.execute(changes.update().where(changes.c.id == change_id).values(held=True))

    def accept() -> None:
        with filled.writing() as connection:
            add_review(connection, change_id, Decision(ReviewState.ACCEPTED), "ann", NOW)

    at_once(*[accept] * 4)
    with filled.reading() as connection:
        query = select(func.count()).where(reviews.c.change_id == change_id)
        assert connection.execute(query).scalar() == 4
    releases = [facts for _, facts, _ in chain(filled) if '"released"' in facts]
    assert len(releases) == 1


def test_what_is_read_is_of_one_moment_though_somebody_writes(filled: Archive) -> None:
    entries = select(func.count()).select_from(ledger_table)
    with filled.reading() as reader:
        before = reader.execute(entries).scalar()
        with filled.writing() as writer:
            ledger.append(writer, SOURCE, UnknownEntry({"n": 1}))
        assert reader.execute(entries).scalar() == before
    with filled.reading() as reader:
        assert reader.execute(entries).scalar() == before + 1


def test_who_reads_in_postgresql_cannot_write(on_postgres: Archive) -> None:
    with (
        pytest.raises(SQLAlchemyError, match="read-only transaction"),
        on_postgres.reading() as reader,
    ):
        ledger.append(reader, SOURCE, UnknownEntry({"n": 1}))


def test_letters_that_move_while_the_index_is_written_anew_are_found(filled: Archive) -> None:
    def reindex() -> None:
        with filled.writing() as connection:
            for _ in write_search_index(connection):
                pass

    def record() -> None:
        for number in range(TIMES):
            with filled.writing() as connection:
                moved = letters.update().where(letters.c.id == 1 + number % 3)
                connection.execute(moved.values(listed_on=date(2026, 1, 1 + number)))
                move_search_texts(connection, [1 + number % 3])

    at_once(reindex, record)
    with filled.reading() as connection:
        assert list(check_search(connection)) == []


def of_source(archive: Archive) -> int:
    with archive.reading() as connection:
        query = select(changes.c.id).where(changes.c.source == SOURCE).limit(1)
        return int(connection.execute(query).scalar_one())


def chain(archive: Archive) -> list[tuple[int, str, str]]:
    with archive.reading() as connection:
        return list(ledger.entries(connection, SOURCE))

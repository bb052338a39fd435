"""What is kept stays as it was, in either database."""

import hashlib
import re
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from threading import Barrier

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine, func, select, table, text
from sqlalchemy.exc import SQLAlchemyError

from storage.database.archive import Archive, ArchiveError, open_archive
from storage.database.errors import reason
from storage.facts import evidence, ledger
from storage.facts.dictionaries import Purpose, add_dictionary, raw_dictionary
from storage.facts.entries import UnknownEntry
from storage.migrations.new_archive import make_archive
from storage.migrations.run import HEAD, migrate
from storage.queries import LetterFilter, count_letters, plain_letters
from storage.schema.search_index import TABLE, index_counts
from storage.schema.tables import evidence as evidence_table
from storage.schema.tables import metadata

same_archive = settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def test_the_migrations_make_the_tables_that_the_code_knows(archive: Archive) -> None:
    with archive.reading() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_in_metadata})
        assert compare_metadata(context, metadata) == []
        with archive.writing() as writer:  # the index is not SQLAlchemy's, and is there
            assert list(index_counts(writer)) == []


def test_a_new_archive_is_what_the_migrations_make_of_nothing() -> None:
    """Where it is not: python -m storage.migrations > storage/migrations/new_archive.sql."""
    with made_by(migrate) as old, made_by(partial(make_archive, revision=HEAD)) as new:
        assert contents(new) == contents(old)
        assert old.exec_driver_sql("SELECT * FROM alembic_version").all() == [(HEAD,)]


# Those of FTS5 can't be read so; that of SQLite has a 0 for a table that was made twice.
_BY_THEMSELVES = {TABLE, f"{TABLE}_grams", "sqlite_sequence"}


@contextmanager
def made_by(make: Callable[[Connection], None]) -> Iterator[Connection]:
    """Yield a database in memory in which an archive was made."""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        make(connection)
        yield connection
    engine.dispose()


def contents(connection: Connection) -> list[object]:
    """Return all that a database consists of, and the rows of its tables."""
    made = connection.exec_driver_sql("SELECT type, name, tbl_name, sql FROM sqlite_master").all()
    tables = (row.name for row in made if row.type == "table")
    names = [name for name in tables if name not in _BY_THEMSELVES]
    all_of = select(text("*"))
    rows = (connection.execute(all_of.select_from(table(name))).all() for name in names)
    # Alembic writes the foreign keys of a table that it makes anew in any order.
    parts = sorted((*row[:3], sorted(re.split(r",?\s*\n\s*", row.sql or ""))) for row in made)
    return [parts, dict(zip(names, rows, strict=True))]


def is_in_metadata(name: str | None, kind: str, _parents: object) -> bool:
    return kind != "table" or not str(name).startswith(TABLE)


def test_an_archive_opened_again_is_the_same(url: str) -> None:
    for _ in range(2):
        with closing(open_archive(url, create=True)) as opened, opened.writing() as connection:
            ledger.append(connection, "s", UnknownEntry({"n": 1}))
    with closing(open_archive(url, create=False)) as opened, opened.reading() as connection:
        assert [seq for seq, _, _ in ledger.entries(connection, "s")] == [1, 2]


def test_an_archive_that_several_open_at_once_is_made_once(url: str) -> None:
    together = Barrier(4)

    def opened() -> None:
        together.wait(60)
        with closing(open_archive(url, create=True)) as archive, archive.reading() as connection:
            assert count_letters(connection, LetterFilter()) == 0

    with ThreadPoolExecutor(4) as pool:
        for each in [pool.submit(opened) for _ in range(4)]:
            each.result()


def test_an_archive_not_made_yet_is_empty_and_stays_unmade(tmp_path: Path) -> None:
    nowhere = f"sqlite:///{tmp_path}/none.db"
    with closing(open_archive(nowhere, create=False)) as opened, opened.reading() as connection:
        assert list(plain_letters(connection, LetterFilter())) == []
        assert count_letters(connection, LetterFilter()) == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"not a database" * 100, b"\x00" * 4096])
def test_a_file_that_is_no_database_is_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "fuhan.db"
    path.write_bytes(content)
    with pytest.raises(ArchiveError, match="cannot be opened") as error:
        open_archive(f"sqlite:///{path}", create=True)
    assert "\n" not in str(error.value)
    assert path.read_bytes() == content


def test_somebody_elses_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "cookies.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE cookies (name)")
        connection.commit()
    content = path.read_bytes()
    for create in (False, True):
        with pytest.raises(ArchiveError, match=r"is not fuhan's: it holds cookies$"):
            open_archive(f"sqlite:///{path}", create=create)
    assert path.read_bytes() == content


def test_an_empty_file_is_an_archive_not_made_yet(tmp_path: Path) -> None:
    path = tmp_path / "fuhan.db"
    path.touch()
    with closing(open_archive(f"sqlite:///{path}", create=False)) as opened:
        assert not opened.url.database
    assert path.stat().st_size == 0
    with closing(open_archive(f"sqlite:///{path}", create=True)) as opened:
        assert opened.url.database


def test_an_archive_of_a_newer_fuhan_is_refused_in_one_line(url: str) -> None:
    with closing(open_archive(url, create=True)) as opened, opened.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(ArchiveError, match=r"made by a newer fuhan \(schema 9999\)$"):
        open_archive(url, create=False)


def test_an_error_is_told_without_the_question(archive: Archive) -> None:
    with pytest.raises(SQLAlchemyError) as error, archive.reading() as connection:
        connection.exec_driver_sql("SELECT everything FROM nowhere")
    assert "nowhere" in reason(error.value)
    assert "SELECT" not in reason(error.value)


@same_archive
@given(st.lists(st.binary(max_size=3000), min_size=1, max_size=4))
def test_bytes_come_back_as_they_were_and_are_kept_once(
    archive: Archive, pages: list[bytes]
) -> None:
    with archive.rehearsing() as connection:
        dictionary = raw_dictionary("s", Purpose.PAGES, pages[0])
        add_dictionary(connection, dictionary)
        base = evidence.store_evidence(connection, pages[-1], dictionary.name)
        primed_by = dictionary.name, base
        kept = [evidence.store_evidence(connection, page, *primed_by) for page in pages * 2]
        assert [evidence.load_evidence(connection, each) for each in kept] == pages * 2
        assert set(kept) == {hashlib.sha256(page).hexdigest() for page in pages}
        count = connection.execute(select(func.count()).select_from(evidence_table)).scalar()
        assert count == len(set(pages))


def test_bytes_that_were_altered_are_not_given_out(archive: Archive) -> None:
    with archive.rehearsing() as connection:
        one, other = (
            evidence.store_evidence(connection, page) for page in (b"one" * 50, b"two" * 50)
        )
        packed = select(evidence_table.c.packed).where(evidence_table.c.sha256 == other)
        swapped = connection.execute(packed).scalar()
        here = evidence_table.c.sha256 == one
        connection.execute(evidence_table.update().where(here).values(packed=swapped))
        with pytest.raises(evidence.EvidenceError, match=one):
            evidence.load_evidence(connection, one)
        with pytest.raises(evidence.EvidenceError, match="missing"):
            evidence.load_evidence(connection, "0" * 64)


def test_the_ledger_is_a_chain_for_each_source(archive: Archive) -> None:
    with archive.writing() as connection:
        for number in range(3):
            for source in ("b", "a"):
                ledger.append(connection, source, UnknownEntry({"of": source, "n": number}))
    with archive.reading() as connection:
        previous = ledger.START
        for at, (seq, facts, told) in enumerate(ledger.entries(connection, "a"), 1):
            assert seq == at
            assert told == hashlib.sha256(f"{previous}\n{facts}".encode()).hexdigest()
            previous = told
        assert ledger.heads(connection)["a"] == previous
        assert list(ledger.heads(connection)) == ["a", "b"]


def test_a_transaction_is_kept_whole_or_not_at_all(archive: Archive) -> None:
    with pytest.raises(SQLAlchemyError), archive.writing() as connection:  # noqa: PT012
        ledger.append(connection, "s", UnknownEntry({"n": 1}))
        connection.exec_driver_sql("INSERT INTO nowhere VALUES (1)")
    with archive.reading() as connection:
        assert list(ledger.entries(connection, "s")) == []


@pytest.mark.parametrize(
    ("asked", "level"), [("", 1), ("?synchronous=normal", 1), ("?synchronous=full", 2)]
)
def test_every_transaction_can_be_made_to_reach_the_disk(
    tmp_path: Path, asked: str, level: int
) -> None:
    url = f"sqlite:///{tmp_path}/fuhan.db{asked}"
    with closing(open_archive(url, create=True)) as archive, archive.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == level


def test_a_way_of_writing_that_there_is_not_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="expected normal or full, found 'never'"):
        open_archive(f"sqlite:///{tmp_path}/fuhan.db?synchronous=never", create=True)

"""Whatever is altered in what is kept is found and named."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection, select, text, update
from sqlalchemy.exc import DatabaseError, OperationalError

from fuhan.archive_audit import audit, audit_share
from letters.review import Decision, ReviewState
from letters.visit_span import VisitOutcome
from storage import queries
from storage.audit import Damage, verify
from storage.audit.share import SHARES
from storage.audit.unreadable import may_pass
from storage.database.archive import Archive, open_archive
from storage.facts import ledger
from storage.facts.drift_alarms import PERSON, clear_alarm, raise_alarm
from storage.facts.entries import FileEntry, PageFacts, VisitEntry
from storage.facts.files import store_file
from storage.facts.packed_letters import load_letters
from storage.facts.reviews import add_review
from storage.facts.unread_pages import queue_unread
from storage.facts.visits import add_visit
from storage.schema.letter_codec import pack
from storage.schema.tables import snapshots, versions
from tests.archive_copy import copy_archive
from tests.postgres_server import admin, new_database


@pytest.fixture(scope="module")
def kept(two_crawls: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an archive of few letters, which is audited for each alteration of one row."""
    database = tmp_path_factory.mktemp("kept") / "fuhan.db"
    copy_archive(two_crawls, database)
    with closing(open_archive(f"sqlite:///{database}", create=False)) as archive:
        _decide(archive)
    return database


def _decide(archive: Archive) -> None:
    """Let an alarm be raised and cleared, a page wait and a person decide."""
    with archive.writing() as connection:
        crawl = next(queries.crawls(connection))
        why = ("without phone", "9 of 9 letters without phone")
        alarm = raise_alarm(connection, crawl.source, crawl.id, AT, why)
        clear_alarm(connection, alarm, PERSON, AT, "it is so")
        _queue_page(connection, crawl.source)
        change = next(queries.changes(connection, queries.ChangeFilter()))
        add_review(
            connection, change.id, Decision(ReviewState.FLAGGED, "look closer"), "reader", AT
        )


def _queue_page(connection: Connection, source: str) -> None:
    """Let the page of snapshot 1 wait, as a visit does that could not read it."""
    page = connection.execute(select(snapshots).where(snapshots.c.id == 1)).one()
    add_visit(connection, page.address_id, VisitOutcome.BROKEN, "it waits", AT)
    queue_unread(connection, page.id)
    waits = PageFacts(unread=page.id)
    entry = VisitEntry(
        page.address_id, page.url, AT, VisitOutcome.BROKEN, reason="it waits", pages=waits
    )
    ledger.append(connection, source, entry)


@pytest.fixture
def copy(kept: Path, tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "copy.db"
    copy_archive(kept, path)
    yield path
    shutil.rmtree(tmp_path)


def found(path: Path) -> list[str]:
    with closing(open_archive(f"sqlite:///{path}", create=False)) as archive:
        damages = [str(damage) for damage in audit(archive).damages]
        nights = [audit_share(archive, number) for number in range(SHARES)]
    assert {str(damage) for each in nights for damage in each.damages} == set(damages)
    return damages


def test_the_shares_of_all_nights_are_the_archive(copy: Path) -> None:
    with closing(open_archive(f"sqlite:///{copy}", create=False)) as archive:
        whole = audit(archive)
        nights = [audit_share(archive, number) for number in range(SHARES)]
    assert whole.pages
    assert sum(each.pages for each in nights) == whole.pages
    assert sum(each.versions for each in nights) == whole.versions
    assert max(each.pages for each in nights) < whole.pages


def test_an_archive_that_nobody_touched_is_whole(copy: Path, two_nights: Path) -> None:
    assert found(copy) == []
    assert found(two_nights / "fuhan.db") == []


FILE, AT = "http://127.0.0.1/a.pdf", datetime(2026, 11, 24, tzinfo=UTC)

ALTERATIONS = [
    # statement, a part of the place that must be named
    ("UPDATE evidence SET packed = zeroblob(length(packed)) WHERE rowid = 7", "evidence "),
    ("UPDATE evidence SET size = size + 1 WHERE rowid = 3", "evidence "),
    ("DELETE FROM evidence WHERE rowid = 9", ""),
    ("UPDATE ledger SET facts = replace(facts, '2022', '2023') WHERE seq = 5", "5"),
    ("UPDATE ledger SET hash = substr(hash, 2) || substr(hash, 1, 1) WHERE seq = 4", "4"),
    ("DELETE FROM ledger WHERE seq = 6", "6"),
    ("UPDATE ledger SET seq = 100000 WHERE seq = 6", "6"),
    ("UPDATE changes SET edits = replace(edits, 'old', 'odd') WHERE id = (SELECT min(id) FROM changes WHERE kind = 'edited')", "change "),
    ("UPDATE changes SET significance = 'cosmetic' WHERE id = (SELECT min(id) FROM changes WHERE kind = 'edited')", "change "),
    ("UPDATE changes SET before = '2020-01-01 00:00:00.000000' WHERE id = (SELECT min(id) FROM changes WHERE kind = 'edited')", "change "),
    ("UPDATE changes SET after = NULL WHERE id = (SELECT min(id) FROM changes WHERE kind = 'edited')", "change "),
    ("DELETE FROM changes WHERE id = (SELECT min(id) FROM changes WHERE kind = 'edited')", "change "),
    ("UPDATE versions SET digest = replace(digest, 'a', 'b') WHERE id = 2", "version 2"),
    ("UPDATE versions SET letter = (SELECT letter FROM versions WHERE id = 3) WHERE id = 2", "version 2"),
    ("UPDATE versions SET seen_at = '2020-01-01 00:00:00.000000' WHERE id = 2", "version 2"),
    ("UPDATE versions SET cause = 'reparse' WHERE id = 2", "version 2"),
    ("UPDATE snapshots SET fetched_at = '2020-01-01 00:00:00.000000' WHERE id = 2", "snapshot 2"),
    ("UPDATE snapshots SET asked_at = '2020-01-01 00:00:00.000000' WHERE id = 2", "snapshot 2"),
    ("UPDATE snapshots SET final_url = 'http://evil.example/' WHERE id = 2", "snapshot 2"),
    ("UPDATE snapshots SET status = 404 WHERE id = 2", "snapshot 2"),
    ("UPDATE snapshots SET headers = '{}' WHERE id = 2", "snapshot 2"),
    ("UPDATE snapshots SET first_id = 1 WHERE id = 2", "further page 2"),
    ("UPDATE visits SET last_at = '2020-01-01 00:00:00.000000' WHERE id = 2", "visits of address"),
    ("UPDATE visits SET looks = looks + 1 WHERE id = 2", "visits of address"),
    ("UPDATE visits SET outcome = 'gone' WHERE id = 2", "visits of address"),
    ("DELETE FROM visits WHERE id = 2", "visits of address"),
    ("UPDATE changes SET held = 1 WHERE id = 2", "held change 2"),
    ("UPDATE changes SET baseline = 0 WHERE id = 2", "baseline change 2"),
    ("UPDATE changes SET baseline = 1 WHERE id = (SELECT min(id) FROM changes WHERE kind = 'edited')", "baseline change "),
    ("UPDATE changes SET announced_at = '2020-01-01 00:00:00.000000' WHERE id = 2", "change 2"),
    ("UPDATE alarms SET reason = 'nothing' WHERE id = 1", "alarm 1"),
    ("UPDATE alarms SET cleared_at = NULL WHERE id = 1", "alarm 1"),
    ("UPDATE alarms SET note = 'another' WHERE id = 1", "alarm 1"),
    ("DELETE FROM alarms WHERE id = 1", "alarm 1"),
    ("UPDATE unread SET read_at = '2020-01-01 00:00:00.000000' WHERE snapshot_id = 1", "unread page 1"),
    ("DELETE FROM unread WHERE snapshot_id = 1", "unread page 1"),
    ("UPDATE reviews SET state = 'accepted' WHERE id = 1", "review 1"),
    ("UPDATE reviews SET state = 'eaten' WHERE id = 1", "review 1: it was altered"),
    ("UPDATE reviews SET note = 'all is well' WHERE id = 1", "review 1"),
    ("UPDATE files SET content = replace(content, substr(content, 1, 1), 'x') WHERE rowid = 1", "file http"),
    ("UPDATE files SET sha256 = (SELECT min(sha256) FROM evidence) WHERE rowid = 1", "file http"),
    ("DELETE FROM files WHERE rowid = 1", "file http"),
    ("UPDATE file_texts SET text = text || '9' WHERE rowid = (SELECT min(rowid) FROM file_texts)", "text of file"),
    ("UPDATE file_texts SET state = 'eaten' WHERE rowid = (SELECT min(rowid) FROM file_texts)", "text of file"),
    ("UPDATE file_texts SET state = 'scanned' WHERE rowid = (SELECT min(rowid) FROM file_texts)", "text of file"),
    ("DELETE FROM file_texts WHERE rowid = (SELECT min(rowid) FROM file_texts)", "text of file"),
    ("UPDATE letter_files SET seen_at = '2020-01-01 00:00:00.000000' WHERE rowid = (SELECT min(rowid) FROM letter_files)", "files of letter"),
    ("UPDATE letter_files SET gone_crawls = 1 WHERE rowid = (SELECT min(rowid) FROM letter_files)", "files of letter"),
    ("DELETE FROM letter_files WHERE rowid = (SELECT min(rowid) FROM letter_files)", "files of letter"),
    ("UPDATE crawls SET outcome = 'partial' WHERE id = 2", "crawl 2"),
    ("UPDATE crawls SET finished_at = started_at WHERE id = 2", "crawl 2"),
    ("UPDATE crawls SET errors = '[[\"u\", \"r\"]]' WHERE id = 1", "crawl 1"),
    ("UPDATE crawls SET counts = '{' WHERE id = 1", "crawl 1: its counts"),
    ("UPDATE crawls SET started_at = 'noon' WHERE id = 1", "crawl 1: its started_at"),
    ("UPDATE ledger SET facts = CAST(x'7b80' AS TEXT) WHERE seq = 5", "entry 5: its facts"),
    ("UPDATE letters SET title = CAST(x'80' AS TEXT) WHERE id = 2", "letter 2: its title"),
    ("UPDATE versions SET letter = zeroblob(9) WHERE id = 2", "version 2"),
    ("UPDATE letters SET status = 'eaten' WHERE id = 2", "letter 2"),
    ("UPDATE letters SET title = '另一件' WHERE id = 2", "letter 2"),
    ("UPDATE letters SET number = '9999' WHERE id = 2", "letter 2"),
    ("UPDATE letters SET status = 'withdrawn' WHERE id = 2", "letter 2"),
    ("UPDATE letters SET last_seen = '2020-01-01 00:00:00.000000' WHERE id = 2", "letter 2"),
    ("UPDATE letters SET digest = replace(digest, 'a', 'b') WHERE id = 2", "letter 2"),
    ("UPDATE letters SET source = 'another' WHERE id = 2", "letter 2"),
    ("UPDATE letters SET first_seen = '2020-01-01 00:00:00.000000' WHERE id = 2", "letter 2"),
    ("UPDATE letters SET gone_at = '2020-01-01 00:00:00.000000', gone_crawls = 1 WHERE id = 2", "letter 2: its page was not found gone"),
    ("UPDATE letters SET gone_crawls = 1 WHERE id = 2", "letter 2: its page was not found gone"),
    ("UPDATE letters SET listed_on = '2020-01-01' WHERE id = 2", "letter 2"),
    ("UPDATE letters SET address_id = (SELECT max(id) FROM addresses) WHERE id = 2", "letter 2: its address_id"),
    ("UPDATE addresses SET letter_id = (SELECT max(id) FROM letters) WHERE id = 2", "address 2"),
    ("UPDATE addresses SET letter_id = NULL WHERE id = 2", "address 2"),
    ("UPDATE addresses SET source = 'another' WHERE id = 2", "address 2"),
    ("UPDATE alarms SET source = 'another' WHERE id = 1", "alarm 1"),
    ("UPDATE crawls SET mode = 'urls' WHERE id = 1", "crawl 1"),
    ("UPDATE crawls SET directory_at = NULL WHERE id = 1", "crawl 1"),
    ("UPDATE crawls SET listing = (SELECT min(sha256) FROM snapshots) WHERE id = 2", "crawl 2"),
    ("UPDATE addresses SET url = 'http://evil.example/1.html' WHERE id = 2", "address 2"),
    ("UPDATE addresses SET listed_title = '另一件' WHERE id = 2", "address 2"),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "place"), ALTERATIONS)
def test_each_alteration_is_found_and_named(copy: Path, statement: str, place: str) -> None:
    with closing(sqlite3.connect(copy)) as connection:
        touched = connection.execute(statement).rowcount
        connection.commit()
    assert touched == 1
    damages = found(copy)
    assert damages
    assert any(place in damage for damage in damages), damages


@pytest.mark.parametrize("alteration", ["gone_crawls = 3", "gone_at = first_seen"])
def test_a_withdrawn_letter_that_was_missed_less_than_it_says_is_named(
    two_nights: Path, tmp_path: Path, alteration: str
) -> None:
    copy_archive(two_nights / "fuhan.db", tmp_path / "copy.db")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as connection:
        altered = f"UPDATE letters SET {alteration} WHERE status = 'withdrawn' RETURNING id"  # noqa: S608
        ids = connection.execute(altered).fetchall()
        connection.commit()
    assert ids
    named = found(tmp_path / "copy.db")
    for (letter,) in ids:
        assert f"letter {letter}: its page was not found gone when it says, or as often" in named


def test_a_letter_that_is_led_back_to_the_address_it_left_is_named(
    two_nights: Path, tmp_path: Path
) -> None:
    copy_archive(two_nights / "fuhan.db", tmp_path / "copy.db")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as connection:
        moved = connection.execute(
            "UPDATE letters SET address_id = first FROM (SELECT letter_id, min(id) AS first"
            " FROM addresses GROUP BY letter_id) AS of WHERE of.letter_id = letters.id"
            " AND address_id != first RETURNING letters.id"
        ).fetchall()
        connection.commit()
    assert moved
    named = found(tmp_path / "copy.db")
    for (letter,) in moved:
        assert f"letter {letter}: its address_id is not what its versions say" in named


LOST = [
    # what an entry of the ledger names, its sha256 in it, what must be said of it
    ("$.directory", "$.directory", "a directory of "),
    ("$.file", "$.sha256", "the file http://"),
    ("$.snapshot", "$.snapshot.sha256", "the page http://"),
]


@pytest.mark.parametrize(("kind", "digest", "was"), LOST)
def test_whatever_the_ledger_names_must_be_there_however_old(
    copy: Path, kind: str, digest: str, was: str
) -> None:
    with closing(sqlite3.connect(copy)) as connection:
        told = "SELECT facts ->> ? FROM ledger WHERE facts -> ? IS NOT NULL ORDER BY id"
        (sha256,) = connection.execute(told, [digest, kind]).fetchone()
        connection.execute("DELETE FROM evidence WHERE sha256 = ?", [sha256])
        connection.commit()
    assert any(line.startswith(f"evidence {sha256}: it is lost: {was}") for line in found(copy))


def test_a_file_of_which_an_older_state_is_lost_is_named(copy: Path) -> None:
    """Of a file that was served anew, both states are evidence."""
    url = f"sqlite:///{copy}"
    with closing(open_archive(url, create=False)) as archive, archive.writing() as connection:
        old, new = (store_file(connection, FILE, body, None, None) for body in (b"old", b"new"))
        for sha256 in (old, new):
            ledger.append(connection, "demo", FileEntry(FILE, AT, sha256, None))
    assert found(copy) == []
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("DELETE FROM evidence WHERE sha256 = ?", [old])
        connection.commit()
    assert found(copy) == [f"evidence {old}: it is lost: the file {FILE}"]


def test_a_version_whose_file_is_exchanged_for_another_is_named(copy: Path) -> None:
    """The digest of a letter counts what its files say; which bytes say it, the ledger knows."""
    url = f"sqlite:///{copy}"
    with closing(open_archive(url, create=False)) as archive, archive.writing() as connection:
        rows = connection.execute(select(versions.c.id, versions.c.letter)).all()
        letters = load_letters(connection, [row.letter for row in rows])
        row, letter = next(each for each in zip(rows, letters, strict=True) if each[1].attachments)
        version_id, (file,) = row.id, letter.attachments
        other = replace(letter, attachments=(replace(file, digest="0" * 64),))
        assert other.digest() == letter.digest()
        altered = update(versions).where(versions.c.id == version_id)
        connection.execute(altered.values(letter=pack(other)))
    told = f"version {version_id}: its file {file.name} holds other bytes than it says"
    assert told in found(copy)


def test_sources_that_share_a_file_saw_it_one_after_the_other(copy: Path) -> None:
    url = f"sqlite:///{copy}"
    with closing(open_archive(url, create=False)) as archive, archive.writing() as connection:
        for source, body in (("one", b"old"), ("two", b"old"), ("one", b"new")):
            sha256 = store_file(connection, FILE, body, None, None)
            ledger.append(connection, source, FileEntry(FILE, AT, sha256, None))
    assert found(copy) == []


def test_a_damage_is_one_line_whatever_stands_in_it() -> None:
    assert (
        str(Damage("file http://a/\nb", "it was\r\n altered"))
        == "file http://a/ b: it was altered"
    )


def test_a_byte_of_the_file_itself_is_found(copy: Path) -> None:
    """Flip bytes all over the file, one at a time: what carries meaning is found."""
    with closing(sqlite3.connect(copy)) as connection:
        packed = connection.execute(
            "SELECT packed FROM evidence ORDER BY length(packed) DESC"
        ).fetchone()[0]
    content = copy.read_bytes()
    for piece in (packed[:40], packed[200:240]):
        at = content.find(piece)
        assert at > 0
        copy.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        assert any("evidence" in damage or "database" in damage for damage in found(copy))


def _by_sqlite(code: int) -> sqlite3.Error:
    error = sqlite3.OperationalError()
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("error", "passes"),
    [
        pytest.param(_by_sqlite(sqlite3.SQLITE_BUSY), True, id="a file that is locked"),
        pytest.param(_by_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT), True, id="locked in another way"),
        pytest.param(_by_sqlite(sqlite3.SQLITE_ERROR), False, id="a table that is lost"),
        pytest.param(_by_sqlite(sqlite3.SQLITE_CORRUPT), False, id="a file that is damaged"),
        pytest.param(sqlite3.OperationalError(), False, id="a text that is no UTF-8"),
        pytest.param(psycopg.OperationalError(), True, id="a server that does not answer"),
        pytest.param(psycopg.errors.QueryCanceled(), True, id="a statement's time is over"),
        pytest.param(psycopg.errors.AdminShutdown(), True, id="a server that ends"),
        pytest.param(psycopg.errors.InsufficientPrivilege(), True, id="no right"),
        pytest.param(psycopg.errors.UndefinedTable(), False, id="a table lost on a server"),
        pytest.param(psycopg.errors.DataCorrupted(), False, id="a damaged block of a server"),
    ],
)
def test_what_can_not_be_read_just_now_is_no_damage(error: Exception, *, passes: bool) -> None:
    assert may_pass(DatabaseError(None, None, error)) is passes


END_SESSIONS = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :of")


def test_a_server_that_goes_amid_an_audit_is_no_damage(postgres: str) -> None:
    with new_database(postgres) as url, closing(open_archive(url, create=True)) as archive:

        def cut(check: str) -> None:
            if check == "ledger":
                with admin(postgres).connect() as connection:
                    connection.execute(END_SESSIONS, {"of": archive.url.database})

        with pytest.raises(OperationalError):
            verify(archive, lambda *_: None, cut)
        assert verify(archive, lambda *_: None).damages == []

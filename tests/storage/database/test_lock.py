"""A source is crawled once at a time, in either database; who lost its lock writes no more."""

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy.exc import SQLAlchemyError

from storage.database.archive import Archive, open_archive
from storage.database.lock import SourceBusyError, crawl_lock, is_crawled
from storage.database.process_lock import ALERTS, ProcessLock
from storage.database.session_lock import LockLostError
from storage.facts import ledger
from storage.facts.entries import UnknownEntry
from tests.postgres_server import sessions_ending_late

PATIENCE = 120  # seconds until a process has done what it does at once, on a busy machine
HOLD = """
import sys, time
from storage.database.archive import open_archive
from storage.database.lock import crawl_lock
with crawl_lock(open_archive(sys.argv[1], create=True), "s"):
    print("held", flush=True)
    time.sleep(600)
"""


def test_a_second_crawl_of_a_source_refuses_until_the_first_is_dead(
    archive: Archive, url: str
) -> None:
    first = subprocess.Popen(
        [sys.executable, "-P", "-c", HOLD, url], stdout=subprocess.PIPE, text=True
    )
    assert first.stdout
    assert first.stdout.readline() == "held\n"
    with pytest.raises(SourceBusyError, match="s: ") as error, crawl_lock(archive, "s"):
        pass
    assert f"process {first.pid}" in str(error.value)
    assert is_crawled(archive, "s")
    with crawl_lock(archive, "other"):
        assert is_crawled(archive, "other")
    assert not is_crawled(archive, "other")
    assert not is_crawled(archive, "third")
    os.kill(first.pid, signal.SIGKILL)
    first.communicate()
    wait_until_free(archive)
    for _ in range(2):
        with crawl_lock(archive, "s"):
            pass


def wait_until_free(archive: Archive) -> None:
    """Wait until the lock is free whose holder has gone: a server may be busy, and notice late."""
    until = time.monotonic() + PATIENCE
    while is_crawled(archive, "s"):
        assert time.monotonic() < until, "the lock is still held"
        time.sleep(0.02)


def test_one_sources_lock_does_not_keep_another_source_from_being_crawled(
    archive: Archive,
) -> None:
    # "plumless" and "buckeroo" have one CRC-32.
    with crawl_lock(archive, "plumless"), crawl_lock(archive, "buckeroo"):
        assert is_crawled(archive, "plumless")
        assert is_crawled(archive, "buckeroo")


def test_what_is_written_under_the_lock_is_seen_by_all(archive: Archive) -> None:
    with crawl_lock(archive, "s") as locked:
        with locked.writing() as connection:
            ledger.append(connection, "s", UnknownEntry({"n": 1}))
        for each in (archive, locked):
            with each.reading() as connection:
                assert len(list(ledger.entries(connection, "s"))) == 1


def test_who_lost_the_lock_is_told_at_once_and_writes_no_more(on_postgres: Archive) -> None:
    told = Event()
    with crawl_lock(on_postgres, "s", told.set) as locked:
        assert not told.is_set()
        end_sessions_that_lock(on_postgres)
        assert told.wait(PATIENCE)
        wait_until_free(on_postgres)
        for error in (SQLAlchemyError, LockLostError, LockLostError):  # the server's word first
            with pytest.raises(error), locked.writing() as connection:
                ledger.append(connection, "s", UnknownEntry({"n": 1}))
        with crawl_lock(on_postgres, "s") as other, other.writing() as connection:
            ledger.append(connection, "s", UnknownEntry({"n": 2}))
        with pytest.raises(LockLostError, match="s: "), locked.writing():
            pass
    with on_postgres.reading() as connection:
        assert [facts for _, facts, _ in ledger.entries(connection, "s")] == ['{"n":2}']


def test_who_gives_the_lock_back_is_not_told_that_it_is_lost(on_postgres: Archive) -> None:
    told = Event()
    with crawl_lock(on_postgres, "s", told.set):
        pass
    end_sessions_that_lock(on_postgres)
    assert not told.is_set()


def test_the_right_to_send_alerts_is_free_before_the_session_that_had_it_has_ended(
    on_postgres: Archive,
) -> None:
    first, second = ProcessLock(on_postgres.url, ALERTS), ProcessLock(on_postgres.url, ALERTS)
    with sessions_ending_late():
        assert first.take()
        first.release()
        assert second.take()
        second.release()


def test_who_is_refused_learns_where_the_source_is_crawled(on_postgres: Archive) -> None:
    here = os.uname().nodename
    with (
        crawl_lock(on_postgres, "s"),
        pytest.raises(SourceBusyError, match=f"^s: process {os.getpid()} on {here} is crawling"),
        crawl_lock(on_postgres, "s"),
    ):
        pass


def end_sessions_that_lock(archive: Archive) -> None:
    with archive.reading() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_stat_activity USING (pid)"
            " WHERE locktype = 'advisory' AND datname = current_database()"
        )


def test_a_lock_that_may_not_be_asked_for_may_be_held(tmp_path: Path) -> None:
    with closing(open_archive(f"sqlite:///{tmp_path}/fuhan.db", create=True)) as archive:
        (tmp_path / "fuhan.db.s.lock").mkdir()  # what even root can't open as a file
        assert is_crawled(archive, "s")
        assert not is_crawled(archive, "other")

"""Two sources whose letters have the same files: nobody undoes or awaits for ever what the other writes."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from sqlalchemy import Connection

from crawler.job import CrawlJob, Source
from crawler.reprocess.reread_files import keep_texts
from letters.file_text import FilePage, FileText, TextState
from letters.letter import Attachment, Kind, Letter
from letters.urls import url_key
from storage.audit.search import check_search
from storage.database.archive import Archive, open_archive
from storage.derived.addresses import add_address, known_addresses
from storage.derived.newest import newest_version
from storage.facts.evidence import store_evidence
from storage.facts.visits import Reading, add_letter, add_version
from tests.crawler.record.source import LISTING, ComposedSource, page_of, url_of
from tests.postgres_server import new_database

PATIENCE = 120  # seconds until a process has done what it does at once, on a busy machine
NOW = datetime(2026, 12, 1, tzinfo=UTC)
FILES = (b"one", b"two")
ONE, TWO = (sha256(each).hexdigest() for each in FILES)
NEW = url_of("0003")
Write = Callable[[Connection], None]


@pytest.fixture
def archive(postgres: str) -> Iterator[Archive]:
    """Return an archive with more than one writer at a time: two letters, each with both files."""
    with new_database(postgres) as url, closing(open_archive(url, create=True)) as opened:
        for number, name in (("0001", "one"), ("0002", "two")):
            job = CrawlJob("", Source(name, "某市", Kind.PROPOSAL, LISTING))
            ComposedSource(opened, job=job).crawl({url_of(number): page_of(number)})
        with opened.writing() as connection:
            for each in FILES:
                store_evidence(connection, each)
            for letter_id in (1, 2):
                edit(letter_id)(connection)
        yield opened


def edit(letter_id: int) -> Write:
    """Return what records that a letter was edited, and has both files."""

    def write(connection: Connection) -> None:
        newest = newest_version(connection, letter_id)
        letter = with_files(newest.letter, f"，第{newest.number + 1}版")
        reading = Reading(letter, newest.snapshot_id, NOW, NOW, "6")
        add_version(connection, letter_id, newest.number + 1, reading)

    return write


def begin(connection: Connection) -> None:
    """Record a new letter of the second source, with both files."""
    add_address(connection, "two", url_key(NEW), NEW)
    (address,) = known_addresses(connection, "two", keys=[url_key(NEW)])
    newest = newest_version(connection, 2)
    letter = with_files(replace(newest.letter, url=NEW), "，新")
    add_letter(connection, "two", address, Reading(letter, newest.snapshot_id, NOW, NOW, "6"), NOW)


def with_files(letter: Letter, words: str) -> Letter:
    files = (Attachment(f"{each}.pdf", f"{LISTING}{each}.pdf", each) for each in (ONE, TWO))
    return replace(letter, title=letter.title + words, attachments=tuple(files))


def reread(source: str, digest: str) -> Write:
    """Return what keeps the text of a file that a source's letter has."""
    text = FileText(TextState.READ, "3", (FilePage((f"{source}读到的文字",), "1"),))
    return lambda connection: keep_texts(connection, source, {digest: text})


@pytest.mark.parametrize(
    ("first", "second", "then"),
    [
        pytest.param(reread("one", ONE), edit(2), None, id="a letter is edited after a file"),
        pytest.param(edit(2), reread("one", ONE), None, id="a file is read after an edit"),
        pytest.param(begin, reread("one", ONE), None, id="a file is read after a new letter"),
        pytest.param(reread("one", ONE), begin, None, id="a letter is new after a file"),
        pytest.param(
            reread("one", ONE), reread("two", TWO), reread("one", TWO), id="two files, crosswise"
        ),
    ],
)
def test_what_two_sources_write_of_the_same_files_is_all_there(
    archive: Archive, first: Write, second: Write, then: Write | None
) -> None:
    with ThreadPoolExecutor(1) as pool:
        with archive.writing() as connection:
            first(connection)
            other = pool.submit(write, archive, second)
            wait_until_done_or_waiting(other, archive)
            if then is not None:
                then(connection)
        other.result(PATIENCE)
    with archive.reading() as connection:
        assert list(check_search(connection)) == []


def write(archive: Archive, call: Write) -> None:
    with archive.writing() as connection:
        call(connection)


def wait_until_done_or_waiting(other: "Future[None]", archive: Archive) -> None:
    """Wait until somebody else has written, or waits for what we have locked."""
    waiting = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    until = time.monotonic() + PATIENCE
    while not other.done():
        with archive.reading() as connection:
            if connection.exec_driver_sql(waiting).scalar():
                return
        assert time.monotonic() < until, "nobody waits, and nobody is done"
        time.sleep(0.02)

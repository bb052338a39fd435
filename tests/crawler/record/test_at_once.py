"""Crawls of two sources that store the same bytes at once, in opposite order: none gives up."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler.directory.walk_result import AskedPage
from crawler.http.snapshot import Snapshot
from crawler.interfaces.interface import InterfaceRequest
from crawler.job import CrawlJob, Source
from crawler.record.recorder import Recorder
from crawler.reprocess.import_captures import CaptureFile, import_captures
from crawler.visit import Visit
from letters.addresses import DirectoryRow
from letters.letter import Kind
from letters.urls import url_key
from letters.visit_span import VisitOutcome
from storage.database.archive import Archive, open_archive
from storage.database.lock import crawl_lock
from storage.facts.imports import ImportedFile
from tests.at_once import at_once
from tests.crawler.record.source import page_of, url_of
from tests.postgres_server import new_database

NOW = datetime(2026, 11, 24, tzinfo=UTC)
PIECES = [f"{number:04}" for number in range(120)]


@pytest.fixture
def archive(postgres: str) -> Iterator[Archive]:
    """Return an archive with more than one writer at a time."""
    with new_database(postgres) as url, closing(open_archive(url, create=True)) as opened:
        yield opened


def served(number: str, at: datetime = NOW) -> Snapshot:
    return Snapshot(url_of(number), url_of(number), 200, {}, page_of(number).encode(), at)


def of(source: str) -> CrawlJob:
    return CrawlJob("", Source(source, "某市", Kind.PROPOSAL, url_of("0000")))


def store_answers(recorder: Recorder, numbers: Sequence[str]) -> None:
    """Record a directory whose interface was asked for a page a piece."""
    asked = [AskedPage(InterfaceRequest("GET", url_of(each)), served(each)) for each in numbers]
    row = DirectoryRow(url_key(url_of("0000")), url_of("0000"), recorder.crawl.source, None)
    recorder.record_directory([row], NOW, whole=True, asked=asked)


def store_pages(recorder: Recorder, numbers: Sequence[str]) -> None:
    """Record a visit to a letter of many pages, each a piece."""
    recorder.record_addresses([(url_key(url_of("0000")), url_of("0000"))])
    (address,) = recorder.known_addresses()
    first, *further = map(served, numbers)
    shown = replace(first, further=tuple(further))
    recorder.record(Visit(address, NOW, VisitOutcome.BROKEN, "no letter", shown))


def store_captures(recorder: Recorder, numbers: Sequence[str]) -> None:
    """Import captures, each a piece."""
    source = recorder.crawl.source
    file = CaptureFile(ImportedFile(f"{source}.warc", source), map(served, numbers))
    import_captures(recorder.files.archive, recorder.job, [file], NOW)


Store = Callable[[Recorder, Sequence[str]], None]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(store_answers, store_answers, id="directories of an interface"),
        pytest.param(store_pages, store_pages, id="letters of several pages"),
        pytest.param(store_captures, store_pages, id="an import and a letter"),
    ],
)
def test_bytes_that_two_sources_store_in_opposite_order_are_stored_by_both(
    archive: Archive, first: Store, second: Store
) -> None:
    with crawl_lock(archive, "one") as one, crawl_lock(archive, "two") as two:
        recorders = [Recorder(one, of("one"), lambda: NOW), Recorder(two, of("two"), lambda: NOW)]
        at_once(
            lambda: first(recorders[0], PIECES),
            lambda: second(recorders[1], PIECES[::-1]),
        )

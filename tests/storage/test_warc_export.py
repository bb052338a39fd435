"""What is exported as WARC is what was served: letters' pages, and what listed directories."""

import hashlib
import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.directory.walk_result import AskedPage
from crawler.http.snapshot import Snapshot
from crawler.interfaces.interface import InterfaceRequest
from crawler.job import CrawlJob
from crawler.record.recorder import Recorder
from fuhan.archive_audit import audit
from storage.database.archive import Archive
from storage.export.proof import ledger_rows
from storage.export.warc import write_warc
from tests.crawler.record.source import LISTING, ComposedSource, page_of, url_of
from tests.storage.ledger_story import tell_of_an_interface_that_fails


@pytest.fixture
def crawled(archive: Archive) -> Archive:
    source = ComposedSource(archive)
    source.crawl({url_of("0001"): page_of("0001")})
    tell_of_an_interface_that_fails(archive, source.clock)
    return archive


def records(archive: Archive, file: Path, source: str | None = None) -> list[tuple[str, ...]]:
    """Return kind, URL and content of each record of an export."""
    with archive.reading() as connection:
        write_warc(connection, file, source)
    with file.open("rb") as stream:
        return [
            (
                record.rec_type,
                record.rec_headers.get_header("WARC-Target-URI"),
                record.content_stream().read().decode(),
            )
            for record in ArchiveIterator(stream)
        ]


# warcio leaves its temporary files to the garbage collector
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_answers_that_listed_no_directory_are_exported_with_their_requests(
    crawled: Archive, tmp_path: Path
) -> None:
    assert records(crawled, tmp_path / "a.warc.gz") == [
        ("response", url_of("0001"), page_of("0001")),
        ("response", f"{LISTING}search", "系统维护"),
        ("request", f"{LISTING}search", "page=1"),
    ]
    assert len(records(crawled, tmp_path / "b.warc.gz", "proposals")) == 1


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_posted_request_is_written_as_it_was_sent(crawled: Archive, tmp_path: Path) -> None:
    file = tmp_path / "a.warc.gz"
    with crawled.reading() as connection:
        write_warc(connection, file)
    with file.open("rb") as stream:
        *_, answer, request = (
            (record.rec_headers, record.http_headers) for record in ArchiveIterator(stream)
        )
    parts = urlsplit(f"{LISTING}search")
    line, headers = request[1].statusline, dict(request[1].headers)
    assert (request[1].protocol, line) == ("POST", f"{parts.path} HTTP/1.1")
    assert headers == {"Host": parts.netloc, "Referer": LISTING, "Content-Length": "6"}
    about = request[0].get_header("WARC-Concurrent-To")
    assert about == answer[0].get_header("WARC-Record-ID")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_answer_after_a_redirect_is_that_of_the_address_it_led_to(
    archive: Archive, tmp_path: Path
) -> None:
    source = ComposedSource(archive)
    source.crawl({url_of("0001"): page_of("0001")})
    request = InterfaceRequest("POST", f"{LISTING}list.do", "page=2")
    answer = Snapshot(
        request.url, f"{LISTING}?page=2", 200, {}, b"<ul></ul>", source.clock(), source.clock()
    )
    recorder = Recorder(archive, CrawlJob("", source.job.source), source.clock)
    recorder.record_unread_directory(source.clock(), [AskedPage(request, answer)])
    recorder.close(failed=True)
    assert [each[:2] for each in records(archive, tmp_path / "a.warc.gz")][1:] == [
        ("response", answer.final_url),
        ("request", request.url),
    ]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_each_answer_that_the_ledger_names_is_in_the_export(
    crawled: Archive, tmp_path: Path
) -> None:
    bodies = [
        body for kind, _, body in records(crawled, tmp_path / "a.warc.gz") if kind != "request"
    ]
    kept = {hashlib.sha256(body.encode()).hexdigest() for body in bodies}
    with crawled.reading() as connection:
        entries = [json.loads(row["facts"]) for row in ledger_rows(connection)]
    named = {sha256 for each in entries if "asked" in each for sha256 in each["asked"]["answers"]}
    assert named
    assert named <= kept


def test_an_archive_with_a_directory_that_was_not_read_is_sound(crawled: Archive) -> None:
    assert audit(crawled).damages == []

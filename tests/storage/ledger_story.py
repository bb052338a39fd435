"""A story that makes entries of every kind in the ledgers of one archive.

`python -m tests.storage.ledger_story > tests/storage/ledger.jsonl` records it. What is recorded was
written by the fuhan of its day and stands for archives of then: it is not made again.
"""

import hashlib
import json
import sys
import tempfile
from contextlib import closing
from dataclasses import replace
from unittest.mock import patch

from sqlalchemy import select

from crawler.attachment.classify_file import FileOutcome, FileVerdict
from crawler.attachment.file_visit import FileVisit
from crawler.directory.walk_result import AskedPage
from crawler.http.snapshot import Snapshot
from crawler.interfaces.interface import InterfaceRequest
from crawler.job import AUTO, CrawlJob, Source
from crawler.page.reader import PageReader
from crawler.record.file_states import FileStore
from crawler.record.recorder import Recorder
from crawler.reprocess import reparse
from crawler.reprocess.backlog import BacklogJob, read_backlog
from crawler.reprocess.import_captures import CaptureFile, import_captures
from crawler.visit import Visit, read_answer
from differ.compare import compare as compare_letters
from letters.addresses import DirectoryRow
from letters.change import Edit
from letters.file_text import FileText, TextState
from letters.letter import Kind, Letter
from letters.review import Decision, ReviewState
from letters.urls import url_key
from storage.database.archive import Archive, open_archive
from storage.export.proof import ledger_rows
from storage.facts import ledger
from storage.facts.entries import UnknownEntry
from storage.facts.imports import ImportedFile
from storage.facts.reviews import add_review
from storage.facts.watch_decisions import add_source, pause_source
from storage.schema.tables import evidence
from tests.crawler.record.source import (
    EMPTY,
    GONE,
    LISTING,
    LONG,
    UNMODIFIED,
    UNREACHED,
    Clock,
    ComposedSource,
    page_of,
    url_of,
)

NUMBERS = [f"{number:04}" for number in range(1, 7)]
PAGES = {url_of(number): page_of(number) for number in NUMBERS}
ONE, TWO, THREE, FOUR, *_ = PAGES
MOVED = url_of(NUMBERS[0], "202301")
FILE, OTHER_FILE = f"{ONE[:-5]}.pdf", f"{ONE[:-5]}.doc"


def tell(archive: Archive) -> list[dict[str, object]]:
    """Live through the story and return the entries of its ledgers as they are exported."""
    source = ComposedSource(archive)
    tell_of_letters(source)
    tell_of_held_changes(source)
    tell_of_an_alarm(source)
    tell_of_files_and_further_pages(archive, source.clock)
    tell_of_a_better_parser(source)
    tell_of_captures(archive, source.clock)
    tell_of_the_text_of_a_file(source)
    tell_of_an_interface_that_fails(archive, source.clock)
    tell_of_a_source_added_and_paused(archive, source.clock)
    with archive.reading() as connection:
        return list(ledger_rows(connection))


def tell_of_letters(source: ComposedSource) -> None:
    source.crawl(PAGES)
    edited = PAGES | {ONE: page_of("0001", LONG.format(900))}
    source.crawl(edited)
    source.crawl(dict.fromkeys(PAGES, UNMODIFIED) | {TWO: EMPTY, THREE: UNREACHED, FOUR: GONE})
    without = [url for url in PAGES if url not in {ONE, FOUR}]  # three is served, four is not
    for _ in range(2):
        source.crawl(PAGES | {ONE: GONE, FOUR: GONE}, without)
    source.crawl({url: PAGES[url] for url in without} | {MOVED: edited[ONE]})
    others = [MOVED, *(url for url in without if url != TWO)]
    for _ in range(2):
        source.crawl(PAGES | {ONE: GONE, FOUR: GONE, MOVED: edited[ONE]}, others)
    listed = [MOVED, *(url for url in PAGES if url != ONE)]
    source.crawl({url: PAGES[url] for url in listed if url != MOVED} | {MOVED: UNMODIFIED}, listed)
    source.crawl({ONE: GONE}, urls=(ONE,))


def tell_of_held_changes(source: ComposedSource) -> None:
    listed = [MOVED, *(url for url in PAGES if url != ONE)]
    edited = {url: page_of(url[-9:-5], LONG.format(1000)) for url in listed}
    source.crawl(edited, full=True)
    with source.archive.writing() as connection:
        (held, *_) = [each for each in source.changes() if each.held]
        for decision in (
            Decision(ReviewState.ACCEPTED, "it is so"),
            Decision(ReviewState.FLAGGED, ""),
        ):
            add_review(connection, held.id, decision, "reader", source.clock())
    source.crawl(edited)


def tell_of_an_alarm(source: ComposedSource) -> None:
    listed = [MOVED, *(url for url in PAGES if url != ONE)]
    undated = {url: page_of(url[-9:-5], LONG.format(1100), day="") for url in listed}
    source.crawl(undated)
    job = BacklogJob(source.job, source.clock(), accepts=True, note="a redesign")
    read_backlog(source.archive, job)


def tell_of_a_better_parser(source: ComposedSource) -> None:
    with source.archive.writing() as connection:  # as migration 0004 does
        first = next(each.id for each in source.changes() if each.baseline)
        ledger.append(connection, "proposals", UnknownEntry({"baseline": [first]}))
    for compare in (_compare_otherwise, lambda *_: ()):
        with patch.object(reparse, "compare", compare):
            reparse.reparse(source.archive, "proposals", AUTO, dry_run=False)
    with patch("crawler.page.reader.PARSER", "better"):
        reparse.reparse(source.archive, "proposals", AUTO, dry_run=False)
    listed = [MOVED, *(url for url in PAGES if url != ONE)]
    newer = patch("crawler.page.reader.PARSER", "newer")
    with newer, patch("crawler.record.parser_upgrade.read_again", _read_better):
        source.crawl({MOVED: page_of("0001", LONG.format(1100), day="")}, listed)


def _compare_otherwise(old: Letter, new: Letter) -> tuple[Edit, ...]:
    return tuple(replace(edit, context="") for edit in compare_letters(old, new))


def _read_better(_pages: object, old: Letter, _reader: PageReader) -> Letter:
    return replace(old, contact="易盟茁")


def tell_of_files_and_further_pages(archive: Archive, clock: Clock) -> None:
    for further, files in ((False, True), (True, False), (True, True)):
        _visit_paged(archive, clock, further=further, files=files)


def tell_of_captures(archive: Archive, clock: Clock) -> None:
    job = CrawlJob("", Source("web-archive", "某市", Kind.PROPOSAL, LISTING))
    pages = [page_of("0001", LONG.format(places)) for places in (500, 500, 600)]
    captured = [
        Snapshot(ONE, ONE, 200, {"content-type": "text/html; charset=utf-8"}, page.encode(), at)
        for page, at in zip(pages, (clock(), clock(), clock()), strict=True)
    ]
    file = ImportedFile("captures.warc.gz", "0" * 64)
    import_captures(archive, job, [CaptureFile(file, captured)], clock())


def tell_of_the_text_of_a_file(source: ComposedSource) -> None:
    with source.archive.reading() as connection:
        sha256 = connection.execute(select(evidence.c.sha256).order_by(evidence.c.size)).scalar()
    assert sha256
    text = FileText(TextState.SCANNED, reader="1")
    FileStore(source.archive, "proposals").keep_text(sha256, text)


def tell_of_an_interface_that_fails(archive: Archive, clock: Clock) -> None:
    job = CrawlJob("", Source("scripted", "某市", Kind.PROPOSAL, LISTING))
    recorder = Recorder(archive, job, clock)
    request = InterfaceRequest("POST", f"{LISTING}search", "page=1", (("Referer", LISTING),))
    headers = {"content-type": "text/html"}
    answer = Snapshot(
        request.url, request.url, 200, headers, "系统维护".encode(), clock(), clock()
    )
    recorder.record_unread_directory(clock(), [AskedPage(request, answer)])
    recorder.close(failed=True)


def tell_of_a_source_added_and_paused(archive: Archive, clock: Clock) -> None:
    entry = {"name": "added", "agency": "某镇", "kind": "proposal", "listing": LISTING}
    with archive.writing() as connection:
        add_source(connection, entry, "lin", clock())
        pause_source(connection, "added", "lin", clock())


def _visit_paged(archive: Archive, clock: Clock, *, further: bool, files: bool) -> None:
    """Visit a letter of two pages and two files, or as much of it as is asked for."""
    job = ComposedSource(archive).job
    job = replace(job, source=replace(job.source, name="paged"))
    recorder = Recorder(archive, job, clock)
    row = DirectoryRow(url_key(ONE), ONE, "复函", None)
    recorder.record_directory([row], clock(), whole=True)
    (known,) = recorder.known_addresses()
    more = (_page(ONE.replace(".html", "_1.html"), "<p>感谢您的支持！</p>", clock),)
    seen = replace(_page(ONE, LONG.format(800), clock), further=more if further else ())
    newest = recorder.newest(known)
    visit = read_answer(known, seen, PageReader(Kind.PROPOSAL), is_listed=True, newest=newest)
    recorder.record(_with_files(recorder, visit, clock) if files else visit)
    recorder.close(failed=False)


def _page(url: str, text: str, clock: Clock) -> Snapshot:
    script = '<script>createPageHTML(2, 0, "t20220617_10001", "html")</script>'
    links = f'<p>附件：<a href="{FILE}">一览表.pdf</a><a href="{OTHER_FILE}">说明.doc</a></p>'
    html = page_of("0001", text).replace("</body>", f"{script}</body>")
    html = html.replace("</div>", f"{links}</div>")
    headers = {"content-type": "text/html; charset=utf-8", "etag": '"1"'}
    asked_at = clock()
    return Snapshot(url, url, 200, headers, html.encode(), clock(), asked_at)


def _with_files(recorder: Recorder, visit: Visit, clock: Clock) -> Visit:
    assert visit.letter
    one, other = visit.letter.attachments
    body = f"%PDF-1.4 {clock().isoformat()}".encode()
    served = Snapshot(one.url, one.url, 200, {"etag": '"2"'}, body, clock())
    one = replace(one, digest=hashlib.sha256(body).hexdigest(), content="0" * 64)
    recorder.files.keep(one, served)
    recorder.files.keep(replace(other, url=OTHER_FILE), replace(served, url=OTHER_FILE))
    letter = replace(visit.letter, attachments=(one, other))
    read = FileVisit(one, FileVerdict(FileOutcome.READ), clock(), clock())
    gone = FileVisit(other, FileVerdict(FileOutcome.GONE, "HTTP 404"), clock())
    return replace(visit, letter=letter, files=(read, gone))


if __name__ == "__main__":
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(open_archive(f"sqlite:///{folder}/fuhan.db", create=True)) as archive,
    ):
        for row in tell(archive):
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")

"""Which links were a directory's rows is kept with each crawl that read it to its end."""

from crawler.record.recorder import Recorder
from fuhan.archive_audit import audit
from letters.addresses import DirectoryRow, RowSelection
from letters.urls import url_key
from tests.crawler.record.source import ComposedSource, url_of

URL = url_of("0001")
ROWS = [DirectoryRow(url_key(URL), URL, "第0001号提案的复函", None)]
LIST = RowSelection("ul.list li>a", "1 rows like ul.list li>a, titles such as 第0001号提案的复函")


def recorder_of(source: ComposedSource) -> Recorder:
    return Recorder(source.archive, source.job, source.clock)


def crawl(source: ComposedSource, selection: RowSelection | None, *, whole: bool) -> None:
    recorder = recorder_of(source)
    recorder.record_directory(ROWS, source.clock(), whole=whole, selection=selection)
    recorder.close(failed=False)


def test_the_rows_of_the_last_directory_that_was_read_to_its_end_are_known(
    source: ComposedSource,
) -> None:
    assert recorder_of(source).last_selection() is None
    crawl(source, LIST, whole=True)
    crawl(source, RowSelection("div li>a", "of a page in its place"), whole=False)
    assert recorder_of(source).last_selection() == LIST


def test_a_directory_kept_without_its_selection_stays_readable(source: ComposedSource) -> None:
    crawl(source, None, whole=True)
    assert recorder_of(source).last_selection() is None
    assert audit(source.archive).damages == []
    crawl(source, LIST, whole=True)
    assert audit(source.archive).damages == []

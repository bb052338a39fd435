"""An archive that knew the first page of a letter alone reads the others without telling an edit."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.http.snapshot import Snapshot
from crawler.job import CrawlJob, Source
from crawler.page.reader import PageReader
from crawler.record.recorder import Recorder
from crawler.visit import read_answer
from fuhan.archive_audit import audit
from letters.addresses import DirectoryRow
from letters.letter import Kind
from storage import queries
from storage.database.archive import Archive
from tests.archive_copy import new_archive

URL = "http://gov.example/zwgk/tagk/202206/t20220617_1074.html"
NEXT = URL.replace(".html", "_1.html")
PAGE = """<html><head><meta name="ArticleTitle" content="关于市政协五届五次会议第0501号提案的复函"></head>
<body><div class="TRS_Editor">{}</div><a href="./t20220617_1074_1.html">下一页</a></body></html>"""
FIRST = "<p>赵小华委员：</p><p>您提出的《关于建设停车场的建议》（第0501号）收悉，2022年新增停车位{}个。</p>"
SECOND = "<p>感谢您的关心和支持！</p><p>重庆市发展和改革委员会</p><p>2022年6月7日</p>"


class Clock:
    """A clock that goes on by a minute whenever it is looked at."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 24, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with closing(new_archive(tmp_path / "fuhan.db")) as opened:
        yield opened


def visit(
    archive: Archive, clock: Clock, spaces: int, *, whole: bool, second: Snapshot | None = None
) -> list[str]:
    """Crawl one letter, as it would be read with or without its second page; return the errors."""
    source = Source("proposals", "发展改革委", Kind.PROPOSAL, "http://gov.example/zwgk/tagk/")
    recorder = Recorder(archive, CrawlJob(str(archive.url), source), clock)
    key = "gov.example/zwgk/tagk/202206/t20220617_1074.html"
    recorder.record_directory([DirectoryRow(key, URL, "复函", None)], clock(), whole=True)
    (known,) = recorder.known_addresses()
    further = (second or served(NEXT, SECOND, clock()),) if whole else ()
    seen = served(URL, FIRST.format(spaces), clock(), further)
    recorder.record(
        read_answer(
            known, seen, PageReader(Kind.PROPOSAL), is_listed=True, newest=recorder.newest(known)
        )
    )
    return [error.reason for error in recorder.close(failed=False).errors]


def served(url: str, text: str, at: datetime, further: tuple[Snapshot, ...] = ()) -> Snapshot:
    headers = {"content-type": "text/html; charset=utf-8"}
    return Snapshot(url, url, 200, headers, PAGE.format(text).encode(), at, at, further=further)


def told(archive: Archive) -> list[tuple[str, list[tuple[str | None, str | None]]]]:
    with archive.reading() as connection:
        changes = [*queries.changes(connection, queries.ChangeFilter())][::-1]
    return [(each.kind.value, [(edit.old, edit.new) for edit in each.edits]) for each in changes]


@pytest.mark.parametrize(
    ("spaces", "edits"),
    [
        pytest.param(718, [], id="nothing else changed"),
        pytest.param(918, [("edited", [("718", "918")])], id="its first page was edited"),
    ],
)
def test_pages_that_were_not_read_before_are_no_edit(
    archive: Archive, spaces: int, edits: list[object]
) -> None:
    clock = Clock()
    assert visit(archive, clock, 718, whole=False) == []
    assert visit(archive, clock, spaces, whole=True) == []
    assert visit(archive, clock, spaces, whole=True) == []
    assert told(archive) == [("published", []), *edits]
    with archive.reading() as connection:
        (letter,) = queries.plain_letters(connection, queries.LetterFilter())
        versions = queries.versions(connection, letter.id)
    assert versions[-1].letter.wording().endswith("2022年6月7日")
    assert versions[-1].cause.value == "reparse"
    assert audit(archive).damages == []


MOVED = "<h1>关于市政协五届五次会议第0501号提案的复函</h1><div class='content-body'>{}</div>"
LONGER = SECOND.replace("支持！", "支持，上述事项均已逐项办理，并向社会公开，请您继续监督！" * 3)


@pytest.mark.parametrize(
    ("body", "reasons", "kinds"),
    [
        pytest.param(
            '<div class="TRS_Editor">{}</div>', [], ["published", "edited"], id="where it was"
        ),
        pytest.param(
            MOVED,
            ["body container missing: it was in .TRS_Editor, other words are in div.content-body"],
            ["published"],
            id="in another element",
        ),
    ],
)
def test_other_words_of_a_further_page_are_an_edit_only_where_its_body_was(
    archive: Archive, body: str, reasons: list[str], kinds: list[str]
) -> None:
    clock = Clock()
    assert visit(archive, clock, 718, whole=True) == []
    moved = served(NEXT, LONGER, clock())
    page = moved.body.decode().replace(
        f'<div class="TRS_Editor">{LONGER}</div>', body.format(LONGER)
    )
    again = replace(moved, body=page.encode())
    assert visit(archive, clock, 718, whole=True, second=again) == reasons
    assert [kind for kind, _ in told(archive)] == kinds

"""One letter that is looked at once a day, in this process, and the pages that it is served as."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from crawler.http.snapshot import Snapshot
from crawler.job import CrawlJob, Source
from crawler.page.reader import PageReader
from crawler.record.recorder import Recorder
from crawler.visit import read_answer
from letters.addresses import DirectoryRow
from letters.change import Change, ChangeKind
from letters.crawl_record import CrawlOutcome
from letters.letter import Kind
from letters.letter_record import Status
from letters.urls import url_key
from letters.visit_span import VisitOutcome
from storage import queries
from storage.database.archive import Archive

URL = "http://gov.example/zwgk/tagk/202206/t20220617_1074.html"
SOURCE = Source("proposals", "发展改革委", Kind.PROPOSAL, "http://gov.example/zwgk/tagk/")
TITLE = "重庆市发展和改革委员会关于市政协五届五次会议第0501号提案的复函"
WORDS = (
    "赵小华委员：",
    "您提出的《关于建设停车场的建议》（第0501号）收悉。经研究，现答复如下：",
    "我委高度重视，认真研究办理，2022年共新增停车位718个，各项工作进展顺利。",
    "下一步，我委将确保2023年底前再新增停车位300个，并每季度通报一次进展情况。",
    "感谢您对我委工作的关心和支持！",
    "重庆市发展和改革委员会",
    "2022年6月7日",
)


def page(*words: str, path: str = "首页", files: str = "", beside: str = "") -> str:
    body = "".join(f"<p>{text}</p>" for text in words)
    return (
        f'<html><head><meta charset="utf-8"><meta name="ArticleTitle" content="{TITLE}">'
        f'<meta name="PubDate" content="2022-06-17"></head><body><div class="path">{path}</div>'
        f'<div class="main"><div class="view TRS_UEDITOR">{body}</div>{beside}{files}</div></body></html>'
    )


WHOLE = page(*WORDS)
EDITED = page(*(text.replace("718", "918") for text in WORDS))


@dataclass
class Mornings:
    """One letter that is looked at once a day."""

    archive: Archive
    days: int = 0
    is_listed: bool = True
    ended: list[CrawlOutcome] = field(default_factory=list)

    def see(self, *pages: str) -> list[VisitOutcome]:
        """Crawl once for each page; return what each look found."""
        return [self._crawl(html) for html in pages]

    def _crawl(self, html: str) -> VisitOutcome:
        at = datetime(2022, 7, 1, 6, tzinfo=UTC) + timedelta(days=self.days)
        self.days += 1
        recorder = Recorder(self.archive, CrawlJob("", SOURCE), lambda: at)
        rows = [DirectoryRow(url_key(URL), URL, TITLE, None)] if self.is_listed else []
        recorder.record_directory(rows, at, whole=True)
        (known,) = recorder.known_addresses()
        seen = Snapshot(URL, URL, 200, {"content-type": "text/html"}, html.encode(), at)
        newest = recorder.newest(known)
        look = read_answer(
            known, seen, PageReader(SOURCE.kind), is_listed=self.is_listed, newest=newest
        )
        recorder.record(look)
        self.ended.append(recorder.close(failed=False).outcome)
        with self.archive.reading() as connection:
            is_held = queries.letter(connection, 1) is not None
            return queries.visits(connection, 1)[-1].outcome if is_held else look.outcome

    def told(self) -> list[Change]:
        """Return what was told but that the letter was first seen, oldest first."""
        with self.archive.reading() as connection:
            found = list(queries.changes(connection, queries.ChangeFilter()))
        return [each for each in reversed(found) if each.kind is not ChangeKind.PUBLISHED]

    def status(self) -> Status:
        with self.archive.reading() as connection:
            held = queries.letter(connection, 1)
        assert held
        return held.status

    def reasons(self) -> list[str | None]:
        with self.archive.reading() as connection:
            return [each.reason for each in queries.visits(connection, 1)]

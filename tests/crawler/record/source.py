"""A composed source, crawled without a network: what is listed and served is said by a test."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from crawler.http.snapshot import Snapshot
from crawler.job import CrawlJob, Source
from crawler.record.recorder import Recorder
from crawler.visit import Visit, read_answer
from letters.addresses import DirectoryRow, KnownAddress
from letters.change import Change
from letters.crawl_record import Crawl
from letters.letter import Kind
from letters.letter_record import LetterRecord
from letters.urls import url_key
from letters.visit_span import VisitOutcome
from storage import queries
from storage.database.archive import Archive

LISTING = "http://gov.example/zwgk/tagk/"
TEXT = "<p>您提出的《关于建设停车场的建议》收悉，2022年新增停车位{}个，改造老旧小区12个，投入资金3.5亿元。</p>"
LONG = (
    TEXT
    + "<p>下一步，我委将会同有关部门加强停车设施规划建设，推进共享停车，完善收费政策。</p>" * 4
)
_PAGE = """<html><head><meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="{day}"></head>
<body><div class="TRS_Editor"><p>赵小华委员：</p>{text}<p>感谢您的关心和支持！</p>
<p>重庆市发展和改革委员会</p><p>2022年6月7日</p></div></body></html>"""

GONE = "gone"  # answers of a page that is no letter's
UNREACHED = "unreached"
EMPTY = "empty"
UNMODIFIED = "unmodified"
REDIRECTED = "redirected to {}\n{}"  # to a URL, which serves a page


def url_of(number: str, folder: str = "202206") -> str:
    return f"{LISTING}{folder}/t20220617_1{number}.html"


def title_of(number: str) -> str:
    return f"关于市政协五届五次会议第{number}号提案的复函"


def page_of(number: str, text: str = LONG.format(800), day: str = "2022-06-17") -> str:
    return _PAGE.format(title=title_of(number), text=text, day=day)


class Clock:
    """A clock that goes on by a minute whenever it is read."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 24, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at


@dataclass
class ComposedSource:
    """One source; each crawl of it is told what the directory lists and what its pages answer."""

    archive: Archive
    clock: Clock = field(default_factory=Clock)
    job: CrawlJob = field(
        default_factory=lambda: CrawlJob("", Source("proposals", "某市", Kind.PROPOSAL, LISTING))
    )

    def crawl(
        self,
        answers: Mapping[str, str],
        listed: Iterable[str] | None = None,
        *,
        whole: bool = True,
        **job: Any,
    ) -> Crawl:
        """Crawl a directory that lists `listed` (by default all of `answers`), by URL.

        An answer is a page's text or one of the words above; an address without one isn't visited.
        """
        recorder = Recorder(self.archive, replace(self.job, **job), self.clock)
        rows = [
            DirectoryRow(url_key(url), url, title_of(url[-9:-5]), None)
            for url in (answers if listed is None else listed)
        ]
        if not recorder.job.urls:
            recorder.record_directory(rows, self.clock(), whole=whole)
        else:
            recorder.record_addresses([(url_key(url), url) for url in answers])
        for address in recorder.known_addresses():
            if address.url in answers:
                visit = self._visit(recorder, address, answers[address.url])
                for twin in recorder.twins_to_visit(visit):
                    if twin.url in answers:
                        recorder.record(self._visit(recorder, twin, answers[twin.url]))
                recorder.record(visit)
        self.crawled = recorder
        return recorder.close(failed=False)

    def twins_of(self, url: str, answer: str) -> list[KnownAddress]:
        """Return what the last crawl must visit before the letter at `url` can be recorded."""
        recorder = self.crawled
        (address,) = (each for each in recorder.known_addresses() if each.url == url)
        return recorder.twins_to_visit(self._visit(recorder, address, answer))

    def changes(self) -> list[Change]:
        """Return the changes on record, oldest first."""
        with self.archive.reading() as connection:
            return list(queries.changes(connection, queries.ChangeFilter()))[::-1]

    def kinds(self) -> list[str]:
        """Return the kinds of the changes on record, oldest first, letters' first ones left out."""
        return [each.kind.value for each in self.changes() if each.kind.value != "published"]

    def letters(self) -> list[LetterRecord]:
        """Return the letters on record."""
        with self.archive.reading() as connection:
            rows = list(queries.plain_letters(connection, queries.LetterFilter()))
            return [record for row in rows if (record := queries.letter(connection, row.id))]

    def states(self) -> list[str]:
        """Return the status of each letter on record."""
        return [each.status.value for each in self.letters()]

    def _visit(self, recorder: Recorder, address: KnownAddress, answer: str) -> Visit:
        if answer == UNREACHED:
            return Visit(address, self.clock(), VisitOutcome.UNREACHED, "no answer")
        status, body, asked, final_url = 200, answer, False, address.url
        if answer == GONE:
            status, body = 404, "<html><body>not found</body></html>"
        elif answer == UNMODIFIED:
            status, body, asked = 304, "", True
        elif answer == EMPTY:
            body = re.sub(r"(TRS_Editor\">).*?(</div>)", r"\1\2", page_of("0001"), flags=re.DOTALL)
        elif redirected := re.match(r"redirected to (.*)\n", answer):
            final_url, body = redirected[1], answer[redirected.end() :]
        asked_at, headers = self.clock(), {"content-type": "text/html; charset=utf-8"}
        snapshot = Snapshot(
            address.url, final_url, status, headers, body.encode(), self.clock(), asked_at, asked
        )
        newest = recorder.newest(address)
        return read_answer(address, snapshot, recorder.crawl.reader, is_listed=True, newest=newest)

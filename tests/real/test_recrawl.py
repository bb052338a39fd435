"""Real mornings of one page: what a re-crawl meets, crawl by crawl, and what is said of it.

The page is a bureau's statistics, whose figures really change each day: they must be reported.
What must not is all that came between: notices, stubs, half pages, chrome.
"""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.http.snapshot import Snapshot
from crawler.job import CrawlJob, Source
from crawler.page.reader import PageReader
from crawler.record.recorder import Recorder
from crawler.sites import FAMILIES
from crawler.visit import read_answer
from letters.addresses import DirectoryRow
from letters.change import Category, Change, ChangeKind
from letters.letter import Kind
from letters.letter_record import Status
from letters.urls import url_key
from letters.visit_span import VisitOutcome
from storage import queries
from storage.database.archive import Archive
from tests.archive_copy import new_archive

URL = "http://gov.example/zwgk/201805/t20180519_1.html"
SOURCE = Source("statistics", "某局", Kind.PROPOSAL, "http://gov.example/zwgk/")
OF_THE_DAY = {Category.FIGURE, Category.DATE}

Live = Callable[[str], list[VisitOutcome]]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with closing(new_archive(tmp_path / "fuhan.db")) as opened:
        yield opened


@pytest.fixture
def live(real: Path, archive: Archive, monkeypatch: pytest.MonkeyPatch) -> Live:
    """Return what crawls one morning after the other, and returns what each visit showed."""
    family = replace(FAMILIES["trs"], bodies=("#nr_box",), titles=("title",))
    monkeypatch.setitem(FAMILIES, "trs", family)

    def crawl(day: str) -> VisitOutcome:
        at = datetime.strptime(day, "%Y%m%d").replace(tzinfo=UTC) + timedelta(hours=6)
        recorder = Recorder(archive, CrawlJob("", SOURCE), lambda: at)
        recorder.record_directory(
            [DirectoryRow(url_key(URL), URL, "房屋交易", None)], at, whole=True
        )
        (known,) = recorder.known_addresses()
        body = (real / "recrawl" / f"{day}.html").read_bytes()
        seen = Snapshot(URL, URL, 200, {"content-type": "text/html"}, body, at)
        newest = recorder.newest(known)
        recorder.record(
            read_answer(known, seen, PageReader(SOURCE.kind), is_listed=True, newest=newest)
        )
        recorder.close(failed=False)
        with archive.reading() as connection:
            return queries.visits(connection, 1)[-1].outcome

    return lambda days: [crawl(day) for day in days.split()]


def reported(archive: Archive) -> list[Change]:
    with archive.reading() as connection:
        found = list(queries.changes(connection, queries.ChangeFilter()))
    return [each for each in found if each.kind is not ChangeKind.PUBLISHED]


def status(archive: Archive) -> Status:
    with archive.reading() as connection:
        held = queries.letter(connection, 1)
    assert held
    return held.status


@pytest.mark.parametrize(
    ("days", "between"),
    [
        (
            "20190421 20190422 20190425",
            VisitOutcome.BROKEN,
        ),  # a notice of a new domain for three days
        (
            "20190513 20190514 20190515",
            VisitOutcome.BROKEN,
        ),  # half of its blocks missing for a day
        (
            "20230129 20230130 20230131",
            VisitOutcome.BROKEN,
        ),  # the body missing, template and title not
    ],
)
def test_a_page_that_is_not_itself_for_a_day_is_a_visit_and_no_edit(
    live: Live, archive: Archive, days: str, between: VisitOutcome
) -> None:
    assert live(days) == [VisitOutcome.LETTER, between, VisitOutcome.LETTER]
    (change,) = reported(archive)  # the figures of the days between, in one
    assert change.kind is ChangeKind.EDITED
    assert {edit.category for edit in change.edits} <= OF_THE_DAY, change.edits
    assert status(archive) is Status.PUBLISHED


@pytest.mark.parametrize(
    ("days", "last"),
    [
        ("20190523 20190524", VisitOutcome.BLOCKED),  # a firewall's stub
        ("20191227 20191228", VisitOutcome.BROKEN),  # a redesign that leaks its template's code
    ],
)
def test_a_stub_or_a_leaking_template_is_never_a_version(
    live: Live, archive: Archive, days: str, last: VisitOutcome
) -> None:
    assert live(days) == [VisitOutcome.LETTER, last]
    assert reported(archive) == []
    assert status(archive) is Status.SUSPECT


def test_chrome_that_flips_is_no_edit(live: Live, archive: Archive) -> None:
    assert live("20210805 20210806") == [VisitOutcome.LETTER] * 2
    (change,) = reported(archive)
    assert {edit.category for edit in change.edits} <= OF_THE_DAY, change.edits
    words = [edit.context for edit in change.edits]
    assert not any("二级域名" in each or "首页" in each for each in words)


def test_an_ordinary_day_changes_its_figures_alone(live: Live, archive: Archive) -> None:
    live("20180519 20180520")
    (change,) = reported(archive)
    assert {edit.category for edit in change.edits} <= OF_THE_DAY, change.edits


def test_a_section_that_was_really_removed_is_reported(live: Live, archive: Archive) -> None:
    live("20210420 20210421")
    (change,) = reported(archive)
    assert any(edit.new is None for edit in change.edits)


def test_days_and_companies_are_whole_and_named(live: Live, archive: Archive) -> None:
    live("20180520 20190421")  # the table's first day follows a cell with figures
    (change,) = reported(archive)
    days = [edit for edit in change.edits if "/" in (edit.old or "")]
    assert {(edit.category, edit.old, edit.new) for edit in days} == {
        (Category.DATE, "2018/5/19", "2019/4/20")
    }
    firms = [edit for edit in change.edits if "公司" in f"{edit.old}{edit.new}"]
    assert {edit.category for edit in firms} == {Category.ORGANISATION}
    names = {name for edit in firms for name in (edit.old, edit.new)}
    assert all(name.startswith("北京") or name == "21世纪不动产" for name in names if name)
    assert all(name.endswith(("公司", "不动产")) for name in names if name)

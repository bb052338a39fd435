"""Pictures: what they count, and that their SVG may stand on any page."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest
from starlette.testclient import TestClient

from letters.change import Category, ChangeKind, Significance
from letters.crawl_record import Crawl, CrawlOutcome, PageError
from letters.visit_span import VisitOutcome
from review.languages import LANGUAGES, Language
from review.pictures.changes_by_week import (
    CountedChange,
    changes_by_week,
    count_weeks,
    describe_weeks,
)
from review.pictures.coverage_calendar import (
    DayCoverage,
    cover_days,
    coverage_calendar,
    describe_calendar,
)
from review.pictures.letter_life import letter_life, life_bars
from review.pictures.session_answers import SessionAnswers, count_answers, session_answers
from review.timeline import timeline
from review.translator import Translator
from storage import queries
from storage.database.archive import Archive

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 11, 23)
LATE = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)  # half an hour into Monday in Beijing
FIGURE, DATE = Category.FIGURE, Category.DATE
SUBSTANTIVE, MINOR = Significance.SUBSTANTIVE, Significance.MINOR


def counted(
    at: datetime = LATE, kind: ChangeKind = ChangeKind.EDITED, *categories: Category
) -> CountedChange:
    return CountedChange(at, kind, SUBSTANTIVE, frozenset(categories))


@pytest.mark.parametrize(
    ("change", "counts"),
    [
        pytest.param(
            counted(LATE, ChangeKind.EDITED, FIGURE),
            {(MONDAY, "figure", SUBSTANTIVE): 1},
            id="in the week of the zone",
        ),
        pytest.param(
            counted(LATE - timedelta(hours=1), ChangeKind.EDITED, FIGURE),
            {(MONDAY - timedelta(days=7), "figure", SUBSTANTIVE): 1},
            id="before midnight of Sunday: the week before",
        ),
        pytest.param(
            counted(LATE, ChangeKind.EDITED, FIGURE, DATE),
            {(MONDAY, "figure", SUBSTANTIVE): 1, (MONDAY, "date", SUBSTANTIVE): 1},
            id="of two categories: in each",
        ),
        pytest.param(
            counted(LATE, ChangeKind.WITHDRAWN),
            {(MONDAY, "whole", SUBSTANTIVE): 1},
            id="without edits: the whole letter",
        ),
        pytest.param(counted(LATE, ChangeKind.PUBLISHED), {}, id="a new letter: not a change"),
    ],
)
def test_a_change_is_counted_in_its_week(change: CountedChange, counts: dict[object, int]) -> None:
    assert count_weeks([change], ZONE) == counts


def crawl(outcome: CrawlOutcome | None, *reasons: str, hour: int = 1) -> Crawl:
    at = datetime(2026, 11, 23, hour, tzinfo=UTC)
    errors = tuple(PageError("http://gov.example/", reason) for reason in reasons)
    return Crawl(1, "city", outcome, at, at, errors=errors)


COMPLETE, PARTIAL = CrawlOutcome.COMPLETE, CrawlOutcome.PARTIAL


@pytest.mark.parametrize(
    ("crawls", "coverage"),
    [
        pytest.param([], DayCoverage("none"), id="no crawl"),
        pytest.param([crawl(COMPLETE)], DayCoverage("complete"), id="a complete one"),
        pytest.param(
            [crawl(PARTIAL, "404"), crawl(COMPLETE)], DayCoverage("complete"), id="the best counts"
        ),
        pytest.param(
            [crawl(PARTIAL, "timed out", "timed out", "404")],
            DayCoverage("partial", 3, "timed out"),
            id="the reason of most pages",
        ),
        pytest.param(
            [crawl(CrawlOutcome.FAILED, "refused")],
            DayCoverage("failed", 1, "refused"),
            id="a failed one",
        ),
        pytest.param([crawl(None)], DayCoverage("failed"), id="one that was cut off"),
        pytest.param([crawl(COMPLETE, hour=17)], DayCoverage("none"), id="of the next day there"),
    ],
)
def test_a_day_is_covered_as_its_best_crawl_was(
    crawls: list[Crawl], coverage: DayCoverage
) -> None:
    assert cover_days(crawls, MONDAY, MONDAY, ZONE) == {MONDAY: coverage}


@pytest.mark.parametrize(
    ("days", "median", "last"),
    [
        pytest.param([(0, 1)], 0, 0, id="one letter"),
        pytest.param([(0, 1), (10, 1)], 0, 10, id="half of two on the first day"),
        pytest.param([(0, 1), (10, 1), (40, 1)], 10, 40, id="the middle of three"),
        pytest.param([(0, 1), (30, 9)], 30, 30, id="weighed by letters"),
    ],
)
def test_days_are_counted_from_the_first_answer(
    days: list[tuple[int, int]], median: int, last: int
) -> None:
    rows = [("一次会议", MONDAY + timedelta(days=day), count) for day, count in days]
    total = sum(count for _, count in days)
    assert count_answers(rows) == [SessionAnswers("一次会议", total, MONDAY, median, last)]


def test_the_newest_session_stands_first() -> None:
    rows = [("四次会议", MONDAY - timedelta(days=400), 3), ("五次会议", MONDAY, 1)]
    assert [each.session for each in count_answers(rows)] == ["五次会议", "四次会议"]


def test_a_letter_that_was_delisted_is_listed_until_then(archive: Archive) -> None:
    with archive.reading() as connection:
        delisted = queries.ChangeFilter(kind=ChangeKind.DELISTED)
        change = next(iter(queries.changes(connection, delisted)))
        record = queries.letter(connection, change.letter.id)
        assert record
        bars = life_bars(record, timeline(connection, change.letter.id))
    (listed,) = (bar for bar in bars if bar.lane == "listed")
    assert (listed.since, listed.until) == (record.first_seen, change.window.before)
    windows = [bar for bar in bars if bar.lane == "changes"]
    assert [(bar.since, bar.until) for bar in windows] == [
        (change.window.after, change.window.before)
    ]
    assert {bar.name for bar in bars if bar.lane == "served"} <= {
        "served" if outcome is VisitOutcome.LETTER else "doubtful" for outcome in VisitOutcome
    }


def weeks(translator: Translator) -> str | None:
    changes = [counted(LATE, ChangeKind.EDITED, FIGURE), counted(LATE, ChangeKind.WITHDRAWN)]
    return changes_by_week(count_weeks(changes, ZONE), translator)


def calendar(translator: Translator) -> str | None:
    crawls = [crawl(PARTIAL, "404"), crawl(None, hour=17)]
    days = cover_days(crawls, MONDAY - timedelta(days=20), MONDAY + timedelta(days=1), ZONE)
    return coverage_calendar(days, "city", translator)


def sessions(translator: Translator) -> str | None:
    rows = [("五次会议", MONDAY, 1), ("五次会议", MONDAY + timedelta(days=9), 2)]
    return session_answers(count_answers(rows), "city", translator)


Picture = Callable[[Translator], str | None]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("picture", [weeks, calendar, sessions])
def test_a_picture_may_stand_on_any_page(picture: Picture, language: Language) -> None:
    svg = picture(Translator(language, ZONE)) or ""
    check_svg(svg)
    assert svg == picture(Translator(language, ZONE))


def check_svg(svg: str) -> None:
    """Check that a strict policy lets all of it be seen, and that two may stand on a page."""
    root = ET.fromstring(svg)  # noqa: S314 - our own
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert not re.search(r"<style|<script|<image| style=| id=| on\w+=|url\(", svg)
    assert len(svg) < 200_000


def test_a_picture_of_nothing_is_none() -> None:
    translator = Translator("zh", ZONE)
    assert changes_by_week(count_weeks([], ZONE), translator) is None
    assert coverage_calendar({}, "city", translator) is None
    assert session_answers([], "city", translator) is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            lambda translator: describe_weeks(
                count_weeks([counted(LATE, ChangeKind.EDITED, FIGURE)], ZONE), translator
            ),
            "2026-11-23 to 2026-11-29; the week of 2026-11-23 brought most: 1.",
        ),
        (
            lambda translator: describe_calendar({MONDAY: DayCoverage("partial", 1)}, translator),
            "Of 1 days, 0 had a complete crawl, 1 only partial ones, 0 failed ones, 0 none.",
        ),
    ],
    ids=["weeks", "calendar"],
)
def test_a_picture_is_said_in_words(words: Callable[[Translator], str], said: str) -> None:
    assert words(Translator("en", ZONE)) == said


def test_each_hole_is_explained_up_to_eight() -> None:
    svg = calendar(Translator("en", ZONE)) or ""
    assert "2026-11-24 failed: the crawl was cut off" in svg
    assert "2026-11-23 partial: 1 without a verdict (404)" in svg
    assert "2026-11-22 no crawl<" in svg
    assert "and 14 more days" in svg


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_life_of_each_letter_can_be_drawn(archive: Archive, language: Language) -> None:
    translator = Translator(language, ZONE)
    with archive.reading() as connection:
        for change in queries.changes(connection, queries.ChangeFilter(baseline=False)):
            record = queries.letter(connection, change.letter.id)
            assert record
            check_svg(letter_life(record, timeline(connection, record.id), translator))


@pytest.mark.parametrize(
    "name", ["changes", "coverage/demo", "sessions/demo", "letters/1", "letters/2"]
)
def test_a_picture_is_a_file_of_its_own(browser: TestClient, name: str) -> None:
    answer = browser.get(f"/pictures/{name}.svg?lang=en")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/svg+xml"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    check_svg(answer.text)
    assert browser.get(f"/pictures/{name}.svg?lang=zh").text != answer.text


@pytest.mark.parametrize("name", ["coverage/none", "sessions/none", "letters/999999", "none"])
def test_of_what_is_not_known_there_is_no_picture(browser: TestClient, name: str) -> None:
    assert browser.get(f"/pictures/{name}.svg").status_code == 404


@pytest.mark.parametrize("path", ["/", "/letters/1", "/crawls?source=demo"])
def test_pages_link_pictures_that_are_there(browser: TestClient, path: str) -> None:
    links = re.findall(r'<img [^>]*src="([^"]+)" alt="[^"]+"', browser.get(path).text)
    assert links
    for link in links:
        assert browser.get(link.replace("&amp;", "&")).status_code == 200

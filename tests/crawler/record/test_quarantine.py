"""Which visits wait for the rest of their crawl, and what an alarm holds back."""

import pytest

from crawler.reprocess.backlog import BacklogJob, read_backlog
from storage import queries
from tests.crawler.record.source import LONG, ComposedSource, page_of, url_of

NUMBERS = [f"{n:04}" for n in range(12)]
PAGES = {url_of(number): page_of(number) for number in NUMBERS}
UNDATED = {
    url_of(number): page_of(number, LONG.format(918)).replace('"2022-06-17"', '""')
    for number in NUMBERS
}


@pytest.fixture
def crawled(source: ComposedSource) -> ComposedSource:
    source.crawl(PAGES)
    return source


def alarms(source: ComposedSource) -> list[str]:
    with source.archive.reading() as connection:
        alarm = queries.open_drift_alarm(connection, source.job.source.name)
    return [alarm.sign] if alarm else []


def first(count: int) -> dict[str, str]:
    """Return the pages of a source of which `count` letters lost their date."""
    return PAGES | dict(list(UNDATED.items())[:count])


@pytest.mark.parametrize(
    ("count", "edited", "signs"),
    [
        pytest.param(1, 1, [], id="one letter lost its date: it was edited"),
        pytest.param(4, 4, [], id="four of twelve"),
        pytest.param(
            5, 0, ["without published_on"], id="five of twelve: the source is read worse"
        ),
        pytest.param(12, 0, ["without published_on"], id="all"),
    ],
)
def test_a_sign_that_many_letters_show_makes_no_version(
    crawled: ComposedSource, count: int, edited: int, signs: list[str]
) -> None:
    crawled.crawl(first(count))
    assert crawled.kinds() == ["edited"] * edited
    assert alarms(crawled) == signs


def test_while_an_alarm_is_open_no_edit_is_recorded(crawled: ComposedSource) -> None:
    crawled.crawl(first(12))
    crawl = crawled.crawl(PAGES | {url_of("0000"): page_of("0000", LONG.format(700))})
    assert crawled.kinds() == []
    assert [error.reason for error in crawl.errors] == [
        "held back by an alarm: without published_on"
    ]


def test_what_an_alarm_held_back_is_recorded_when_a_person_accepts_it(
    crawled: ComposedSource,
) -> None:
    crawled.crawl(first(12))
    served = crawled.clock.at
    job = BacklogJob(crawled.job, crawled.clock(), accepts=True, note="a new template")
    done = read_backlog(crawled.archive, job)
    assert (done["filled"], done["cleared"], alarms(crawled)) == (12, 1, [])
    edits = [each for each in crawled.changes() if each.kind.value == "edited"]
    assert len(edits) == 12
    assert all(each.window.before <= served < each.detected_at for each in edits)
    crawled.crawl(first(12))
    assert crawled.kinds() == ["edited"] * 12


def test_a_page_cut_short_is_no_edit(crawled: ComposedSource) -> None:
    page = page_of("0000", LONG.format(918))
    crawl = crawled.crawl(PAGES | {url_of("0000"): page.removesuffix("</body></html>")})
    assert [error.reason for error in crawl.errors] == ["truncated: the page ends before its end"]
    assert crawled.kinds() == []


def test_a_directory_that_lists_far_fewer_letters_raises_an_alarm(source: ComposedSource) -> None:
    pages = {url_of(f"{n:04}"): page_of(f"{n:04}") for n in range(20)}
    source.crawl(pages)
    for _ in range(3):
        source.crawl(dict(list(pages.items())[:5]))
    assert (source.kinds(), alarms(source)) == ([], ["listed"])

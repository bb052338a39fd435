import contextlib
import json
import os
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from fuhan.config.load import load_config
from fuhan.source_status import SourceStatus, source_statuses
from letters.crawl_record import CrawlOutcome, PageError
from storage.database.archive import open_archive
from storage.database.lock import crawl_lock
from storage.facts.crawls import CrawlEnd, begin_crawl, end_crawl
from tests.archive_copy import archive_url

Fuhan = Callable[..., Any]  # the command line, as a shell would call it
NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)
HOUR = timedelta(hours=1)


def standing(folder: Path, ago: timedelta, outcome: CrawlOutcome | None) -> SourceStatus:
    """Return where `city`, due every six hours, stands when it was last crawled so long ago."""
    config = load_config(folder / "config.yaml", os.environ)
    archive = open_archive(config.database, create=True)
    with archive.writing() as connection:
        crawl_id = begin_crawl(connection, "city", "normal", NOW - ago)
        errors = [PageError("http://127.0.0.1:9/list/", "HTTP 404")]
        if outcome:
            closing = CrawlEnd(outcome, NOW - ago, None, None, {}, errors)
            end_crawl(connection, crawl_id, closing)
    city, _ = source_statuses(config, archive, NOW)
    archive.close()
    return city


@pytest.mark.parametrize(
    ("ago", "outcome", "alarms"),
    [
        pytest.param(HOUR, CrawlOutcome.COMPLETE, [], id="crawled lately"),
        pytest.param(HOUR, CrawlOutcome.PARTIAL, [], id="partly"),
        pytest.param(HOUR, None, ["the last crawl was cut off"], id="cut off"),
        pytest.param(7 * HOUR, CrawlOutcome.COMPLETE, [], id="late, its next time is not yet"),
        pytest.param(13 * HOUR, CrawlOutcome.COMPLETE, ["overdue"], id="two times were missed"),
        pytest.param(HOUR, CrawlOutcome.FAILED, ["the last crawl failed"], id="failed"),
    ],
)
def test_an_alarm_stands_when_somebody_should_look(
    folder: Path, ago: timedelta, outcome: CrawlOutcome | None, alarms: list[str]
) -> None:
    told = standing(folder, ago, outcome).alarms
    assert [alarm.split(":")[0] for alarm in told] == alarms


def test_a_crawl_that_goes_on_is_not_cut_off(folder: Path) -> None:
    database = archive_url(folder / "data" / "fuhan.db")
    with closing(open_archive(database, create=True)) as archive, crawl_lock(archive, "city"):
        assert standing(folder, HOUR, None).alarms == ()
        assert standing(folder, HOUR, None).alarms == ()  # nor is it while an older one was
    assert standing(folder, HOUR, None).alarms == ("the last crawl was cut off",)


def test_coverage_calls_a_crawl_cut_off_only_once_nobody_crawls(fuhan: Fuhan, held: Path) -> None:
    def reasons() -> list[list[str]]:
        told = fuhan("coverage", "--source", "city", "--format", "jsonl").out.splitlines()
        return [[hole["reason"] for hole in json.loads(row)["holes"]] for row in told]

    with closing(open_archive(archive_url(held), create=False)) as archive:
        with crawl_lock(archive, "city"):
            with archive.writing() as connection:
                begin_crawl(connection, "city", "normal", NOW)
            assert reasons()[0] == ["the crawl goes on"]
        assert reasons()[0] == ["the crawl was cut off before its end"]
        with crawl_lock(archive, "city"):
            with archive.writing() as connection:
                begin_crawl(connection, "city", "normal", NOW + HOUR)
            assert reasons()[:2] == [
                ["the crawl goes on"],
                ["the crawl was cut off before its end"],
            ]


@pytest.mark.parametrize(
    ("good", "misses", "alarm"),
    [
        pytest.param(60, [12, 6, 1], True, id="three times in vain, a long time"),
        pytest.param(None, [24, 12, 6, 1], True, id="never anything else"),
        pytest.param(60, [6, 1], False, id="twice in vain, the service had been away"),
        pytest.param(5, [3, 2, 1], False, id="three times in vain, within one interval"),
    ],
)
@pytest.mark.parametrize("outcome", [CrawlOutcome.FAILED, None])
def test_a_source_whose_crawls_all_miss_is_overdue_though_they_begin(
    folder: Path, good: int | None, misses: list[int], outcome: CrawlOutcome | None, *, alarm: bool
) -> None:
    if good:
        standing(folder, good * HOUR, CrawlOutcome.PARTIAL)
    told = [standing(folder, ago * HOUR, outcome) for ago in misses][-1].alarms
    assert any(each.startswith("overdue: ") for each in told) is alarm
    assert any("all of them failed or cut off" in each for each in told) is alarm


def test_an_alarm_names_page_and_reason(folder: Path) -> None:
    (alarm,) = standing(folder, HOUR, CrawlOutcome.FAILED).alarms
    assert alarm == "the last crawl failed: http://127.0.0.1:9/list/: HTTP 404"


def test_before_any_crawl_there_is_nothing_to_tell(folder: Path) -> None:
    config = load_config(folder / "config.yaml", os.environ)
    with contextlib.closing(open_archive(config.database, create=False)) as archive:
        assert source_statuses(config, archive, NOW) == []

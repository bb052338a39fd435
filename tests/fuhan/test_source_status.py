import contextlib
import json
import os
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from fuhan.alarm_lines import alarm_lines, in_words
from fuhan.config.load import load_config
from fuhan.source_status import SourceStatus, service_status
from letters.alarm import Alarm, AlarmKind
from letters.alarm_words import ADVICE, NAMES
from letters.crawl_record import CrawlOutcome, PageError
from review.sentences.chinese import chinese
from scheduler.host_backoff import FIRST_WAIT
from storage.alarms.alarm_history import alarms_turn, record_alarms
from storage.database.archive import open_archive
from storage.database.lock import crawl_lock
from storage.facts.crawls import CrawlEnd, begin_crawl, end_crawl
from tests.archive_copy import archive_url

Fuhan = Callable[..., Any]  # the command line, as a shell would call it
NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)
HOUR = timedelta(hours=1)
UTC_ZONE = ZoneInfo("UTC")


def standing(folder: Path, ago: timedelta, outcome: CrawlOutcome | None) -> SourceStatus:
    """Return where `city`, due every six hours, stands when it was last crawled so long ago."""
    config = load_config(folder / "config.yaml", os.environ)
    with closing(open_archive(config.database, create=True)) as archive:
        with archive.writing() as connection:
            crawl_id = begin_crawl(connection, "city", "normal", NOW - ago)
            errors = [PageError("http://127.0.0.1:9/list/", "HTTP 404")]
            if outcome:
                end = CrawlEnd(outcome, NOW - ago, None, None, {}, errors)
                end_crawl(connection, crawl_id, end)
        city, _ = service_status(config, archive, NOW).sources
    return city


@pytest.mark.parametrize(
    ("ago", "outcome", "alarms", "attention"),
    [
        pytest.param(HOUR, CrawlOutcome.COMPLETE, [], False, id="crawled lately"),
        pytest.param(HOUR, CrawlOutcome.PARTIAL, [], False, id="partly"),
        pytest.param(HOUR, None, [], True, id="cut off"),
        pytest.param(7 * HOUR, CrawlOutcome.COMPLETE, [], False, id="late, not yet overdue"),
        pytest.param(13 * HOUR, CrawlOutcome.COMPLETE, ["overdue"], True, id="missed two times"),
        pytest.param(HOUR, CrawlOutcome.FAILED, [], True, id="failed once"),
    ],
)
def test_somebody_should_look_where_an_alarm_stands_or_the_last_crawl_failed(
    folder: Path,
    ago: timedelta,
    outcome: CrawlOutcome | None,
    alarms: list[str],
    *,
    attention: bool,
) -> None:
    found = standing(folder, ago, outcome)
    assert [alarm.kind for alarm in found.alarms] == alarms
    assert found.needs_attention is attention


def test_a_crawl_that_goes_on_is_not_cut_off(folder: Path) -> None:
    database = archive_url(folder / "data" / "fuhan.db")
    with closing(open_archive(database, create=True)) as archive, crawl_lock(archive, "city"):
        assert not standing(folder, HOUR, None).was_cut_off
        assert not standing(folder, HOUR, None).was_cut_off  # nor is it while an older one was
    assert standing(folder, HOUR, None).was_cut_off


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


def test_crawls_that_fail_one_after_another_are_an_alarm_with_its_reason(folder: Path) -> None:
    standing(folder, 9 * HOUR, CrawlOutcome.PARTIAL)
    standing(folder, 7 * HOUR, CrawlOutcome.FAILED)
    (alarm,) = standing(folder, HOUR, CrawlOutcome.FAILED).alarms
    assert (alarm.kind, alarm.reason) == (AlarmKind.UNREADABLE, "HTTP 404")
    assert alarm.since == NOW - 7 * HOUR


def test_what_a_service_recorded_is_shown_since_when_it_said_and_as_of_when(folder: Path) -> None:
    config = load_config(folder / "config.yaml", os.environ)
    overdue = Alarm(AlarmKind.OVERDUE, "no crawl begins", NOW - 5 * HOUR, "city")
    clock = Alarm(AlarmKind.CLOCK, "the clock went back by 90 s at once", NOW - 4 * HOUR)
    disk = Alarm(AlarmKind.DISK, "less than 256 MiB are free", NOW - 4 * HOUR)
    with closing(open_archive(config.database, create=True)) as archive:
        with archive.writing() as connection:
            turn = alarms_turn([], [overdue, clock, disk], (), NOW - 4 * HOUR)
            record_alarms(connection, turn)
            begin_crawl(connection, "city", "normal", NOW - 13 * HOUR)
        found = service_status(config, archive, NOW)
    ((alarm,), _) = (each.alarms for each in found.sources)
    assert (alarm.since, alarm.judged_at, alarm.id) == (overdue.since, None, 1)
    assert [(each.kind, each.judged_at) for each in found.alarms] == [
        (AlarmKind.CLOCK, NOW - 4 * HOUR)  # which nobody can judge now; the disk has room
    ]
    assert in_words(found.alarms[0], UTC_ZONE).endswith(" at once (as of 2026-11-24 00:00)")


def test_before_any_crawl_there_is_nothing_to_tell(folder: Path) -> None:
    config = load_config(folder / "config.yaml", os.environ)
    with contextlib.closing(open_archive(config.database, create=False)) as archive:
        found = service_status(config, archive, NOW)
    assert (found.sources, found.alarms) == ((), ())


@pytest.mark.parametrize("kind", AlarmKind)
def test_the_advice_under_the_table_calls_an_alarm_in_chinese_as_the_table_does(
    kind: AlarmKind,
) -> None:
    alarm = Alarm(kind, "HTTP 500", NOW)
    (line,) = alarm_lines([], [alarm], ZoneInfo("Asia/Shanghai"))
    assert (chinese(line) or "").startswith(f"{chinese(NAMES[kind])}，怎么办：")


def test_why_a_backup_failed_is_said_in_chinese() -> None:
    said = chinese("backup /b: File exists")
    assert said == "备份 /b：文件已存在"


def test_a_source_that_waits_for_its_host_is_planned_for_when_the_wait_ends(folder: Path) -> None:
    config = load_config(folder / "config.yaml", os.environ)
    with closing(open_archive(config.database, create=True)) as archive:
        with archive.writing() as connection:
            crawl_id = begin_crawl(connection, "city", "normal", NOW)
            errors = [PageError("http://127.0.0.1:9/list/", "timed out")]
            end = CrawlEnd(CrawlOutcome.FAILED, NOW, None, None, {}, errors)
            end_crawl(connection, crawl_id, end)
        city, town = service_status(config, archive, NOW).sources
    assert town.next_crawl == NOW + FIRST_WAIT
    assert city.next_crawl
    assert city.next_crawl > NOW + HOUR


def test_no_alarm_stands_since_later_than_now_after_a_clock_was_set_back(folder: Path) -> None:
    config = load_config(folder / "config.yaml", os.environ)
    clock = Alarm(AlarmKind.CLOCK, "the clock went forward by 86400 s at once", NOW + 24 * HOUR)
    with closing(open_archive(config.database, create=True)) as archive:
        with archive.writing() as connection:
            record_alarms(connection, alarms_turn([], [clock], (), NOW + 24 * HOUR))
        (shown,) = service_status(config, archive, NOW).alarms
    assert shown.since == NOW


def test_an_alarm_is_an_object_in_json_with_what_to_do(folder: Path) -> None:
    standing(folder, 9 * HOUR, CrawlOutcome.PARTIAL)
    standing(folder, 7 * HOUR, CrawlOutcome.FAILED)
    (alarm,) = standing(folder, HOUR, CrawlOutcome.FAILED).as_json()["alarms"]
    assert {key: alarm[key] for key in ("id", "kind", "source", "reason", "since", "advice")} == {
        "id": None,  # no service has recorded it
        "kind": "unreadable",
        "source": "city",
        "reason": "HTTP 404",
        "since": (NOW - 7 * HOUR).isoformat(),
        "advice": ADVICE[AlarmKind.UNREADABLE],
    }

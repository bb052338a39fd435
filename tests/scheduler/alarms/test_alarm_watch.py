"""Alarms are begun and ended by what conditions say and what is reported."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from letters.alarm import Alarm, AlarmKind
from letters.crawl_record import CrawlOutcome
from scheduler.alarms import alarm_watch
from scheduler.alarms.alarm_watch import AlarmHooks, AlarmWatch
from scheduler.alarms.conditions import Condition
from scheduler.alarms.facts import Facts, Watched
from scheduler.due import Schedule
from scheduler.scheduled_source import ScheduledSource
from storage.alarms.alarm_history import AlarmsTurn, open_alarms
from storage.database.archive import Archive
from storage.database.errors import StorageError
from storage.facts.crawls import CrawlEnd, begin_crawl, end_crawl
from storage.queue.queue_state import QueueState
from tests.archive_copy import new_archive
from tests.scheduler.alarms.facts_of import scheduled

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
MONTHLY = Schedule(timedelta(days=30))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with closing(new_archive(tmp_path / "fuhan.db")) as opened:
        yield opened


def watch(archive: Archive, *standing: Alarm, **more: Any) -> AlarmWatch:
    def condition(_facts: Facts) -> list[Alarm]:
        return list(standing)

    conditions = [Condition(frozenset((AlarmKind.DISK,)), condition)]
    hooks = AlarmHooks(**more)
    return AlarmWatch(archive, Watched(), hooks, conditions, lambda: NOON)


def open_kinds(archive: Archive) -> list[AlarmKind]:
    with archive.reading() as connection:
        return [alarm.kind for alarm in open_alarms(connection)]


DISK = Alarm(AlarmKind.DISK, "free: 20 MiB", NOON)


def test_what_a_condition_says_stands_until_it_says_so_no_more(archive: Archive) -> None:
    watch(archive, DISK).judge()
    assert open_kinds(archive) == [AlarmKind.DISK]
    watch(archive).judge()
    assert open_kinds(archive) == []


def test_what_is_reported_stands_until_it_is_well_whatever_restarts(archive: Archive) -> None:
    first = watch(archive)
    first.report(AlarmKind.BACKUP, "the folder is not there")
    first.judge()
    assert open_kinds(archive) == [AlarmKind.BACKUP]
    restarted = watch(archive)
    restarted.judge()
    assert open_kinds(archive) == [AlarmKind.BACKUP]
    restarted.report(AlarmKind.BACKUP, None)
    restarted.judge()
    assert open_kinds(archive) == []


def test_what_another_process_says_of_a_report_later_stands(archive: Archive) -> None:
    service, by_hand = watch(archive), watch(archive)
    service.report(AlarmKind.LEDGER, "damage was found: version 3")
    service.judge()
    by_hand.report(AlarmKind.LEDGER, None)
    by_hand.judge()
    service.judge()
    assert open_kinds(archive) == []
    service.report(AlarmKind.LEDGER, None)
    service.judge()
    by_hand.report(AlarmKind.LEDGER, "damage was found: version 4")
    by_hand.judge()
    service.judge()
    assert open_kinds(archive) == [AlarmKind.LEDGER]


def test_a_report_that_could_not_be_recorded_is_recorded_later(archive: Archive) -> None:
    service = watch(archive)
    service.report(AlarmKind.BACKUP, "the folder is not there")
    with archive.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE alarm_history RENAME TO hidden")
    with pytest.raises(StorageError):
        service.judge()
    with archive.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE hidden RENAME TO alarm_history")
    service.judge()
    assert open_kinds(archive) == [AlarmKind.BACKUP]


def test_however_long_judging_takes_it_rests_for_a_minute_at_most(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alarm_watch, "_EVERY", 0.01)
    monkeypatch.setattr(alarm_watch, "monotonic", count(step=100).__next__)
    turns, is_judged_again = count(), Event()

    def queue() -> None:
        if next(turns):
            is_judged_again.set()

    with watch(archive, queue=queue).watching():
        assert is_judged_again.wait(60)


def test_what_follows_from_a_turn_is_written_with_it_or_not_at_all(archive: Archive) -> None:
    def fails(_connection: Any, _turn: AlarmsTurn) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        watch(archive, DISK, record=fails).judge()
    assert open_kinds(archive) == []


def test_a_running_watch_judges_what_is_reported_at_once(archive: Archive) -> None:
    begun = Event()
    running = watch(archive, recorded=begun.set)
    with running.watching():
        running.report(AlarmKind.BACKUP, "the disk is full")
        assert begun.wait(60)
    assert open_kinds(archive) == [AlarmKind.BACKUP]


@pytest.mark.parametrize(
    ("outcome", "standing", "has_ended", "well"),
    [
        pytest.param(CrawlOutcome.COMPLETE, [], True, True, id="a crawl has ended well"),
        pytest.param(CrawlOutcome.COMPLETE, [], False, False, id="no crawl has ended since"),
        pytest.param(CrawlOutcome.COMPLETE, [DISK], True, False, id="an alarm stands"),
        pytest.param(CrawlOutcome.FAILED, [], True, False, id="it failed, once"),
        pytest.param(None, [], True, False, id="it was cut off"),
    ],
)
def test_all_is_well_after_a_crawl_where_nothing_is_wrong(
    archive: Archive,
    outcome: CrawlOutcome | None,
    standing: list[Alarm],
    *,
    has_ended: bool,
    well: bool,
) -> None:
    with archive.writing() as connection:
        crawl_id = begin_crawl(connection, "city", "normal", NOON)
        if outcome:
            end_crawl(connection, crawl_id, CrawlEnd(outcome, NOON, None, None, {}, []))
    rounds: list[bool] = []
    hooks = AlarmHooks(went_well=lambda: rounds.append(True))
    conditions = [Condition(frozenset((AlarmKind.DISK,)), lambda _: standing)]
    watched = Watched.of([scheduled("city")], {})
    watching = AlarmWatch(archive, watched, hooks, conditions, lambda: NOON)
    if has_ended:
        watching.crawl_ended()
    watching.judge()
    watching.judge()
    assert rounds == [True] * well


def test_what_was_reported_before_a_restart_is_not_well(archive: Archive) -> None:
    first = watch(archive)
    first.report(AlarmKind.BACKUP, "the folder is not there")
    first.judge()
    rounds: list[bool] = []
    restarted = watch(archive, went_well=lambda: rounds.append(True))
    restarted.crawl_ended()
    restarted.judge()
    assert rounds == []


def test_alarms_of_a_source_that_is_watched_no_more_end(archive: Archive) -> None:
    late = Watched.of([scheduled("city")], {})
    with archive.writing() as connection:
        begin_crawl(connection, "city", "normal", NOON - timedelta(days=2))
    watching = AlarmWatch(archive, late, now=lambda: NOON)
    watching.judge()
    assert open_kinds(archive) == [AlarmKind.OVERDUE]
    watching.replace(Watched())
    watching.judge()
    assert open_kinds(archive) == []


@pytest.mark.parametrize(
    "before",
    [
        pytest.param([], id="added or resumed"),
        pytest.param([scheduled("city", schedule=MONTHLY)], id="to be crawled oftener"),
    ],
)
def test_conditions_know_since_when_a_source_is_planned_as_it_is(
    archive: Archive, before: list[ScheduledSource]
) -> None:
    now, known = [NOON], list[Facts]()

    def condition(facts: Facts) -> list[Alarm]:
        known.append(facts)
        return []

    conditions = [Condition(frozenset((AlarmKind.OVERDUE,)), condition)]
    watched = Watched.of([scheduled("town"), *before], {})
    watching = AlarmWatch(archive, watched, conditions=conditions, now=lambda: now[0])
    for _ in range(2):  # the second time nothing is planned anew
        watching.replace(Watched.of([scheduled("town"), scheduled("city")], {}))
        now[0] += timedelta(days=1)
    watching.judge()
    assert known[0].planned_since == {"city": NOON}


def test_a_queue_that_has_no_worker_for_two_minutes_is_an_alarm(archive: Archive) -> None:
    now = [NOON]
    hooks = AlarmHooks(queue=lambda: QueueState(waiting=3, oldest=NOON, workers=()))
    watching = AlarmWatch(archive, Watched(), hooks, now=lambda: now[0])
    watching.judge()
    assert open_kinds(archive) == []
    now[0] += timedelta(minutes=2)
    watching.judge()
    assert AlarmKind.WORKERS in open_kinds(archive)

"""Alarms are begun and ended by what conditions say and what is reported."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from letters.alarm import Alarm, AlarmKind
from scheduler.alarms.alarm_watch import AlarmHooks, AlarmWatch
from scheduler.alarms.conditions import Condition
from scheduler.alarms.facts import Facts, Watched
from storage.alarms.alarm_history import AlarmsTurn, open_alarms
from storage.database.archive import Archive
from tests.archive_copy import new_archive

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


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

"""What is wrong with the service: it begins once, and does not come and go with every tick."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest

from letters.alarm import Alarm, AlarmKind
from scheduler.alarms.clock_watch import ClockWatch
from scheduler.alarms.facts import ChannelRecord, ClockJump, DiskSpace, Facts
from scheduler.alarms.service_conditions import (
    MIB,
    alert_alarms,
    clock_alarms,
    disk_alarms,
    worker_alarms,
)
from storage.outbox.channel_states import ChannelState
from tests.scheduler.alarms.facts_of import HOUR, NOW, facts, record

MINUTE = timedelta(minutes=1)
DAY = 24 * HOUR


def stands(alarms: Iterable[Alarm]) -> bool:
    return bool(list(alarms))


@pytest.mark.parametrize(
    ("free", "database", "stood", "now"),
    [
        pytest.param(300, 100, False, False, id="more than 256 MiB are free"),
        pytest.param(200, 100, False, True, id="less"),
        pytest.param(900, 10_000, False, True, id="less than a tenth of the database"),
        pytest.param(300, 100, True, True, id="a little more than that: it goes on"),
        pytest.param(330, 100, True, False, id="a quarter more than that: it ends"),
    ],
)
def test_a_disk_is_nearly_full_until_there_is_room_again(
    free: int, database: int, *, stood: bool, now: bool
) -> None:
    recorded = {AlarmKind.DISK: Alarm(AlarmKind.DISK, "", NOW)} if stood else {}
    disk = DiskSpace(free * MIB, database * MIB)
    assert stands(disk_alarms(Facts(NOW, disk=disk, recorded=recorded))) is now


def test_the_disk_of_a_server_is_not_judged() -> None:
    assert not stands(disk_alarms(Facts(NOW)))


def test_an_alarm_of_the_disk_has_the_same_words_while_it_fills() -> None:
    first, second = (
        [*disk_alarms(Facts(NOW, disk=DiskSpace(free * MIB, 100 * MIB)))] for free in (200, 100)
    )
    assert [alarm.reason for alarm in first] == [alarm.reason for alarm in second]


@pytest.mark.parametrize(
    ("passed", "shown", "jump"),
    [
        pytest.param(60, 60, None, id="as much as passed"),
        pytest.param(600, 600, None, id="a tick that came late"),
        pytest.param(60, 70, None, id="slewed a little"),
        pytest.param(60, 3660, 3600, id="an hour forward"),
        pytest.param(60, 28_860, 28_800, id="the machine slept for eight hours"),
        pytest.param(60, -86_340, -86_400, id="a day back"),
    ],
)
def test_a_clock_jumps_when_it_goes_on_by_another_time_than_passes(
    passed: float, shown: float, jump: int | None
) -> None:
    steady = iter((0.0, passed))
    watch = ClockWatch(NOW, lambda: next(steady))
    later = NOW + timedelta(seconds=shown)
    watch.visit(later)
    assert watch.jump == (None if jump is None else ClockJump(later, jump))


@pytest.mark.parametrize(
    ("known", "alarm"),
    [
        pytest.param(Facts(NOW), False, id="no jump"),
        pytest.param(Facts(NOW, jump=ClockJump(NOW - 59 * MINUTE, 90)), True, id="within an hour"),
        pytest.param(Facts(NOW, jump=ClockJump(NOW - HOUR, 90)), False, id="an hour ago"),
        pytest.param(
            Facts(NOW, recorded={AlarmKind.CLOCK: Alarm(AlarmKind.CLOCK, "", NOW - 9 * MINUTE)}),
            True,
            id="a jump before a restart",
        ),
        pytest.param(
            Facts(NOW, recorded={AlarmKind.CLOCK: Alarm(AlarmKind.CLOCK, "", NOW - HOUR)}),
            False,
            id="an hour after a jump before a restart",
        ),
        pytest.param(facts(record(ago=-5)), True, id="a crawl began after now"),
    ],
)
def test_a_jump_is_an_alarm_for_an_hour(known: Facts, *, alarm: bool) -> None:
    assert stands(clock_alarms(known)) is alarm


FAILING = ChannelState(failed_since=NOW - 15 * MINUTE, failures=9, reason="no answer")


@pytest.mark.parametrize(
    ("channel", "alarm"),
    [
        pytest.param(ChannelRecord(0 * DAY, ChannelState(), None), False, id="nothing waits"),
        pytest.param(ChannelRecord(0 * DAY, FAILING, NOW), True, id="a quarter of an hour"),
        pytest.param(ChannelRecord(0 * DAY, FAILING, None), False, id="nothing waits any more"),
        pytest.param(
            ChannelRecord(0 * DAY, replace(FAILING, failed_since=NOW - MINUTE), NOW),
            False,
            id="a minute",
        ),
        pytest.param(
            ChannelRecord(0 * DAY, replace(FAILING, failures=1), NOW),
            False,
            id="tried once, before its quiet hours",
        ),
        pytest.param(
            ChannelRecord(DAY, ChannelState(), NOW - 26 * HOUR), False, id="a digest waits a day"
        ),
        pytest.param(
            ChannelRecord(DAY, ChannelState(), NOW - 49 * HOUR), True, id="a digest waits two days"
        ),
        pytest.param(
            ChannelRecord(0 * DAY, ChannelState(), NOW - 26 * HOUR), True, id="nobody sends"
        ),
    ],
)
def test_alerts_that_do_not_leave_name_their_channel(
    channel: ChannelRecord, *, alarm: bool
) -> None:
    named = [each.subject for each in alert_alarms(Facts(NOW, channels={"desk": channel}))]
    assert named == ["desk"] * alarm


def test_a_service_that_was_just_started_sends_first_what_waited_while_none_ran() -> None:
    waits = ChannelRecord(0 * DAY, ChannelState(), NOW - 30 * DAY)
    known = Facts(NOW, channels={"desk": waits}, serving_since=NOW - MINUTE)
    assert not stands(alert_alarms(known))
    assert stands(alert_alarms(replace(known, serving_since=NOW - 15 * MINUTE)))
    before = Alarm(AlarmKind.ALERTS, "no answer", NOW - DAY, subject="desk")
    assert stands(alert_alarms(replace(known, recorded={AlarmKind.ALERTS: before})))


@pytest.mark.parametrize(
    ("idle", "alarm"),
    [
        pytest.param(None, False, id="one works, or there is no queue"),
        pytest.param(MINUTE, False, id="none for a minute: they may be starting"),
        pytest.param(2 * MINUTE, True, id="none for two minutes"),
    ],
)
def test_a_queue_without_workers_is_an_alarm(idle: timedelta | None, *, alarm: bool) -> None:
    known = Facts(NOW, idle_since=idle and NOW - idle)
    assert stands(worker_alarms(known)) is alarm

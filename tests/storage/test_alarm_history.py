"""An alarm begins once, stands as long as it is judged to, and ends once; in either database."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from letters.alarm import Alarm, AlarmKind
from storage.alarms.alarm_history import AlarmsTurn, alarms_turn, open_alarms, record_alarms
from storage.database.archive import Archive

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
OVERDUE = Alarm(AlarmKind.OVERDUE, "no crawl has begun", NOON, source="city")
DISK = Alarm(AlarmKind.DISK, "free: 20 MiB", NOON)
JUDGED = (AlarmKind.OVERDUE, AlarmKind.DISK)


def judge(
    archive: Archive,
    *standing: Alarm,
    at: datetime = NOON,
    judged: Collection[AlarmKind] = JUDGED,
) -> AlarmsTurn:
    """Record what begins and ends where these alarms stand at a moment."""
    with archive.writing() as connection:
        turn = alarms_turn(open_alarms(connection), standing, judged, at)
        return record_alarms(connection, turn)


def standing(archive: Archive) -> list[Alarm]:
    with archive.reading() as connection:
        return open_alarms(connection)


def kinds(alarms: Collection[Alarm]) -> list[AlarmKind]:
    return [alarm.kind for alarm in alarms]


def test_an_alarm_begins_once_and_ends_once(archive: Archive) -> None:
    assert kinds(judge(archive, OVERDUE).begun) == [AlarmKind.OVERDUE]
    assert not judge(archive, OVERDUE, at=NOON + MINUTE)
    (ended,) = judge(archive, at=NOON + 2 * MINUTE).ended
    assert (ended.since, ended.ended_at) == (NOON, NOON + 2 * MINUTE)
    assert not judge(archive, at=NOON + 3 * MINUTE)
    assert standing(archive) == []


def test_one_that_comes_back_is_another(archive: Archive) -> None:
    first, _, second = (judge(archive, *alarms).begun for alarms in ([DISK], [], [DISK]))
    assert first[0].id != second[0].id


def test_alarms_of_other_sources_and_subjects_are_others(archive: Archive) -> None:
    mail, chat = (Alarm(AlarmKind.ALERTS, "401", NOON, subject=name) for name in ("mail", "chat"))
    judge(archive, OVERDUE, replace(OVERDUE, source="town"), mail, chat)
    assert {alarm.key for alarm in standing(archive)} == {
        ("overdue", "city", ""),
        ("overdue", "town", ""),
        ("alerts", "", "mail"),
        ("alerts", "", "chat"),
    }


def test_what_nobody_judged_stays_as_it_was(archive: Archive) -> None:
    judge(archive, DISK, OVERDUE)
    assert kinds(judge(archive, judged=[AlarmKind.OVERDUE]).ended) == [AlarmKind.OVERDUE]
    assert kinds(standing(archive)) == [AlarmKind.DISK]


@pytest.mark.parametrize(
    ("later", "reason", "altered"),
    [
        pytest.param(MINUTE, DISK.reason, False, id="as before: nothing is written"),
        pytest.param(MINUTE, "free: 10 MiB", True, id="another reason"),
        pytest.param(11 * MINUTE, DISK.reason, True, id="known to stand for ten minutes more"),
    ],
)
def test_an_alarm_that_stands_says_why_and_as_of_when(
    archive: Archive, later: timedelta, reason: str, *, altered: bool
) -> None:
    judge(archive, DISK)
    judge(archive, replace(DISK, reason=reason, since=NOON + later), at=NOON + later)
    (alarm,) = standing(archive)
    assert alarm.since == NOON
    assert (alarm.reason, alarm.judged_at) == (reason, NOON + later if altered else NOON)


def test_of_two_who_judge_at_once_one_begins_an_alarm(archive: Archive) -> None:
    turn = alarms_turn([], [DISK], JUDGED, NOON)
    with archive.writing() as connection:
        assert record_alarms(connection, turn).begun
    with archive.writing() as connection:
        assert not record_alarms(connection, turn).begun
    assert len(standing(archive)) == 1


def test_one_that_another_process_ends_meanwhile_is_not_begun_again(archive: Archive) -> None:
    judge(archive, DISK)
    later = alarms_turn(standing(archive), [replace(DISK, reason="free: 9 MiB")], JUDGED, NOON)
    judge(archive)
    with archive.writing() as connection:
        record_alarms(connection, later)
    assert standing(archive) == []


def test_a_clock_that_was_set_back_ends_no_alarm_before_it_began(archive: Archive) -> None:
    judge(archive, DISK)
    (ended,) = judge(archive, at=NOON - MINUTE).ended
    assert ended.ended_at == ended.since


@pytest.mark.parametrize("judged", [JUDGED, ()], ids=["judged", "not judged"])
def test_after_a_clock_was_set_back_no_alarm_stands_since_later_than_now(
    archive: Archive, judged: Collection[AlarmKind]
) -> None:
    tomorrow = NOON + 1440 * MINUTE
    judge(archive, replace(DISK, since=tomorrow), at=tomorrow)
    judge(archive, *[DISK] * bool(judged), at=NOON, judged=judged)
    (alarm,) = standing(archive)
    assert alarm.since == NOON


def test_an_alarm_does_not_begin_later_than_it_is_judged_to(archive: Archive) -> None:
    """As where crawls are on record that failed by a clock that was ahead."""
    (begun,) = judge(archive, replace(OVERDUE, since=NOON + MINUTE)).begun
    assert begun.since == NOON


def test_one_that_ends_after_a_clock_was_set_back_ends_now(archive: Archive) -> None:
    tomorrow = NOON + 1440 * MINUTE
    judge(archive, replace(DISK, since=tomorrow), at=tomorrow)
    (ended,) = judge(archive, at=NOON).ended
    assert (ended.since, ended.ended_at) == (NOON, NOON)

"""When backups and nightly checks are due."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduler.housekeeping_task import HousekeepingTask, next_backup, next_night

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)
SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("last", "due"),
    [
        pytest.param(None, NOW, id="none was ever made: at once"),
        pytest.param(NOW - timedelta(hours=1), NOW + timedelta(hours=23), id="the next one"),
        pytest.param(NOW - 9 * DAY, NOW - 8 * DAY, id="missed: at once, and one of them"),
        pytest.param(NOW + 9 * DAY, NOW + DAY, id="made in the future: the clock was set back"),
    ],
)
def test_a_backup_is_due_so_long_after_the_last(last: datetime | None, due: datetime) -> None:
    assert next_backup(last, DAY, NOW) == due


@pytest.mark.parametrize(
    ("last", "zone", "now", "due"),
    [
        pytest.param(
            None, SHANGHAI, "2026-11-20T12:00Z", "2026-11-20T19:30Z", id="first: the coming night"
        ),
        pytest.param(
            "2026-11-19T19:30:09Z",
            SHANGHAI,
            "2026-11-19T19:30:09Z",
            "2026-11-20T19:30Z",
            id="a night after the last",
        ),
        pytest.param(
            "2026-11-10T19:31Z",
            SHANGHAI,
            "2026-11-20T12:00Z",
            "2026-11-11T19:30Z",
            id="missed while stopped: a time gone by",
        ),
        pytest.param(
            "2026-12-24T19:31Z",
            SHANGHAI,
            "2026-11-20T12:00Z",
            "2026-11-20T19:30Z",
            id="checked in the future: the clock was set back",
        ),
        pytest.param(
            "2026-03-28T02:31Z",
            BERLIN,
            "2026-03-28T12:00Z",
            "2026-03-29T01:30Z",
            id="the night in which clocks are put forward",
        ),
        pytest.param(
            "2026-10-24T01:31Z",
            BERLIN,
            "2026-10-24T12:00Z",
            "2026-10-25T02:30Z",
            id="the night in which clocks are put back",
        ),
    ],
)
def test_a_check_is_due_in_the_night_of_the_zone(
    last: str | None, zone: ZoneInfo, now: str, due: str
) -> None:
    before = datetime.fromisoformat(last) if last else None
    assert next_night(before, zone, datetime.fromisoformat(now)) == datetime.fromisoformat(due)


def test_a_task_is_one_line() -> None:
    task = HousekeepingTask("backup", "sqlite:////a\nb.db", "c", 3)
    assert "\n" not in task.to_line()
    assert HousekeepingTask.from_line(task.to_line()) == task

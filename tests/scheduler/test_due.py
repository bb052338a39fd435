from datetime import UTC, datetime, timedelta

import pytest

from scheduler.cron import read_cron
from scheduler.due import Schedule, deadline, due_at, interval

NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)  # noon in Beijing
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
SIX_HOURS = Schedule(6 * HOUR)
AT_THREE = Schedule(6 * HOUR, read_cron("0 3 * * *"))


@pytest.mark.parametrize(
    ("schedule", "last", "expected"),
    [
        pytest.param(SIX_HOURS, None, NOW, id="never crawled: at once"),
        pytest.param(SIX_HOURS, NOW - HOUR, NOW + 5 * HOUR, id="crawled lately: when it is time"),
        pytest.param(SIX_HOURS, NOW - 6 * HOUR, NOW, id="exactly now"),
        pytest.param(SIX_HOURS, NOW - 3 * DAY, NOW - 3 * DAY + 6 * HOUR, id="missed: gone by"),
        pytest.param(AT_THREE, None, NOW + 15 * HOUR, id="cron, never crawled: the next time"),
        pytest.param(AT_THREE, NOW - 9 * HOUR, NOW + 15 * HOUR, id="cron, done: tomorrow"),
        pytest.param(AT_THREE, NOW - 10 * HOUR, NOW - 9 * HOUR, id="cron, missed: gone by"),
    ],
)
def test_a_source_is_due_by_its_schedule_and_its_last_crawl(
    schedule: Schedule, last: datetime | None, expected: datetime
) -> None:
    assert due_at("city", schedule, last, NOW) == expected


def test_jitter_comes_on_top_and_is_the_same_after_a_restart() -> None:
    schedule = Schedule(6 * HOUR, jitter=HOUR)
    lasts = [NOW - timedelta(minutes=minute) for minute in range(50)]
    lots = [due_at("city", schedule, last, NOW) - last - 6 * HOUR for last in lasts]
    assert all(timedelta(0) <= lot <= HOUR for lot in lots)
    assert max(lots) - min(lots) > HOUR / 2
    assert lots == [due_at("city", schedule, last, NOW) - last - 6 * HOUR for last in lasts]
    assert due_at("city", schedule, NOW, NOW) != due_at("town", schedule, NOW, NOW)


def test_a_source_is_due_again_after_its_interval() -> None:
    assert interval(SIX_HOURS, NOW) == 6 * HOUR
    twice_a_day = Schedule(6 * HOUR, read_cron("0 3,7 * * *"))
    at_three = NOW + 15 * HOUR
    assert interval(twice_a_day, at_three) == 4 * HOUR
    assert interval(twice_a_day, at_three + 4 * HOUR) == 20 * HOUR


def test_a_deadline_grows_with_what_is_known() -> None:
    assert deadline(0, 1.0) == 2 * HOUR
    assert deadline(900, 1.0) == 3 * HOUR

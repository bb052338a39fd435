from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from scheduler.cron import CronError, read_cron

BEIJING = ZoneInfo("Asia/Shanghai")  # no daylight saving time since 1991
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("line", "after", "expected"),
    [
        pytest.param("23 */6 * * *", "2026-11-24 05:00", "2026-11-24 06:23", id="every six hours"),
        pytest.param("23 */6 * * *", "2026-11-24 06:23", "2026-11-24 12:23", id="after, not at"),
        pytest.param("0 3 * * *", "2026-11-24 04:00", "2026-11-25 03:00", id="the next day"),
        pytest.param("0 3 * * 0", "2026-11-24 04:00", "2026-11-29 03:00", id="Sunday is 0"),
        pytest.param("0 3 * * 7", "2026-11-24 04:00", "2026-11-29 03:00", id="Sunday is 7"),
        pytest.param("0 3 * * 1", "2026-11-24 04:00", "2026-11-30 03:00", id="Monday is 1"),
        pytest.param("0 3 * * mon-fri", "2026-11-27 04:00", "2026-11-30 03:00", id="named days"),
        pytest.param("0 0 1 jan *", "2026-11-24 04:00", "2027-01-01 00:00", id="named month"),
        pytest.param("0 0 29 2 *", "2026-11-24 04:00", "2028-02-29 00:00", id="leap day"),
        pytest.param("0 0 1 * 5", "2026-11-24 04:00", "2026-11-27 00:00", id="either kind of day"),
        pytest.param("5/20 1 * * *", "2026-11-24 01:06", "2026-11-24 01:25", id="steps from five"),
        pytest.param("1,3 0 * * *", "2026-11-24 00:01", "2026-11-24 00:03", id="a list"),
    ],
)
def test_a_line_comes_true_when_cron_says(line: str, after: str, expected: str) -> None:
    moment = datetime.fromisoformat(after).replace(tzinfo=BEIJING)
    found = read_cron(line).next_after(moment, BEIJING)
    assert found == datetime.fromisoformat(expected).replace(tzinfo=BEIJING)
    assert found.tzinfo is UTC


def test_an_hour_that_the_clock_leaves_out_comes_an_hour_later() -> None:
    before = datetime(2026, 3, 28, 12, tzinfo=UTC)
    found = read_cron("30 2 * * *").next_after(before, BERLIN)
    assert found == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_an_hour_that_the_clock_repeats_comes_once() -> None:
    first = read_cron("30 2 * * *").next_after(datetime(2026, 10, 24, 12, tzinfo=UTC), BERLIN)
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    again = read_cron("30 2 * * *").next_after(first, BERLIN)
    assert again == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("* * * *", id="four fields"),
        pytest.param("@daily", id="a nickname"),
        pytest.param("60 * * * *", id="minute 60"),
        pytest.param("* 24 * * *", id="hour 24"),
        pytest.param("* * 0 * *", id="day 0"),
        pytest.param("* * * 13 *", id="month 13"),
        pytest.param("* * * * 8", id="weekday 8"),
        pytest.param("* * * * 5-1", id="a range that runs backwards"),
        pytest.param("*/0 * * * *", id="a step of nothing"),
        pytest.param("x * * * *", id="a word"),
        pytest.param("1- * * * *", id="a range without end"),
        pytest.param("0 0 30 2 *", id="a day that never comes"),
    ],
)
def test_what_is_no_cron_line_is_refused(line: str) -> None:
    with pytest.raises(CronError, match="expected"):
        read_cron(line)

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from fuhan.errors import UsageError
from fuhan.terminal.time_option import read_time

BEIJING = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param("7d", "2026-11-17T04:00Z", id="an age in days"),
        pytest.param("90m", "2026-11-24T02:30Z", id="an age in minutes"),
        pytest.param("2026-11-20", "2026-11-19T16:00Z", id="a date begins in the zone"),
        pytest.param("2026-11-20T08:00", "2026-11-20T00:00Z", id="a time is of the zone"),
        pytest.param("2026-11-20T08:00+01:00", "2026-11-20T07:00Z", id="a time with its offset"),
        pytest.param("0001-01-01", "0001-01-02T00:00Z", id="the first date of all"),
        pytest.param("0001-01-01T00:00", "0001-01-02T00:00Z", id="the first time of all"),
        pytest.param("9999-12-31T23:59-12:00", "9999-12-30T23:59:59.999999Z", id="the last time"),
        pytest.param("2026-11-20T08:00:00Z", "2026-11-20T08:00Z", id="a time in UTC"),
    ],
)
def test_a_moment_is_a_time_a_date_or_an_age(written: str, expected: str) -> None:
    assert read_time(written, BEIJING, NOW) == datetime.fromisoformat(expected)


def test_the_end_of_a_date_is_its_last_moment() -> None:
    assert read_time("2026-11-20", BEIJING, NOW, end=True) == datetime(
        2026, 11, 20, 16, tzinfo=UTC
    )


def test_the_end_of_the_last_date_of_all_can_still_be_told_in_every_zone() -> None:
    last = read_time("9999-12-31", BEIJING, NOW, end=True)
    assert last
    assert last.astimezone(ZoneInfo("Pacific/Kiritimati")).year == 9999


def test_no_time_is_no_moment() -> None:
    assert read_time(None, BEIJING, NOW) is None


@pytest.mark.parametrize("written", ["", "yesterday", "7", "7 weeks", "2026-13-01"])
def test_what_is_no_moment_is_refused(written: str) -> None:
    with pytest.raises(UsageError, match="expected an ISO time, a date or an age"):
        read_time(written, BEIJING, NOW)

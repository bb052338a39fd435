"""A directory is quiet when it brings nothing new for longer than it ever did."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from letters.listed_days import ListedDays, listed_days
from scheduler.alarms.quiet import quiet_since

DAY = timedelta(days=1)
TODAY = date(2026, 2, 15)


def each(step: int, count: int, last: date) -> list[date]:
    """Return so many days, that many days apart, up to the last."""
    return [last - (count - 1 - n) * step * DAY for n in range(count)]


def summed(days: Sequence[date]) -> ListedDays:
    found = listed_days(days)
    assert found
    return found


def summers(*years: int) -> list[date]:
    return [date(year, month, day) for year in years for month in (6, 7, 8) for day in (5, 20)]


@pytest.mark.parametrize(
    ("days", "is_quiet"),
    [
        pytest.param(each(30, 30, TODAY - 20 * DAY), False, id="monthly, three weeks ago"),
        pytest.param(each(30, 30, TODAY - 40 * DAY), False, id="monthly, ten days late"),
        pytest.param(each(30, 30, TODAY - 50 * DAY), True, id="monthly, three weeks late"),
        pytest.param(summers(2023, 2024, 2025), False, id="each summer, and it is winter"),
        pytest.param(summers(2022, 2023, 2024), True, id="each summer, and the last brought none"),
        pytest.param(summers(2025), False, id="one summer: no winter is known"),
        pytest.param(each(90, 9, TODAY - 300 * DAY), False, id="too few days to know"),
        pytest.param(
            [date(2023, 1, 1), *each(7, 60, TODAY - 60 * DAY)], False, id="a longer gap before"
        ),
    ],
)
def test_quiet_is_longer_than_the_longest_gap_of_a_history_that_has_winters(
    days: Sequence[date], *, is_quiet: bool
) -> None:
    assert (quiet_since(summed(days), None, TODAY) is not None) is is_quiet


def test_a_letter_that_was_new_here_is_no_silence_whatever_date_it_bears() -> None:
    days = each(30, 30, TODAY - 50 * DAY)
    assert quiet_since(summed(days), TODAY - 10 * DAY, TODAY) is None


def test_it_is_quiet_from_the_day_on_that_was_longer_than_ever() -> None:
    days = each(30, 30, TODAY - 50 * DAY)
    assert quiet_since(summed(days), None, TODAY) == days[-1] + (30 + 14) * DAY

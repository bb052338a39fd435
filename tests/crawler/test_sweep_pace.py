"""A sweep is spread over the crawls of its interval, and no letter waits longer than that."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.sweep_pace import is_recent, sweep_pace

START = datetime(2026, 11, 24, tzinfo=UTC)
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)


@dataclass
class Simulated:
    """Letters by when they were visited last, the longest ago first; crawled on a fast clock."""

    letters: int
    every: timedelta = WEEK
    now: datetime = START
    starts: list[datetime] = field(default_factory=list)
    visited: list[datetime] = field(default_factory=list)
    shares: list[int] = field(default_factory=list)
    longest: timedelta = timedelta(0)  # that any letter waited for a visit

    def crawl(self, pause: timedelta, besides: int = 0) -> None:
        """Crawl after a pause; `besides` visits go to letters that were visited lately."""
        self.now += pause
        self.starts.insert(0, self.now)
        if not self.visited:
            self.visited = [self.now] * self.letters
            return
        pace = sweep_pace(self.every, self.starts)
        share = self.letters
        if pace is not None:
            since = [bisect_right(self.visited, self.now - age) for age in pace.ages]
            share = pace.share(self.letters, [self.letters - each for each in since])
        self.longest = max(self.longest, self.now - self.visited[0])
        self.shares.append(share)
        left = self.visited[share:]
        again = min(besides, len(left))
        self.visited = sorted([*left[: len(left) - again], *[self.now] * (share + again)])


SCHEDULES = {
    "every ten minutes": [HOUR / 6],
    "every six hours, up to ten minutes later": [6 * HOUR, 6 * HOUR + DAY / 144],
    "daily": [DAY],
    "by day alone": [HOUR] * 10 + [14 * HOUR],
    "on workdays": [DAY] * 4 + [3 * DAY],
    "every third day": [3 * DAY],
    "weekly": [WEEK],
    "more seldom than a sweep": [10 * DAY],
}


def simulated(letters: int, pauses: Sequence[timedelta], days: int, besides: int = 0) -> Simulated:
    source = Simulated(letters)
    while source.now < START + days * DAY:
        for pause in pauses:
            source.crawl(pause, besides)
    return source


@pytest.mark.parametrize("pauses", SCHEDULES.values(), ids=SCHEDULES)
@pytest.mark.parametrize("letters", [1, 7, 300])
def test_no_letter_waits_longer_than_the_interval(
    letters: int, pauses: Sequence[timedelta]
) -> None:
    source = simulated(letters, pauses, 22)
    assert source.longest <= max(WEEK, *pauses)


@given(
    letters=st.integers(1, 60),
    pauses=st.lists(st.integers(1, 30).map(lambda hours: hours * HOUR), min_size=1, max_size=8),
    besides=st.integers(0, 60),
)
@example(60, [HOUR, 30 * HOUR], 0)
def test_no_letter_does_whatever_the_schedule_once_its_pauses_are_usual(
    letters: int, pauses: list[timedelta], besides: int
) -> None:
    source = simulated(letters, pauses, 8, besides)
    source.longest = timedelta(0)
    while source.now < START + 22 * DAY:
        for pause in pauses:
            source.crawl(pause, besides)
    assert source.longest <= WEEK


def test_letters_that_were_first_visited_in_one_crawl_are_not_due_in_one_again() -> None:
    source = simulated(1000, [6 * HOUR], 21)
    assert sum(source.shares) <= 1000 * 21 / 6
    assert max(source.shares) <= 1000 // 24 + 1


def test_a_source_of_few_letters_is_not_visited_in_each_crawl() -> None:
    source = simulated(3, [HOUR], 21)
    assert max(source.shares) == 1
    assert sum(source.shares) <= 12


def test_visits_for_other_reasons_count() -> None:
    source = simulated(100, [DAY], 14, besides=100)
    assert sum(source.shares) == 0


def test_what_a_stop_of_a_month_left_undone_is_made_up_for_in_several_crawls() -> None:
    source = simulated(1000, [6 * HOUR], 21)
    usual = max(source.shares)
    source.crawl(30 * DAY)
    since = len(source.shares)
    while source.now - source.visited[0] > WEEK:
        source.crawl(6 * HOUR)
    shares = source.shares[since - 1 :]
    assert max(shares) <= 4 * usual
    assert len(shares) < 12, "three days"
    source.longest = timedelta(0)
    for _ in range(60):
        source.crawl(6 * HOUR)
    assert source.longest <= WEEK


def test_a_crawl_right_after_another_visits_no_letter_again() -> None:
    source = Simulated(50)
    for _ in range(5):
        source.crawl(timedelta(seconds=2))
    assert source.shares == [0, 0, 0, 0]


def test_a_clock_that_was_set_back_stops_nothing() -> None:
    source = simulated(50, [6 * HOUR], 7)
    source.crawl(-DAY)
    source.crawl(timedelta(0))
    source.crawl(6 * HOUR)
    assert all(0 <= share <= 12 for share in source.shares)
    assert source.longest <= WEEK


def test_letters_of_which_no_crawl_is_on_record_are_all_due() -> None:
    assert sweep_pace(WEEK, [START]) is None


@pytest.mark.parametrize(
    ("served_at", "expected"),
    [
        pytest.param(None, False, id="never served"),
        pytest.param(START - 3 * DAY, True, id="served lately"),
        pytest.param(START - 4 * DAY, False, id="served more than half of the interval ago"),
    ],
)
def test_not_modified_is_taken_for_an_answer_for_half_of_the_interval(
    served_at: datetime | None, *, expected: bool
) -> None:
    assert is_recent(served_at, WEEK, START) is expected

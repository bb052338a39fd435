"""Times that are set by a clock which may be set itself."""

import asyncio
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from scheduler.timers import Timers

FAR = datetime(2126, 12, 1, tzinfo=UTC)  # by the real clock nothing of it is due
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


class Clocks:
    """A clock that somebody sets, and one that nobody does."""

    def __init__(self) -> None:
        self.at = FAR
        self.seconds = 0.0

    def now(self) -> datetime:
        return self.at

    def elapsed(self) -> float:
        return self.seconds

    def go_on(self, time: timedelta, *, set_by: timedelta = timedelta(0)) -> None:
        self.at += time + set_by
        self.seconds += time.total_seconds()


async def call() -> None:
    pass


def test_what_is_due_before_the_call_of_its_name_has_returned_is_called_too() -> None:
    """As where a machine stands still for a moment just as a call sets the next time."""
    calls: list[bool] = []

    async def call_again(timers: Timers) -> None:
        is_first = not calls
        calls.append(is_first)
        if is_first:
            timers.call_at(datetime.now(UTC), "source", partial(call_again, timers))
            while "source" in timers.times():  # noqa: ASYNC110 - it is due
                await asyncio.sleep(0.01)

    async def story() -> None:
        timers = Timers()
        timers.call_at(datetime.now(UTC), "source", partial(call_again, timers))
        timers.start()
        async with asyncio.timeout(60):
            while len(calls) < 2:  # noqa: ASYNC110 - the timers make it so
                await asyncio.sleep(0.01)
        timers.stop()

    asyncio.run(story())


@pytest.mark.parametrize(
    ("steps", "moved"),
    [
        pytest.param((timedelta(0),), timedelta(0), id="not set"),
        pytest.param((-DAY,), -DAY, id="set back by a day"),
        pytest.param((-DAY, timedelta(0)), -DAY, id="set back once, looked at twice"),
        pytest.param((-DAY, -DAY), -2 * DAY, id="set back twice"),
        pytest.param((timedelta(seconds=-5),), timedelta(0), id="kept right"),
        pytest.param((DAY,), timedelta(0), id="set forward, which makes due what is"),
    ],
)
def test_what_is_due_in_an_hour_stays_so_when_the_clock_is_set_back(
    steps: tuple[timedelta, ...], moved: timedelta
) -> None:
    async def story() -> datetime:
        clocks = Clocks()
        timers = Timers(clocks.now, clocks.elapsed)
        timers.start()
        timers.call_at(FAR + HOUR, "source", call)
        for step in steps:
            clocks.go_on(timedelta(seconds=30), set_by=step)
            timers.adjust_to_clock()
        times = timers.times()
        timers.stop()
        return times["source"]

    assert asyncio.run(story()) == FAR + HOUR + moved

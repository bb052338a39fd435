"""Whose turn it is: who is most overdue by its own interval; no source keeps others from theirs."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.fair_turns import nation, simulate
from scheduler.concurrency import ConcurrencyLimits
from scheduler.crawl_turns import LONG, CrawlTurn, CrawlTurns

NOW = datetime(2026, 11, 24, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def turn(
    name: str,
    host: str = "",
    waits: timedelta = timedelta(0),
    every: timedelta = 6 * HOUR,
    *,
    is_long: bool = False,
) -> CrawlTurn:
    return CrawlTurn(name, host or name, NOW - waits, every, is_long)


def begun(turns: CrawlTurns, now: datetime = NOW) -> list[str]:
    """Return the sources whose turn it is, in order."""
    return [each.source for each in iter(lambda: turns.begin(now), None)]


def wanted(*those: CrawlTurn, slots: int = 4) -> CrawlTurns:
    turns = CrawlTurns(slots)
    for each in those:
        turns.want(each)
    return turns


def test_who_is_most_overdue_by_its_own_interval_comes_first() -> None:
    turns = wanted(
        turn("daily", waits=5 * HOUR, every=24 * HOUR),
        turn("hourly", waits=HOUR, every=HOUR),
        turn("due just now"),
        turn("late", waits=3 * HOUR),
    )
    assert begun(turns) == ["hourly", "late", "daily", "due just now"]


def test_two_of_one_host_follow_each_other_and_who_waits_for_its_host_takes_no_slot() -> None:
    first = turn("first", "host", waits=HOUR)
    turns = wanted(first, turn("second", "host"), turn("other"), slots=2)
    assert begun(turns) == ["first", "other"]
    turns.leave(first)
    assert begun(turns) == ["second"]


def test_those_that_take_long_leave_a_slot_to_others() -> None:
    long = [turn(f"long {place}", waits=9 * HOUR, is_long=True) for place in range(5)]
    turns = wanted(*long, turn("other"))
    assert begun(turns) == ["long 0", "long 1", "long 2", "other"]
    turns.leave(long[0])
    assert begun(turns) == ["long 3"]


def test_others_have_half_of_the_slots_beside_what_turned_out_to_take_long() -> None:
    first = [turn(f"first crawl {place}", waits=HOUR) for place in range(4)]
    later = [turn(f"later {place}") for place in range(3)]
    turns = wanted(*first, *later)
    assert begun(turns) == [each.source for each in first]
    assert begun(turns, NOW + LONG - MINUTE) == []
    assert begun(turns, NOW + LONG) == ["later 0", "later 1"]
    turns.leave(later[0])
    assert begun(turns, NOW + LONG) == ["later 2"]


def test_there_are_never_more_crawls_than_twice_the_slots() -> None:
    turns = wanted(*[turn(f"first crawl {place}") for place in range(20)])
    began = [len(begun(turns, NOW + place * LONG)) for place in range(8)]
    assert began == [4, 2, 2, 0, 0, 0, 0, 0]


@given(
    slots=st.integers(1, 5),
    hosts=st.lists(st.tuples(st.integers(0, 4), st.booleans()), min_size=1, max_size=12),
)
def test_each_crawl_has_its_turn_in_the_end(slots: int, hosts: Sequence[tuple[int, bool]]) -> None:
    those = [turn(f"{n}", f"{host}", is_long=long) for n, (host, long) in enumerate(hosts)]
    turns, running, names = wanted(*those, slots=slots), [], []
    while len(names) < len(those):
        while each := turns.begin(NOW):
            running.append(each)
            names.append(each.source)
        assert len({each.host for each in running}) == len(running)
        turns.leave(running.pop(0))
    assert sorted(names) == sorted(each.source for each in those)


@pytest.mark.parametrize("huge", [5, 10])
def test_neither_huge_nor_dead_sources_keep_others_from_their_turns(huge: int) -> None:
    waits = simulate(CrawlTurns(4), nation(huge), 7)
    others = waits["others"]
    assert max(others.later) <= HOUR
    assert sum(each > 30 * MINUTE for each in others.later) <= len(others.later) / 20
    assert len(others.later) >= (38 - huge) * 6 * 4
    assert max(waits["dead"].later) <= HOUR
    assert max(others.first) <= 6 * HOUR, "all of fifty were due at once, and never crawled before"


def test_after_a_stop_of_a_month_all_have_their_turns_within_hours() -> None:
    month = timedelta(days=30)
    waits = simulate(CrawlTurns(4), nation(5), 7, stop=month)
    assert max(waits["others"].first) <= 3 * HOUR
    assert len(waits["huge"].later) >= 5 * 6 * 4 * 0.8


def test_slots_are_taken_in_turn() -> None:
    begun: list[str] = []

    async def crawl(limits: ConcurrencyLimits, each: CrawlTurn, ends: asyncio.Event) -> None:
        async with limits.slot(each):
            begun.append(each.source)
            await ends.wait()

    async def story() -> None:
        limits, ends = ConcurrencyLimits(1, lambda: NOW), asyncio.Event()
        those = [turn("first"), turn("second"), turn("late", waits=HOUR), turn("unwanted")]
        crawls = [asyncio.create_task(crawl(limits, each, ends)) for each in those]
        await asyncio.sleep(0)
        crawls[-1].cancel()
        ends.set()
        await asyncio.gather(*crawls, return_exceptions=True)

    asyncio.run(story())
    assert begun == ["first", "late", "second"]


def test_a_crawl_that_is_cancelled_leaves_its_slot() -> None:
    async def story() -> None:
        limits = ConcurrencyLimits(1)

        async def hold() -> None:
            async with limits.slot(turn("held")):
                await asyncio.Event().wait()

        holds = asyncio.create_task(hold())
        await asyncio.sleep(0)
        holds.cancel()
        async with asyncio.timeout(60), limits.slot(turn("next")):
            pass

    asyncio.run(story())
